"""Imports are as Odoo's own: history doesn't tell of them."""

import json

NDJSON = {"Content-Type": "application/x-ndjson"}


def count_messages(admin, partner):
    domain = [("model", "=", "res.partner"), ("res_id", "=", partner)]
    return admin("mail.message", "search_count", domain)


def test_what_is_imported_has_no_history(admin, expose):
    partners = expose("res.partner", ("name", "write"))
    created = partners.create({"name": "Created"})["id"]
    response = partners.request("POST", data='{"name": "Imported"}', headers=NDJSON)
    imported = json.loads(response.text)["id"]
    try:
        assert count_messages(admin, created) == 1
        assert count_messages(admin, imported) == 0
        [partner] = admin("res.partner", "read", [imported], ["message_follower_ids"])
        assert not partner["message_follower_ids"]
    finally:
        admin("res.partner", "unlink", [created, imported])

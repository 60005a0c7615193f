import json
from unittest.mock import patch

import psycopg2

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .record_common import RecordCase

NDJSON = "application/x-ndjson"
MODULE = "odoo.addons.odoo_rest_token_api.components.record_importing"


@tagged("post_install", "-at_install")
class TestRecordImport(RecordCase):
    """Lines are imported in batches, and answered line by line."""

    def _send(self, body, status=200, **headers):
        headers = {"Content-Type": NDJSON, **headers}
        response = self.client.post(self.path, data=body, headers=headers)
        if status != 200:
            return response
        self.assertEqual(response.status_code, 200, response.text)
        self.assertEqual(response.headers["Content-Type"], NDJSON)
        return [json.loads(line) for line in response.text.splitlines()]

    def _import(self, *items, **headers):
        return self._send("".join(f"{json.dumps(each)}\n" for each in items), **headers)

    def _new_body(self, name="Ada", **values):
        return {"name": name, "ref": self.origin, **values}

    def _names(self):
        partners = self.partners.search([("ref", "=", self.origin)], order="id")
        return partners.mapped("name")

    def test_each_line_is_a_record(self):
        outcomes = self._import(self._new_body("Ada"), self._new_body("Bob", city="X"))
        ids = self.partners.search([("ref", "=", self.origin)], order="id").ids
        self.assertEqual(
            outcomes,
            [
                {"line": number, "id": record_id, "created": True}
                for number, record_id in enumerate(ids, 1)
            ],
        )
        self.assertEqual(self._names(), ["Ada", "Bob"])
        self.assertEqual(self.partners.browse(ids[0]).create_uid, self.holder)

    def test_path_of_imports_takes_lines_and_nothing_else(self):
        path, body = f"{self.path}/import", self._new_body()
        headers = {"Content-Type": NDJSON}
        lines = f"{json.dumps(body)}\n[]\n{json.dumps(body)}"
        with patch(f"{MODULE}.RecordService._import_batch_size", 1):
            response = self.client.post(path, data=lines, headers=headers)
        outcomes = self.assertDone(response)
        self.assertEqual([each["line"] for each in outcomes], [1, 2, 3])
        self.assertEqual([each.get("code") for each in outcomes], [None, 400, None])
        self.assertEqual(self._names(), ["Ada", "Ada"])
        self.assertAsDocumented(response)
        headers = {"Content-Type": "application/octet-stream"}
        response = self.client.post(path, data=b"", headers=headers)
        self.assertEqual(self.assertDone(response), [])
        headers["Accept"] = NDJSON
        response = self.client.post(path, data=b"[]", headers=headers)
        self.assertEqual(response.headers["Content-Type"], NDJSON)
        for other in (body, [body]):
            self.assertError(self.client.post(path, json=other), 400, NDJSON)
        self.assertEqual(self._names(), ["Ada", "Ada"])

    def test_wrong_lines_are_told_and_the_others_done(self):
        good = json.dumps(self._new_body())
        wrong = [
            ("{", 400, "can't be read"),
            ("[]", 400, "object"),
            ("7", 400, "object"),
            ('{"city": "X"}', 400, "^name: required"),
            ('{"name": "X", "city": 5}', 400, "^city: "),
            ('{"name": "X", "nothing": 5}', 400, "^nothing: "),
            ('{"name": "X", "parent_id": 2147483647}', 400, "^parent_id: "),
            ('{"name": "X", "lang": "xx"}', 400, "^lang: "),
            ('{"name": "\\u0000"}', 400, "null"),
            (b"\xff", 400, "can't be read"),
        ]
        lines = [good]
        for line, _code, _reason in wrong:
            lines += [line, good]
        body = b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lines)
        outcomes = self._send(body)
        self.assertEqual([each["line"] for each in outcomes], [*range(1, 22)])
        for outcome, (line, code, reason) in zip(outcomes[1::2], wrong):
            with self.subTest(line=line):
                self.assertEqual(set(outcome), {"line", "code", "name", "description"})
                self.assertEqual(outcome["code"], code)
                self.assertRegex(outcome["description"], reason)
        self.assertTrue(all(each["created"] for each in outcomes[::2]))
        self.assertEqual(self._names(), 11 * ["Ada"])

    def test_what_the_database_refuses_is_no_matter_for_others(self):
        def refuse(service, values_list):
            if any(values["name"] == "Bob" for values in values_list):
                service.env.cr.execute("SELECT 1 / 0")
            return service._get_model().create(values_list)

        module = "odoo.addons.odoo_rest_token_api.components.record_service"
        names = ["Ada", "Bob", "Cyd", "Dan", "Eve"]
        with patch(f"{module}.RecordService._create_records", refuse), mute_logger(
            "odoo.sql_db", "odoo.addons.odoo_rest_token_api.records.writing"
        ):
            outcomes = self._import(*map(self._new_body, names))
        self.assertEqual(
            [each.get("code") for each in outcomes], [None, 422] + 3 * [None]
        )
        self.assertEqual(self._names(), ["Ada", "Cyd", "Dan", "Eve"])

    def test_empty_lines_count_and_are_left_out(self):
        line = json.dumps(self._new_body())
        outcomes = self._send(f"\n{line}\r\n  \n{line}")
        self.assertEqual([each["line"] for each in outcomes], [2, 4])
        self.assertEqual(self._send(""), [])

    def test_records_are_imported_in_batches(self):
        sizes = []

        def create(service, values_list):
            sizes.append(len(values_list))
            return service._get_model().create(values_list)

        service = "odoo.addons.odoo_rest_token_api.components.record_service"
        for limit in (
            f"{MODULE}.RecordService._import_batch_size",
            f"{service}.RecordService._max_batch",
        ):
            sizes.clear()
            with self.subTest(limit=limit), patch(limit, 2), patch(
                f"{service}.RecordService._create_records", create
            ):
                outcomes = self._import(*(self._new_body(str(n)) for n in range(5)))
                self.assertEqual(sizes, [2, 2, 1])
                self.assertEqual(len(outcomes), 5)

    def test_import_is_run_again_by_its_key(self):
        prefer = {"Prefer": "resolution=merge-duplicates"}
        items = [{"ref": f"I{n}", "name": f"N{n}"} for n in range(3)]
        first = self._import(*items, **prefer)
        self.assertTrue(all(each["created"] for each in first))
        items[1]["city"] = "Faro"
        second = self._import(*items, {"ref": "I3", "name": "N3"}, **prefer)
        self.assertEqual([each["created"] for each in second], 3 * [False] + [True])
        self.assertEqual(
            [each["id"] for each in second[:3]], [each["id"] for each in first]
        )
        partner = self.partners.search([("ref", "=", "I1")])
        self.assertEqual((len(partner), partner.city), (1, "Faro"))

    def test_lines_of_one_key_come_one_after_the_other(self):
        prefer = {"Prefer": "resolution=merge-duplicates"}
        first, second = {"ref": "I1", "name": "A"}, {"ref": "I1", "name": "B"}
        outcomes = self._import(first, second, **prefer)
        self.assertEqual([each["created"] for each in outcomes], [True, False])
        self.assertEqual(self.partners.search([("ref", "=", "I1")]).name, "B")

    def test_long_lines_and_too_many(self):
        module = "odoo.addons.odoo_rest_token_api.dispatch.reading"
        line = json.dumps(self._new_body())
        with patch(f"{module}.MAX_LINE", 100), patch(f"{module}.MAX_LINES", 4):
            long = json.dumps(self._new_body(comment=300 * "x"))
            outcomes = self._send("\n".join([line, long, line, line, line, line]))
        self.assertEqual([each["line"] for each in outcomes], [1, 2, 3, 4, 5])
        codes = [each.get("code") for each in outcomes]
        self.assertEqual(codes, [None, 413, None, None, 413])
        self.assertEqual(self._names(), 3 * ["Ada"])

    def test_what_an_import_is_not(self):
        body = json.dumps(self._new_body())
        response = self._send(body, 400, **{"Idempotency-Key": "a key"})
        self.assertError(response, 400, "Idempotency-Key: ")
        response = self._send(body, 400, Prefer="resolution=merge-duplicates; key=x")
        self.assertError(response, 400, "Prefer: ")
        headers = {"Content-Type": NDJSON}
        response = self.client.post(f"{self.path}?a=b", data=body, headers=headers)
        self.assertError(response, 400, "parameters")
        response = self.client.patch(self.path, data=body, headers=headers)
        self.assertError(response, 400)
        self.assertEqual(self._names(), [])

    def test_rights_and_scopes_are_looked_at_first(self):
        body = json.dumps(self._new_body())
        self.client = self._new_client(scope="partners:read")
        self.assertError(self._send(body, 403), 403, "limited")
        other = self._new_user("other", "base.group_user")
        self.client = self._new_client(other)
        self.assertError(self._send(body, 403), 403)

    def test_statements_are_those_of_the_orm(self):
        def count(number):
            items = [self._new_body(str(n)) for n in range(number)]
            self._flush()
            self._invalidate()
            return len(self._record_statements(lambda: self._import(*items)))

        count(2)
        # as Odoo 14.0 inserts and updates a row each
        self.assertLessEqual(count(20), count(5) + 2 * 15)

    def test_database_that_is_gone_ends_it(self):
        module = "odoo.addons.odoo_rest_token_api.components"
        adding = patch(
            f"{module}.record_service.RecordService._add",
            side_effect=psycopg2.InterfaceError("connection already closed"),
        )
        with adding as add, mute_logger(f"{module}.record_importing"):
            outcomes = self._import(*(self._new_body(str(n)) for n in range(4)))
        self.assertEqual([each["code"] for each in outcomes], 4 * [503])
        add.assert_called_once()

    def test_other_failures_are_told_and_end_it(self):

        def fail(service, batch):
            raise RuntimeError("Nobody knows.")

        with patch(f"{MODULE}.RecordService._import_batch", fail), mute_logger(MODULE):
            outcomes = self._import(self._new_body(), self._new_body())
        self.assertEqual([each["code"] for each in outcomes], [500, 500])
        self.assertNotIn("Nobody", str(outcomes))

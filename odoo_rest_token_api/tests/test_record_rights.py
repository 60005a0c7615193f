from odoo.tests.common import tagged

from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestRecordRights(RecordCase):
    def setUp(self):
        super().setUp()
        self.partner = self._new_partner("Ada")

    def test_token_is_needed(self):
        for method, path in [
            ("GET", self.path),
            ("POST", self.path),
            ("GET", self._path_of(self.partner)),
            ("PATCH", self._path_of(self.partner)),
            ("PUT", self._path_of(self.partner)),
            ("DELETE", self._path_of(self.partner)),
        ]:
            self.assertError(self._request(method, path), 401)

    def test_who_may_only_read(self):
        self.client = self._new_client(self._new_user("reader"))
        self.assertEqual(self._read(self.partner)["name"], "Ada")
        self.assertEqual(self._found(ref=self.origin), self.partner.ids)
        count = self.partners.search_count([])
        self.assertError(self._post({"name": "Bob"}), 403)
        self.assertError(self._patch(self.partner, {"city": "Porto"}), 403)
        self.assertError(self._delete(self._path_of(self.partner)), 403)
        self.assertEqual(self.partners.search_count([]), count)
        self.assertFalse(self.partner.city)

    def test_what_rules_hide_does_not_exist(self):
        self._hide(self.partner)
        path = self._path_of(self.partner)
        self.assertError(self._get(path), 404)
        self.assertError(self._patch(self.partner, {"city": "Porto"}), 404)
        self.assertError(self._delete(path), 404)
        self.assertEqual(self._found(ref=self.origin), [])
        self.assertEqual(self._search(ref=self.origin, total="true")["total"], 0)
        self.assertTrue(self.partner.exists())
        self.assertFalse(self.partner.city)

    def test_what_rules_hide_can_not_be_linked(self):
        company = self._new_partner("Company", is_company=True)
        self._hide(company)
        response = self._post({"name": "Bob", "parent_id": company.id})
        self.assertError(response, 400, f"parent_id: there is no record {company.id}")
        response = self._patch(self.partner, {"parent_id": company.id})
        self.assertError(response, 400, "parent_id: ")
        self.assertFalse(self.partner.parent_id)

    def test_link_to_what_rules_hide_can_be_sent_back(self):
        company = self._new_partner("Company", is_company=True)
        self.partner.parent_id = company
        self._hide(company)
        response = self._patch(self.partner, self._read(self.partner))
        self.assertDone(response)
        self.assertEqual(self.partner.parent_id, company)

    def test_what_rules_refuse_to_write_is_not_written(self):
        self.env["ir.rule"].create(
            {
                "name": "Companies alone may be written",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain_force": "[('is_company', '=', True)]",
                "perm_read": False,
            }
        )
        count = self.partners.search_count([])
        self.assertError(self._post({"name": "Bob"}), 403)
        self.assertError(self._patch(self.partner, {"city": "Porto"}), 403)
        self.assertError(self._delete(self._path_of(self.partner)), 403)
        self.assertEqual(self.partners.search_count([]), count)
        self.assertEqual(self._read(self.partner)["city"], None)

    def test_refusal_of_one_leaves_no_other(self):
        self.env["ir.rule"].create(
            {
                "name": "No Bob",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain_force": "[('name', '!=', 'Bob')]",
                "perm_read": False,
            }
        )
        count = self.partners.search_count([])
        self.assertError(self._post([{"name": "Cyd"}, {"name": "Bob"}]), 403)
        self.assertEqual(self.partners.search_count([]), count)

    def test_refusals_name_no_rule_and_no_record(self):
        self.env["ir.rule"].create(
            {
                "name": "Secret rule",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain_force": "[('is_company', '=', True)]",
                "perm_read": False,
            }
        )
        self._add_group(self.holder, "base.group_no_one")  # whom Odoo tells all
        answer = self._patch(self.partner, {"city": "Porto"})
        self.assertError(answer, 403, "This user may not do that")
        self.assertNotRegex(answer.text, "Secret|Ada|res.partner")

    def test_what_rules_hide_is_linked_by_nothing(self):
        child = self._new_partner("Child", parent_id=self.partner.id)
        self._hide(child)
        self.assertEqual(self._read(self.partner)["child_ids"], [])
        ref = {"ref": self.origin}
        self.assertEqual(self._found(**ref, child_ids=child.id), [])
        self.assertEqual(self._found(**ref, child_ids__empty="false"), [])
        found = self._found(**ref, child_ids__not_in=child.id)
        self.assertEqual(found, self.partner.ids)

    def test_what_hangs_below_what_rules_hide_is_not_told(self):
        self._new_partner("Child", parent_id=self.partner.id)
        self._hide(self.partner)
        for record_id in (self.partner.id, 2**31 - 1):
            found = self._found(ref=self.origin, parent_id__child_of=record_id)
            self.assertEqual(found, [])

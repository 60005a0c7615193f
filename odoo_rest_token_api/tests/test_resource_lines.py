from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import RestApiCase

PATH = "/api/test-companies"


@tagged("post_install", "-at_install")
class TestResourceLines(RestApiCase):
    def setUp(self):
        super().setUp()
        self._add_group(self.holder, "base.group_partner_manager")
        self.resource = self.env["rest.resource"].create(
            {
                "path": "test-companies",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain": "['|', ('ref', '=', 'rest-test'), "
                "('parent_id.ref', '=', 'rest-test')]",
                "allow_create": True,
                "allow_update": True,
                "field_ids": [
                    (0, 0, {"field_id": self._field("name"), "access": "required"}),
                    (0, 0, {"field_id": self._field("ref"), "access": "write"}),
                    (
                        0,
                        0,
                        {
                            "field_id": self._field("child_ids"),
                            "access": "write",
                            "line_names": "name:required, email, country_id, "
                            "create_date",
                        },
                    ),
                ],
            }
        )
        self.line = self.resource.field_ids[-1]
        partners = self.env["res.partner"]
        self.company = partners.create({"name": "Works", "ref": "rest-test"})
        self.child = partners.create(
            {"name": "Ada", "ref": "rest-test", "parent_id": self.company.id}
        )

    def _field(self, name):
        return self.env["ir.model.fields"]._get("res.partner", name).id

    def test_lines_are_read(self):
        self.child.write({"email": "ada@x.org", "country_id": self.env.ref("base.be")})
        response = self.client.get(f"{PATH}/{self.company.id}")
        (line,) = self.assertDone(response)["child_ids"]
        self.assertTrue(line.pop("create_date").endswith("Z"))
        belgium = {"id": self.env.ref("base.be").id, "name": "Belgium"}
        self.assertEqual(
            line,
            {
                "id": self.child.id,
                "name": "Ada",
                "email": "ada@x.org",
                "country_id": belgium,
            },
        )
        self.assertAsDocumented(response)
        self.assertAsDocumented(self.client.get(PATH))

    def test_lines_are_written_as_they_were_read(self):
        path = f"{PATH}/{self.company.id}"
        record = self.assertDone(self.client.get(path))
        record["child_ids"][0]["name"] = "Ada Lovelace"
        record["child_ids"].append({"name": "Byron"})
        response = self.client.patch(path, json=record)
        lines = self.assertDone(response)["child_ids"]
        self.assertEqual({line["name"] for line in lines}, {"Ada Lovelace", "Byron"})
        self.assertEqual(self.child.name, "Ada Lovelace")
        self.assertAsDocumented(response)

    def test_lines_outside_of_the_filter_are_not_created(self):
        self.resource.domain = "[('ref', '=', 'rest-test')]"
        path = f"{PATH}/{self.company.id}"
        lines = [{"id": self.child.id}, {"name": "Byron"}]
        response = self.client.patch(path, json={"child_ids": lines})
        self.assertError(response, 422, "outside")
        body = {"name": "New", "ref": "rest-test", "child_ids": [{"name": "One"}]}
        self.assertError(self.client.post(PATH, json=body), 422, "outside")
        self.assertEqual(self.company.child_ids, self.child)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "One")]))

    def test_lines_are_not_moved_out_of_the_filter(self):
        self.resource.domain = "[('email', '=', False)]"
        path = f"{PATH}/{self.company.id}"
        lines = [{"id": self.child.id, "email": "ada@x.org"}]
        response = self.client.patch(path, json={"child_ids": lines})
        self.assertError(response, 422, "outside")
        self.assertFalse(self.child.email)

    def test_lines_that_are_outside_of_the_filter_are_no_matter(self):
        hidden = {"name": "Hidden", "email": "h@x.org", "parent_id": self.company.id}
        hidden = self.env["res.partner"].create(hidden)
        self.resource.domain = "[('email', '=', False)]"
        lines = [self.child.id, hidden.id, {"name": "Byron"}]
        path = f"{PATH}/{self.company.id}"
        self.assertDone(self.client.patch(path, json={"child_ids": lines}))
        self.assertIn("Byron", self.company.child_ids.mapped("name"))

    def test_record_is_created_with_lines(self):
        body = {"name": "New", "ref": "rest-test", "child_ids": [{"name": "One"}]}
        response = self.client.post(PATH, json=body)
        (line,) = self.assertDone(response, 201)["child_ids"]
        self.assertEqual(line["name"], "One")
        self.assertAsDocumented(response)
        body["child_ids"] = [{"email": "one@x.org"}]
        self.assertError(self.client.post(PATH, json=body), 400, "child_ids.*name")
        body["child_ids"] = [{"name": "One", "comment": "Hi"}]
        self.assertError(self.client.post(PATH, json=body), 400, "child_ids.*comment")

    def test_lines_that_are_only_read_are_not_written(self):
        self.line.access = "read"
        path = f"{PATH}/{self.company.id}"
        record = self.assertDone(self.client.get(path))
        self.assertDone(self.client.patch(path, json=record))
        record["child_ids"][0]["name"] = "Eve"
        self.assertError(self.client.patch(path, json=record), 400, "child_ids")
        self.assertEqual(self.child.name, "Ada")

    def test_statements_do_not_grow_with_records(self):
        def count():
            before = self.env.cr.sql_log_count
            self.assertDone(self.client.get(PATH))
            return self.env.cr.sql_log_count - before

        def add(*names):
            for name in names:
                company = partners.create({"name": name, "ref": "rest-test"})
                partners.create({"name": "Someone", "parent_id": company.id})

        partners = self.env["res.partner"]
        add("One", "Two")
        count()
        few = count()
        add("Three", "Four", "Five", "Six")
        count()
        self.assertEqual(count(), few)

    def test_fields_are_those_of_the_lines(self):
        for names in ("nothing", "name:all", "name,,email", "id"):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.line.line_names = names
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.resource.field_ids[0].line_names = "name"

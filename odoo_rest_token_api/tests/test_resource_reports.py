from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.odoo_rest_token import compat

from .common import RestApiCase

PATH = "/api/test-papers"


@tagged("post_install", "-at_install")
class TestResourceReports(RestApiCase):
    def setUp(self):
        super().setUp()
        self.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "name": "test_paper",
                "key": "odoo_rest_token_api.test_paper",
                "arch": """
                    <t t-name="odoo_rest_token_api.test_paper">
                        <t t-foreach="docs" t-as="doc">
                            <p>Dear <t t-esc="doc.name" />!</p>
                            <i t-esc="env.context.get('lang')" />
                        </t>
                    </t>
                """,
            }
        )
        self.report = self.env["ir.actions.report"].create(
            {
                "name": "Letter",
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": "odoo_rest_token_api.test_paper",
            }
        )
        self.resource = self.env["rest.resource"].create(
            {
                "path": "test-papers",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain": "[('ref', '=', 'rest-test')]",
                "report_ids": [(0, 0, {"name": "pdf", "report_id": self.report.id})],
            }
        )
        partners = self.env["res.partner"]
        self.ada = partners.create({"name": "Ada", "ref": "rest-test"})
        self.byron = partners.create({"name": "Byron", "ref": "rest-test"})
        self.stranger = partners.create({"name": "Nobody"})
        self.path = f"{PATH}/{self.ada.id}/pdf"
        state = patch.object(
            type(self.env["ir.actions.report"]),
            "get_wkhtmltopdf_state",
            lambda _report: self.state,
        )
        self.state = "ok"
        state.start()
        self.addCleanup(state.stop)

    def test_html_where_asked_for(self):
        response = self.client.get(self.path, headers={"Accept": "text/html"})
        self.assertEqual(response.status_code, 200, response.text)
        self.assertTrue(response.headers["Content-Type"].startswith("text/html"))
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertIn("Dear Ada!", response.text)

    def test_many_are_one_file(self):
        params = {"ids": f"{self.ada.id},{self.byron.id}"}
        headers = {"Accept": "text/html"}
        response = self.client.get(f"{PATH}/pdf", params=params, headers=headers)
        self.assertIn("Dear Ada!", response.text)
        self.assertIn("Dear Byron!", response.text)
        for ids in ("", "x", "1,,2", "-1", "99999999999"):
            response = self.client.get(f"{PATH}/pdf", params={"ids": ids})
            self.assertError(response, 400, "ids")
        params = {"ids": f"{self.ada.id},{self.stranger.id}"}
        self.assertError(self.client.get(f"{PATH}/pdf", params=params), 404)
        path = f"{PATH}/{self.stranger.id}/pdf"
        self.assertError(self.client.get(path), 404)

    def test_missing_wkhtmltopdf_is_told(self):
        for self.state in ("install", "broken"):
            self.assertError(self.client.get(self.path), 503, "wkhtmltopdf")
            html = self.client.get(self.path, headers={"Accept": "text/html"})
            self.assertEqual(html.status_code, 200)

    def test_language_counts(self):
        headers = {"Accept": "text/html", "Accept-Language": "en"}
        response = self.client.get(self.path, headers=headers)
        self.assertIn("<i>en_US</i>", response.text)

    def test_report_of_others_groups_is_refused(self):
        groups = compat.get_groups_field(self.report)
        self.report[groups] = self.env.ref("base.group_system")
        self.assertError(self.client.get(self.path), 403)

    def test_only_reports_of_the_resource_are_served(self):
        self.assertError(self.client.get(f"{PATH}/{self.ada.id}/letter"), 404)
        response = self.client.post(self.path, json={})
        self.assertError(response, 405)
        self.assertEqual(response.headers["Allow"], "GET")
        limited = self._new_client(scope="test-papers:write")
        self.assertError(limited.get(self.path), 403, "test-papers:read")

    def test_reports_are_documented(self):
        operation = self.assertDocumented("GET", f"{PATH}/{{record_id}}/pdf")
        self.assertEqual(operation["summary"], "Print Letter")
        content = operation["responses"]["200"]["content"]
        self.assertEqual(set(content), {"application/pdf", "text/html"})
        many = self.assertDocumented("GET", f"{PATH}/pdf")
        self.assertIn("ids", [each.get("name") for each in many["parameters"]])

    def test_report_is_of_the_model(self):
        self.report.model = "res.users"
        with self.assertRaises(ValidationError):
            self.resource.report_ids.report_id = self.report
            self.resource.report_ids._check_report()

from odoo.tests.common import tagged

from .common import RestApiCase


@tagged("post_install", "-at_install")
class TestDemo(RestApiCase):
    def _get_paths(self):
        registration = self.env["rest.service.registration"]
        services = registration._get_services("rest.token.services")
        return {service._usage for service in services}

    def test_demo_service_is_there_where_a_parameter_says_so(self):
        parameters = self.env["ir.config_parameter"].sudo()
        for value, is_there in (("1", True), ("0", False), (False, False)):
            parameters.set_param("odoo_rest_token_api.serve_demo", value)
            self.assertEqual("demo" in self._get_paths(), is_there)
            response = self.client.get("/api-docs/api/demo.json")
            self.assertEqual(response.status_code, 200 if is_there else 404)

    def test_path_of_the_demo_service_is_free_without_it(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("odoo_rest_token_api.serve_demo", False)
        # The table is made as the database is loaded.
        self.env["rest.service.registration"]._register_hook()
        self.addCleanup(self.env["rest.service.registration"]._register_hook)
        self.assertFalse(self.env["rest.resource"]._is_taken("demo"))

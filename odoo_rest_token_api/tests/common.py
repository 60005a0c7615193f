from odoo.addons.odoo_rest_token.tests.common import RestTokenHttpCase


class RestApiCase(RestTokenHttpCase):
    """Test case for the services of the API.

    ``self.secret`` is a token of ``self.holder``, an internal user.
    """

    def setUp(self):
        super().setUp()
        self.token, self.secret = self._issue()

    def _get(self, path, **kwargs):
        return self._request("GET", path, self.secret, **kwargs)

    def _delete(self, path, **kwargs):
        return self._request("DELETE", path, self.secret, **kwargs)

    def assertError(self, response, code, description=None):
        """Check that a response is an error, in the shape that all errors have.

        :param int code: HTTP status
        :param str description: regular expression
        """
        self.assertEqual(response.status_code, code, response.text)
        self.assertEqual(response.headers["Content-Type"], "application/json")
        body = response.json()
        self.assertEqual(set(body), {"code", "name", "description"})
        self.assertEqual(body["code"], code)
        self.assertNotIn("<", body["description"])
        if description:
            self.assertRegex(body["description"], description)
        if code == 401:
            self.assertIn("Bearer", response.headers["WWW-Authenticate"])

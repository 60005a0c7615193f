from odoo.tests.common import tagged

from .common import RestApiCase

REVOKED = {
    "count": 1,
    "data": [{"desc": "access token successfully deleted", "delete": True}],
}


@tagged("post_install", "-at_install")
class TestAuthService(RestApiCase):
    def test_me_tells_the_user_and_the_token(self):
        answer = self.client.get("/api/auth/me").json()
        token = answer.pop("token")
        self.assertEqual(
            answer,
            {
                "uid": self.holder.id,
                "login": "rest_holder",
                "name": self.holder.name,
                "company": {
                    "id": self.env.company.id,
                    "name": self.env.company.name,
                },
                "partner": {
                    "id": self.holder.partner_id.id,
                    "name": self.holder.name,
                },
                "lang": "en_US",
                "tz": None,
            },
        )
        self.assertEqual(token["id"], self.client.token.id)
        self.assertEqual(token["name"], "Test")
        self.assertEqual(token["scopes"], [])
        self.assertRegex(token["expires_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_token_acts_in_the_company_that_its_user_switched_to(self):
        company = self.env["res.company"].create({"name": "Other"})
        values = {"company_ids": [(4, company.id)], "company_id": company.id}
        self.holder.write(values)
        answer = self.client.get("/api/auth/me").json()
        self.assertEqual(answer["company"], {"id": company.id, "name": "Other"})

    def test_own_tokens_are_listed_without_secrets(self):
        others_token, _secret = self._issue(self._new_user("other"))
        revoked, _secret = self._issue()
        revoked.action_revoke()
        response = self.client.get("/api/auth/tokens")
        answer = response.json()
        self.assertEqual(answer["count"], 2)
        states = {token["id"]: token["state"] for token in answer["data"]}
        self.assertEqual(
            states, {self.client.token.id: "active", revoked.id: "revoked"}
        )
        self.assertNotIn(others_token.id, states)
        self.assertNotIn(self.client.secret[21:], response.text)

    def test_manager_lists_their_own_tokens_only(self):
        manager = self._new_user("manager", "base.group_user,base.group_erp_manager")
        self.client = self._new_client(manager)
        answer = self.client.get("/api/auth/tokens").json()
        self.assertEqual([item["id"] for item in answer["data"]], self.client.token.ids)

    def test_token_revokes_itself(self):
        for path in ("/api/auth/token", "/rest/sky/token"):
            self.client = self._new_client()
            self.assertEqual(self.client.delete(path).json(), REVOKED)
            self.assertError(self.client.get("/api/auth/me"), 401)
            self.assertError(self.client.delete(path), 401)

    def test_body_of_a_revocation_is_not_read(self):
        response = self.client.delete(
            "/api/auth/token",
            data='{"nonsense',
            headers={"Content-Type": "multipart/form-data;"},
        )
        self.assertEqual(response.json(), REVOKED)

    def test_own_token_is_revoked_by_its_id(self):
        second, _secret = self._issue()
        path = f"/api/auth/tokens/{second.id}"
        self.assertEqual(self.client.delete(path).json(), REVOKED)
        self.assertEqual(second.state, "revoked")
        self.assertError(self.client.delete(path), 404)
        self.assertEqual(self.client.get("/api/auth/me").status_code, 200)

    def test_others_tokens_do_not_exist_for_one(self):
        manager = self._new_user("manager", "base.group_user,base.group_erp_manager")
        others_token, _secret = self._issue(self._new_user("other"))
        for user in (self.holder, manager):
            self.client = self._new_client(user)
            for token_id in (others_token.id, 0, -1, 2**31 - 1, 2**40):
                self.assertError(
                    self.client.delete(f"/api/auth/tokens/{token_id}"), 404
                )
        self.assertEqual(others_token.state, "active")

    def test_answers_are_json_and_open_no_session(self):
        for response in (
            self.client.get("/api/auth/me"),
            self.client.get("/api/auth/nothing"),
            self._request("GET", "/api/auth/me"),
            self.client.delete("/api/auth/token"),
        ):
            self.assertIn("application/json", response.headers["Content-Type"])
            self.assertNotIn("Set-Cookie", response.headers)
            self.assertNotIn("Access-Control-Allow-Origin", response.headers)

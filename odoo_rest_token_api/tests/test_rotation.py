from odoo.tests.common import tagged

from .common import RestApiCase

PATH = "/api/auth/token/rotate"


@tagged("post_install", "-at_install")
class TestRotation(RestApiCase):
    """A program has its token rotated, with nothing but the token."""

    def test_new_token_takes_the_place_of_the_one_of_the_request(self):
        response = self.client.post(PATH)
        self.assertAsDocumented(response)
        answer = self.assertDone(response)
        self.assertEqual(answer["uid"], self.holder.id)
        me = self._request("GET", "/api/auth/me", answer["access_token"]).json()
        self.assertEqual(me["token"]["rotated_from"], self.client.token.id)
        self.assertEqual(answer["expires_at"], me["token"]["expires_at"])
        self.assertError(self.client.get("/api/auth/me"), 401)

    def test_one_before_goes_on_but_is_not_rotated_again(self):
        answer = self.assertDone(self.client.post(PATH, json={"grace_seconds": 60}))
        self.assertDone(self.client.get("/api/auth/me"))
        response = self.client.post(PATH)
        self.assertError(response, 409, "rotated already")
        self.assertAsDocumented(response)
        self.assertDone(self._request("GET", "/api/auth/me", answer["access_token"]))

    def test_new_one_is_rotated_after_a_minute(self):
        secret = self.assertDone(self.client.post(PATH))["access_token"]
        response = self._request("POST", PATH, secret)
        self.assertError(response, 429, "wait for [0-9]+ seconds")
        self.assertAsDocumented(response)
        self.env.cr.execute(
            "UPDATE rest_token SET create_date = create_date - interval '2 minutes'"
        )
        self._invalidate()
        body = {"grace_seconds": None}
        self.assertDone(self._request("POST", PATH, secret, json=body))

    def test_token_that_is_limited_stays_so(self):
        limited = self._new_client(scope="partners:read")
        answer = self.assertDone(limited.post(PATH))
        self.assertEqual(answer["scope"], "partners:read")
        partner = {"name": "Ada"}
        response = self._request(
            "POST", "/api/partners", answer["access_token"], json=partner
        )
        self.assertError(response, 403)

    def test_time_is_checked(self):
        for seconds in (3601, -1, "soon", 1.5, [1]):
            response = self.client.post(PATH, json={"grace_seconds": seconds})
            self.assertError(response, 400, "grace_seconds")
        self.assertDone(self.client.get("/api/auth/me"))

    def test_nobody_has_none_to_rotate(self):
        self.assertError(self._request("POST", PATH), 401)
        basic = ("rest_holder", "rest_holder")
        self.assertError(self._request("POST", PATH, auth=basic), 401)

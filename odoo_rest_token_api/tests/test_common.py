from unittest.mock import patch

from odoo.tests.common import tagged

from ..components.partner_service import PartnerService
from .common import RestApiCase


@tagged("post_install", "-at_install")
class TestRestApiCase(RestApiCase):
    """What other addons test their services with."""

    def setUp(self):
        super().setUp()
        self.partner = self.holder.partner_id
        self.path = f"/api/partners/{self.partner.id}"

    def test_client_acts_as_its_user(self):
        other = self._new_user("other")
        for client, user in [
            (self.client, self.holder),
            (self._new_client(other), other),
        ]:
            answer = self.assertDone(client.get("/api/auth/me"))
            self.assertEqual(answer["uid"], user.id)

    def test_client_changes_what_its_user_may(self):
        body = {"name": "Ada"}
        self.assertError(self.client.post("/api/partners", json=body), 403)
        self._add_group(self.holder, "base.group_partner_manager")
        response = self.client.post("/api/partners", json=body)
        path = f"/api/partners/{self.assertDone(response, 201)['id']}"
        for change in (self.client.patch, self.client.put):
            self.assertDone(change(path, json={"city": change.__name__}))
            self.assertEqual(self.client.get(path).json()["city"], change.__name__)
        self.assertIsNone(self.assertDone(self.client.delete(path), 204))

    def test_client_is_limited_to_scopes(self):
        client = self._new_client(scope="partners:read auth:read")
        self.assertDone(client.get(self.path))
        self.assertDone(client.get("/api/auth/tokens"))
        self.assertError(client.patch(self.path, json={}), 403, "partners:write")

    def test_operations_are_documented_or_not(self):
        documented = self.assertDocumented("GET", "/api/partners/{record_id}")
        self.assertEqual(self.assertDocumented("get", self.path), documented)
        self.assertEqual(documented["operationId"], "partners_get")
        for method, path in [
            ("POST", "/api/partners/{record_id}"),
            ("GET", "/api/partners/1/more"),
            ("GET", "/api/nothing"),
        ]:
            with self.assertRaisesRegex(AssertionError, f"{method} {path} is not"):
                self.assertDocumented(method, path)

    def test_answers_are_as_documented(self):
        self._add_group(self.holder, "base.group_partner_manager")
        created = self.client.post("/api/partners/batch", json=[{"name": "Ada"}])
        path = f"/api/partners/{self.assertDone(created, 201)['data'][0]['id']}"
        for response in (
            created,
            self.client.get("/api/partners", params={"limit": 2, "total": "true"}),
            self.client.get("/api/partners", params={"limit": 0}),
            self.client.get("/api/partners/0"),
            self.client.get(path),
            self.client.delete(path),
            self._request("GET", path),
        ):
            self.assertAsDocumented(response)

    def test_answer_of_another_shape_is_told(self):
        def to_json(service, records, names=None):
            return [{"id": record.id, "name": 5} for record in records]

        with patch.object(PartnerService, "_to_json", to_json, create=True):
            for path, place in [(self.path, "name"), ("/api/partners", "data/0/name")]:
                response = self.client.get(path)
                with self.assertRaisesRegex(AssertionError, f"{place}: 5 is not"):
                    self.assertAsDocumented(response)

    def test_status_that_is_not_documented_is_told(self):
        response = self.client.get("/api/partners")
        response.status_code = 404
        with self.assertRaises(AssertionError):
            self.assertAsDocumented(response)

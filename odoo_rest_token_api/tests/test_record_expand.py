from itertools import product

from odoo.tests.common import tagged

from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestRecordExpand(RecordCase):
    """Linked records in the place of their ids: ``?expand=parent_id.country_id``."""

    def setUp(self):
        super().setUp()
        self.belgium = self.env.ref("base.be")
        self.company = self._new_partner("Works", is_company=True, city="Namur")
        self.ada = self._new_partner("Ada", parent_id=self.company.id)
        self.company.country_id = self.belgium
        self.env["rest.resource"].search([]).write({"active": False})
        self.countries = self._expose("res.country", "test-countries", "name", "code")

    def test_record_stands_in_the_place_of_its_link(self):
        response = self._get(self._path_of(self.ada), params={"expand": "parent_id"})
        ada = self.assertDone(response)
        self.assertAsDocumented(response)
        self.assertEqual(ada["parent_id"], self._read(self.company))
        self.assertEqual(ada["name"], "Ada")

    def test_page_has_records_of_several_links(self):
        response = self._get(
            self.path,
            params={
                "ref": self.origin,
                "expand": "parent_id.country_id,child_ids",
                "order": "id",
            },
        )
        company, ada = self.assertDone(response)["data"]
        self.assertAsDocumented(response)
        belgium = {"id": self.belgium.id, "name": "Belgium", "code": "BE"}
        self.assertEqual(ada["parent_id"]["country_id"], belgium)
        self.assertEqual([child["name"] for child in company["child_ids"]], ["Ada"])
        self.assertIsNone(company["parent_id"])

    def test_fields_of_what_is_linked_are_chosen(self):
        fields = "name,parent_id.city,parent_id.country_id.code"
        ada = self._read(self.ada, fields=fields)
        country = {"id": self.belgium.id, "code": "BE"}
        parent = {"id": self.company.id, "city": "Namur", "country_id": country}
        self.assertEqual(ada, {"id": self.ada.id, "name": "Ada", "parent_id": parent})
        response = self.client.get(
            self.path, json={"ref": self.origin, "fields": ["child_ids.name"]}
        )
        company = self.assertDone(response)["data"][0]
        child = {"id": self.ada.id, "name": "Ada"}
        self.assertEqual(company, {"id": self.company.id, "child_ids": [child]})

    def test_path_that_leads_nowhere_is_refused(self):
        for path, reason in [
            ("nothing", "there is no 'nothing'"),
            ("parent_id.nothing", "there is no 'nothing'"),
            ("name", "'name' links no records"),
            ("company_id", "'company_id' leads to res.company, which no resource has"),
            ("parent_id..name", "there is no ''"),
            (".".join(["parent_id"] * 5), "at most 4 links"),
        ]:
            response = self._get(self.path, params={"expand": path})
            self.assertError(response, 400, f"expand: .*{reason}")
        response = self._get(self.path, params={"fields": "name.city"})
        self.assertError(response, 400, "fields: name.city: 'name' links no records")

    def test_it_is_bounded(self):
        names = ["parent_id", "child_ids"]
        paths = [".".join(path) for path in product(names, repeat=4)]  # of 30 links
        params = {"ref": self.origin, "fields": "name", "expand": ",".join(paths)}
        self.assertEqual(self._search(**params)["count"], 2)
        params["expand"] += ",country_id"
        response = self._get(self.path, params=params)
        self.assertError(response, 400, "expand: reads at most 30 links")

    def test_what_the_client_can_not_read_there_stays_a_link(self):
        link = {"id": self.company.id, "name": "Works"}
        self._hide(self.company)
        self.assertEqual(self._read(self.ada, expand="parent_id")["parent_id"], link)
        self.countries.domain = "[('code', '!=', 'BE')]"
        self.ada.country_id = self.belgium
        ada = self._read(self.ada, expand="country_id")
        self.assertEqual(ada["country_id"], {"id": self.belgium.id, "name": "Belgium"})

    def test_token_has_to_be_for_what_is_linked(self):
        self.client = self._new_client(scope="partners:read")
        path = self._path_of(self.ada)
        response = self._get(path, params={"expand": "parent_id"})
        self.assertDone(response)
        for params in ({"expand": "country_id"}, {"fields": "country_id.code"}):
            self.assertError(self._get(path, params=params), 403, "test-countries:read")
        self.client = self._new_client(scope="partners:read test-countries:read")
        self.assertDone(self._get(path, params={"expand": "country_id"}))

    def test_user_has_to_have_the_right(self):
        access = self.env["ir.model.access"].search(
            [("model_id.model", "=", "res.country"), ("perm_read", "=", True)]
        )
        access.write({"perm_read": False})
        response = self._get(self._path_of(self.ada), params={"expand": "country_id"})
        self.assertError(response, 403)

    def test_what_is_not_served_is_not_expanded(self):
        self.countries.write({"allow_get": False, "allow_search": False})
        response = self._get(self.path, params={"expand": "country_id"})
        self.assertError(response, 400, "which no resource has")
        self.countries.write({"allow_get": True, "active": False})
        response = self._get(self.path, params={"expand": "country_id"})
        self.assertError(response, 400, "which no resource has")

    def test_what_is_exposed_goes_before_what_a_service_has(self):
        self._expose("res.company", "test-offices", "name", "partner_id")
        path = f"/api/test-offices/{self.env.company.id}"
        answer = self._get(path, params={"expand": "partner_id"})
        self.assertIn("city", self.assertDone(answer)["partner_id"])
        self._expose("res.partner", "test-works", "name")
        answer = self._get(path, params={"expand": "partner_id"})
        self.assertEqual(set(self.assertDone(answer)["partner_id"]), {"id", "name"})

    def test_resource_says_where_a_link_leads(self):
        works = self._expose("res.partner", "test-works", "name", "country_id")
        other = self._expose("res.country", "test-states", "name")
        response = self._get("/api/test-works", params={"expand": "country_id"})
        self.assertError(
            response, 400, "may lead to test-countries, test-states: it is not said"
        )
        self.assertIn("country_id", works.advice)
        line = works.field_ids[-1]
        line.target = "test-states"
        self.assertFalse(works.advice)
        params = {"expand": "country_id", "id": self.company.id}
        response = self._get("/api/test-works", params=params)
        (company,) = self.assertDone(response)["data"]
        belgium = {"id": self.belgium.id, "name": "Belgium"}
        self.assertEqual(company["country_id"], belgium)
        other.active = False
        response = self._get("/api/test-works", params=params)
        self.assertError(response, 400)

    def test_statements_do_not_grow_with_records(self):
        def count():
            self._invalidate()
            params = {"ref": self.origin, "expand": "parent_id.country_id,child_ids"}
            params["limit"] = 100
            return len(self._record_statements(lambda: self._search(**params)))

        count()
        few = count()
        for number in range(40):
            parent = self._new_partner(f"Works {number}", country_id=self.belgium.id)
            self._new_partner(f"Ada {number}", parent_id=parent.id)
        count()
        self.assertEqual(count(), few)

    def test_change_of_what_is_linked_is_seen(self):
        path = self._path_of(self.ada)
        etag = self._get(path).headers["ETag"]
        headers = {"If-None-Match": etag}
        params = {"expand": "parent_id"}
        self.assertEqual(self._get(path, headers=headers).status_code, 304)
        self.assertDone(self._get(path, headers=headers, params=params))

    def test_it_is_documented(self):
        access = self.env["ir.model.access"].search(
            [("model_id.model", "=", "res.country")]
        )
        access.write({"perm_read": False})  # the document is for everybody
        (expand,) = [
            parameter
            for parameter in self.assertDocumented("GET", self.path)["parameters"]
            if parameter.get("name") == "expand"
        ]
        pattern = expand["schema"]["items"]["pattern"]
        self.assertRegex("parent_id.country_id", pattern)
        self.assertNotRegex("company_id", pattern)
        schemas = self.document["components"]["schemas"]
        country = schemas["Partner"]["properties"]["country_id"]
        record, link = self._follow(country["anyOf"][0])["anyOf"]
        self.assertIn("code", self._follow(record)["properties"])
        self.assertEqual(self._follow(link), schemas["Link"])


@tagged("post_install", "-at_install")
class TestAnswersExpand(RecordCase):
    """What is written is answered with linked records, where the client asks for it."""

    def setUp(self):
        super().setUp()
        self.works = self._new_partner("Works", is_company=True, ref="W1")
        self.ada = self._new_partner("Ada", ref="C1")
        self.body = {"parent_id": self.works.id}
        self.params = {"expand": "parent_id"}

    def _write(self, method, path="", json=None, params=None, **headers):
        params = {**self.params, **(params or {})}
        options = {"params": params, "headers": headers}
        path = f"{self.path}{path}"
        return self.client.request(method, path, json=json or self.body, **options)

    def test_whatever_writes_them(self):
        new, one = {**self.body, "name": "Bob"}, f"/{self.ada.id}"
        each = {**self.body, "id": self.ada.id}
        merging = {"Prefer": "resolution=merge-duplicates"}
        representing = {"Prefer": "return=representation"}
        matching = {"ref": "C1", "expected_count": 1}
        for method, path, json, params, headers in [
            ("POST", "", new, None, {}),
            ("POST", "/batch", [new, new], None, {}),
            ("POST", "", {**self.body, "ref": "C1"}, None, merging),
            ("PATCH", one, self.body, None, {}),
            ("PUT", one, self.body, None, {}),
            ("PATCH", "", [each], None, {}),
            ("PATCH", "", self.body, matching, representing),
            ("PUT", "/by/ref/C1", self.body, None, {}),
            ("PUT", "/by/ref/C2", new, None, {}),
        ]:
            with self.subTest(method=method, path=path, json=json):
                response = self._write(method, path, json, params, **headers)
                self.assertIn(response.status_code, (200, 201), response.text)
                answer = response.json()
                for record in answer.get("data", [answer]):
                    self.assertEqual(record["parent_id"]["ref"], "W1")
                self.assertAsDocumented(response)
                if "ETag" in response.headers:  # it is of the record alone
                    path = f"{self.path}/{answer['id']}"
                    etag = self._get(path).headers["ETag"]
                    self.assertEqual(response.headers["ETag"], etag)

    def test_request_that_is_sent_again(self):
        key = {"Idempotency-Key": "a key"}
        body = {**self.body, "name": "Bob"}
        for _time in range(2):
            answer = self.assertDone(self._write("POST", "", body, **key), 201)
            self.assertEqual(answer["parent_id"]["ref"], "W1")

    def test_who_prefers_nothing_gets_nothing(self):
        minimal = {"Prefer": "return=minimal"}
        self.assertDone(self._write("PATCH", f"/{self.ada.id}", **minimal), 204)
        body = {**self.body, "name": "Bob"}
        answer = self.assertDone(self._write("POST", "", [body], **minimal), 201)
        self.assertEqual([*answer["data"][0]], ["id"])

    def test_nothing_is_done_where_nothing_leads(self):
        count = self.partners.search_count([])
        self.params["expand"] = "name"
        for method, path, json in [
            ("POST", "", {"name": "Bob"}),
            ("POST", "", [{"name": "Bob"}]),
            ("PATCH", f"/{self.ada.id}", {"city": "Faro"}),
            ("PATCH", "", [{"id": self.ada.id, "city": "Faro"}]),
            ("PUT", "/by/ref/C1", {"city": "Faro"}),
        ]:
            with self.subTest(method=method, path=path, json=json):
                response = self._write(method, path, json)
                self.assertError(response, 400, "expand: .* links no records")
        self.assertEqual(self.partners.search_count([]), count)
        self.assertFalse(self.ada.city)

    def test_token_that_only_writes_is_shown_no_more(self):
        self.client = self._new_client(scope="partners:write")
        response = self._write("PATCH", f"/{self.ada.id}")
        self.assertError(response, 403, "partners:read")
        self.assertFalse(self.ada.parent_id)

    def test_it_is_documented(self):
        for method, path in [
            ("POST", self.path),
            ("POST", f"{self.path}/batch"),
            ("PATCH", self.path),
            ("PATCH", self._path_of(self.ada)),
            ("PUT", f"{self.path}/by/ref/C1"),
        ]:
            parameters = self.assertDocumented(method, path)["parameters"]
            names = [each.get("name") for each in parameters]
            self.assertEqual(names.count("expand"), 1, (method, path))
        parameters = self.assertDocumented("DELETE", self.path)["parameters"]
        names = {each.get("name") for each in parameters}
        self.assertGreater(names, {"domain", "expected_count"})
        self.assertNotIn("expand", names)

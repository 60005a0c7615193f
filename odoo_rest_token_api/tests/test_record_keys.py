from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .record_common import RecordCase


class KeyCase(RecordCase):
    """Test case for records that clients name by keys of their own."""

    key_path = "/api/partners/by/ref"

    def _put(self, value, json, **kwargs):
        return self.client.put(f"{self.key_path}/{value}", json=json, **kwargs)

    def _find(self, ref):
        return self.partners.search([("ref", "=", ref)])


@tagged("post_install", "-at_install")
class TestRecordKeys(KeyCase):
    def test_put_creates_and_then_changes(self):
        response = self._put("C/1 é", {"name": "Ada", "city": "Faro"})
        answer = self.assertDone(response, 201)
        partner = self._find("C/1 é")
        self.assertEqual((answer["ref"], answer["id"]), ("C/1 é", partner.id))
        self.assertTrue(response.headers["Location"].endswith(self._path_of(partner)))
        response = self._put("C/1 é", {"city": "Porto"})
        answer = self.assertDone(response)
        self.assertEqual((answer["name"], answer["city"]), ("Ada", "Porto"))
        self.assertEqual(
            response.headers["ETag"],
            self._get(self._path_of(partner)).headers["ETag"],
        )
        self.assertEqual(len(self._find("C/1 é")), 1)

    def test_location_is_that_of_the_record_whatever_the_key(self):
        response = self._put("a/by/ref/b", {"name": "Ada"})
        self.assertDone(response, 201)
        path = self._path_of(self._find("a/by/ref/b"))
        self.assertTrue(response.headers["Location"].endswith(path))
        self.assertDone(self._get(path))

    def test_answers_are_documented(self):
        for json in ({"name": "Ada"}, {"city": "Faro"}):
            self.assertAsDocumented(self._put("C1", json))
        self.assertAsDocumented(self._get(f"{self.key_path}/C1"))
        self.assertAsDocumented(self._get(f"{self.key_path}/C2"))

    def test_one_is_read_by_its_key(self):
        partner = self._new_partner("Ada", ref="C1", active=False)
        answer = self.assertDone(self._get(f"{self.key_path}/C1?fields=name"))
        self.assertEqual(answer, {"id": partner.id, "name": "Ada"})
        self.assertError(self._get(f"{self.key_path}/C2"), 404)

    def test_key_is_guarded_where_nothing_is_there_yet(self):
        def count_guards(json):
            def put():
                self.assertDone(self._put("C1", json), status)

            texts = map(str, self._record_statements(put))
            return sum("rest_key_guard" in text for text in texts)

        for status, json in [(201, {"name": "Ada"}), (200, {"city": "Faro"})]:
            self.assertEqual(count_guards(json), int(status == 201))

    def test_key_in_the_body_has_to_be_the_same(self):
        self.assertDone(self._put("C1", {"name": "Ada", "ref": "C1"}), 201)
        for ref in ("C2", None, 1):
            response = self._put("C1", {"name": "Ada", "ref": ref})
            self.assertError(response, 400, "ref: ")

    def test_what_is_no_key_is_not_there(self):
        for name in ("name", "nothing", "external_id"):
            path = f"/api/partners/by/{name}/Ada"
            self.assertError(self._get(path), 404)
            self.assertError(self.client.put(path, json={"name": "Ada"}), 404)

    def test_key_of_several_is_a_conflict(self):
        for name in ("Ada", "Bob"):
            self._new_partner(name, ref="C1")
        self.assertError(self._put("C1", {"city": "Faro"}), 409, "ref: ")
        self.assertError(self._get(f"{self.key_path}/C1"), 409, "ref: ")
        self.assertFalse(any(self._find("C1").mapped("city")))

    def test_what_is_hidden_is_not_there(self):
        self._hide(self._new_partner("Ada", ref="C1"))
        self.assertError(self._get(f"{self.key_path}/C1"), 404)
        self.assertDone(self._put("C1", {"name": "Bob"}), 201)

    def test_created_one_is_validated_as_any(self):
        self.assertError(self._put("C1", {"city": "Faro"}), 400, "name: required")
        self.assertError(self._put("C1", {"name": "A", "x": 1}), 400, "x: unknown")
        self.assertFalse(self._find("C1"))

    def test_client_says_whether_it_is_there(self):
        absent, present = {"If-None-Match": "*"}, {"If-Match": '"x"'}
        json = {"name": "Ada"}
        self.assertError(self._put("C1", json, headers=present), 412, "not there")
        self.assertDone(self._put("C1", json, headers=absent), 201)
        self.assertError(self._put("C1", json, headers=absent), 412, "there already")
        json = {"city": "Faro"}
        self.assertError(self._put("C1", json, headers=present), 412, "has changed")
        etag = self._get(f"{self.key_path}/C1").headers["ETag"]
        self.assertDone(self._put("C1", json, headers={"If-Match": etag}))

    def test_short_answers(self):
        headers = {"Prefer": "return=minimal"}
        response = self._put("C1", {"name": "Ada"}, headers=headers)
        self.assertDone(response, 201)
        self.assertFalse(response.content)
        self.assertDone(self._put("C1", {"city": "X"}, headers=headers), 204)

    def test_token_that_reads_reads_by_keys_alone(self):
        self._new_partner("Ada", ref="C1")
        self.client = self._new_client(scope="partners:read")
        self.assertDone(self._get(f"{self.key_path}/C1"))
        self.assertError(self._put("C1", {"city": "X"}), 403, "limited")


@tagged("post_install", "-at_install")
class TestMerging(KeyCase):
    """A list is merged with what is there, where the client prefers it."""

    headers = {"Prefer": "resolution=merge-duplicates"}

    def _merge(self, *items, **headers):
        headers = {**self.headers, **headers}
        path = f"{self.path}/batch"
        return self.client.post(path, json=list(items), headers=headers)

    def test_some_are_created_and_others_changed(self):
        ada = self._new_partner("Ada", ref="C1")
        items = [{"ref": "C2", "name": "Bob"}, {"ref": "C1", "city": "Faro"}]
        response = self._merge(*items)
        answer = self.assertDone(response, 201)
        self.assertEqual([each["name"] for each in answer["data"]], ["Bob", "Ada"])
        self.assertEqual(ada.city, "Faro")
        applied = response.headers["Preference-Applied"]
        self.assertEqual(applied, "resolution=merge-duplicates")
        again = self.assertDone(self._merge(*items))
        self.assertEqual(
            [each["id"] for each in again["data"]],
            [each["id"] for each in answer["data"]],
        )
        self.assertAsDocumented(response)

    def test_all_or_none(self):
        self._new_partner("Ada", ref="C1")
        good = {"ref": "C1", "city": "Faro"}
        for bad, status, reason in [
            ({"name": "Bob"}, 400, "^1: ref: required"),
            ({"ref": 1, "name": "Bob"}, 400, "^1: ref: "),
            ({"ref": "C1"}, 400, "^1: ref: "),
            ({"ref": "C2"}, 400, "^1: name: required"),
            ({"ref": "C2", "name": "B", "parent_id": 2**31 - 1}, 400, "^1: parent_id"),
            ("C2", 400, "^1: "),
        ]:
            with self.subTest(bad=bad):
                self.assertError(self._merge(good, bad), status, reason)
                self.assertFalse(self._find("C1").city)

    def test_key_is_one_that_there_is(self):
        item = {"ref": "C1", "name": "Ada"}
        prefer = "resolution=merge-duplicates; key="
        self.assertError(self._merge(item, Prefer=f"{prefer}name"), 400, "key=ref")
        self.assertDone(self._merge(item, Prefer=f"{prefer}ref"), 201)

    def test_request_that_is_sent_again(self):
        item = {"ref": "C1", "name": "Ada"}
        for _time in range(2):
            response = self._merge(item, **{"Idempotency-Key": "a key"})
            self.assertDone(response, 201)
        self.assertEqual(len(self._find("C1")), 1)

    def test_change_that_is_sent_again_is_answered_as_one(self):
        self._new_partner("Ada", ref="C1")
        item, headers = {"ref": "C1", "city": "Faro"}, dict(self.headers)
        for prefer, status in (("", 200), (", return=minimal", 204)):
            headers["Prefer"] = f"{self.headers['Prefer']}{prefer}"
            headers["Idempotency-Key"] = f"a key{prefer}"
            for replayed in (None, "true"):
                response = self._post(item, headers=headers)
                self.assertDone(response, status)
                self.assertEqual(response.headers.get("Idempotency-Replayed"), replayed)

    def test_statements_do_not_grow_with_records(self):
        def count(number):
            website = f"https://{number}.org"  # nobody tracks it
            items = [{"ref": f"C{n}", "website": website} for n in range(number)]
            self._flush()
            self._invalidate()
            return len(
                self._record_statements(lambda: self.assertDone(self._merge(*items)))
            )

        items = [{"ref": f"C{n}", "name": "Ada"} for n in range(6)]
        self.assertDone(self._merge(*items), 201)
        count(2)
        self.assertEqual(count(3), count(6))


@tagged("post_install", "-at_install")
class TestLinksByKeys(KeyCase):
    def setUp(self):
        super().setUp()
        self.works = self._new_partner("Works", ref="W1")
        self.body = {"name": "Ada", "ref": self.origin}

    def test_linked_record_is_named_by_its_key(self):
        keys = {"parent_id": {"ref": "W1"}, "country_id": {"code": "BE"}}
        answer = self.assertDone(self._post({**self.body, **keys}), 201)
        self.assertEqual(answer["parent_id"]["id"], self.works.id)
        self.assertEqual(answer["country_id"]["name"], "Belgium")
        partner = self.partners.browse(answer["id"])
        response = self._patch(partner, {"country_id": {"code": "PT"}})
        self.assertEqual(self.assertDone(response)["country_id"]["name"], "Portugal")

    def test_bad_keys_are_named(self):
        self._new_partner("A", ref="W2")
        self._new_partner("B", ref="W2")
        for link, status, reason in [
            ({"ref": "W9"}, 400, "^1: parent_id: there is no record of ref 'W9'"),
            ({"ref": 7}, 400, "^1: parent_id: "),
            ({"name": "Works"}, 400, "^1: parent_id: has no key 'name'"),
            ({"ref": "W1", "name": "W"}, 400, "^1: parent_id: "),
            ({"ref": "W2"}, 409, "^1: parent_id: there are several"),
        ]:
            with self.subTest(link=link):
                body = [self.body, {**self.body, "parent_id": link}]
                self.assertError(self._post(body), status, reason)

    def test_hidden_record_is_not_there(self):
        self._hide(self.works)
        response = self._post({**self.body, "parent_id": {"ref": "W1"}})
        self.assertError(response, 400, "there is no record")

    def test_keys_are_for_tokens_that_read_the_records(self):
        self.client = self._new_client(scope="partners:write")
        response = self._post({**self.body, "parent_id": {"ref": "W1"}})
        self.assertError(response, 400, "has no key")
        answer = self._post({**self.body, "country_id": {"code": "BE"}})
        self.assertDone(answer, 201)

    def test_records_of_one_model_are_looked_for_at_once(self):
        def count(*codes):
            body = [{**self.body, "country_id": {"code": code}} for code in codes]
            self._flush()
            self._invalidate()
            statements = self._record_statements(
                lambda: self.assertDone(self._post(body), 201)
            )
            return len([each for each in statements if "res_country" in str(each)])

        count("BE", "PT")
        self.assertEqual(count("BE", "PT"), count("BE", "PT", "FR", "DE", "IT"))

    def test_services_of_other_records_are_left_alone(self):
        self._expose("res.country.group", "test-groups", "name")
        body = {**self.body, "country_id": {"code": "BE"}}

        def request():
            self.assertDone(self._post(body), 201)

        request()
        statements = map(str, self._record_statements(request))
        self.assertFalse([each for each in statements if "rest_resource" in each])

    def test_keys_are_documented(self):
        create = self.document["components"]["schemas"]["Partner.Create"]
        link = self._follow(create["properties"]["country_id"]["anyOf"][0])
        by_key = link["anyOf"][-1]
        self.assertEqual(list(self._follow(by_key)["properties"]), ["code"])
        read = self.document["components"]["schemas"]["Partner"]
        link = self._follow(read["properties"]["country_id"]["anyOf"][0])
        self.assertNotIn(by_key, link["anyOf"])


@tagged("post_install", "-at_install")
class TestKeysOfResources(KeyCase):
    path = "/api/test-customers"
    names = ("name", "ref", "parent_id", "is_company", "category_id")

    def setUp(self):
        super().setUp()
        fields = self.env["ir.model.fields"]
        self.resource = self.env["rest.resource"].create(
            {
                "path": "test-customers",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain": "[('is_company', '=', False)]",
                "external_module": "test_shop",
                "allow_create": True,
                "allow_update": True,
                "field_ids": [
                    (
                        0,
                        0,
                        {
                            "field_id": fields._get("res.partner", name).id,
                            "access": "write",
                            "is_key": name == "ref",
                        },
                    )
                    for name in self.names
                ],
            }
        )
        self.by_ref, self.by_id = (
            f"{self.path}/by/{name}" for name in ("ref", "external_id")
        )

    def test_field_that_is_a_key(self):
        for status in (201, 200):
            response = self.client.put(f"{self.by_ref}/C1", json={"name": "Ada"})
            self.assertDone(response, status)
        partner = self._find("C1")
        self.assertEqual(len(partner), 1)
        partner.is_company = True
        self.assertError(self._get(f"{self.by_ref}/C1"), 404)

    def test_external_id_is_one_of_odoo(self):
        for status in (201, 200):
            response = self.client.put(f"{self.by_id}/Ada.1", json={"name": "Ada"})
            answer = self.assertDone(response, status)
            self.assertAsDocumented(response)
        self.assertEqual(self.env.ref("test_shop.Ada.1").id, answer["id"])
        self.assertNotIn("external_id", answer)
        self.assertEqual(
            self.assertDone(self._get(f"{self.by_id}/Ada.1"))["id"], answer["id"]
        )

    def test_external_id_of_what_is_created(self):
        body = {"name": "Ada", "external_id": "A1"}
        response = self._post([body, {**body, "external_id": "A2"}, {"name": "Eve"}])
        answer = self.assertDone(response, 201)
        ids = [self.env.ref(f"test_shop.{name}").id for name in ("A1", "A2")]
        self.assertEqual([each["id"] for each in answer["data"][:2]], ids)
        self.assertError(self._post(body), 409, "external_id")
        self.assertError(self._post([body, body]), 400, "^1: external_id")
        for bad in ("", "a b", 7, "x" * 129, "a\n"):
            body = {"name": "Ada", "external_id": bad}
            self.assertError(self._post(body), 400, "external_id: ")

    def test_too_many_are_refused_before_anything_is_looked_for(self):
        body = [{"name": "Ada", "external_id": f"A{number}"} for number in range(501)]
        response = []
        statements = self._record_statements(lambda: response.append(self._post(body)))
        self.assertError(response[0], 400, "At most 500")
        self.assertNotIn("rest_key_guard", str(statements))

    def test_record_of_an_external_id_is_linked(self):
        self.assertDone(self.client.put(f"{self.by_id}/A1", json={"name": "A"}), 201)
        body = {"name": "B", "parent_id": {"external_id": "A1"}}
        answer = self.assertDone(self._post(body), 201)
        self.assertEqual(answer["parent_id"]["name"], "A")

    def test_external_id_goes_with_its_record(self):
        answer = self.assertDone(self._post({"name": "A", "external_id": "A1"}), 201)
        with mute_logger("odoo.models.unlink"):
            self.partners.browse(answer["id"]).unlink()
        self.assertError(self._get(f"{self.by_id}/A1"), 404)
        self.assertDone(self.client.put(f"{self.by_id}/A1", json={"name": "A"}), 201)

    def test_record_of_two_external_ids_is_merged_once(self):
        answer = self.assertDone(self._post({"name": "A", "external_id": "A1"}), 201)
        first = self.env.ref("test_shop.A1")
        self.env["ir.model.data"].create(
            {
                "module": "test_shop",
                "name": "A2",
                "model": first._name,
                "res_id": answer["id"],
            }
        )
        items = [{"external_id": "A1"}, {"external_id": "A2"}]
        prefer = "resolution=merge-duplicates; key=external_id"
        response = self._post(items, headers={"Prefer": prefer})
        self.assertError(response, 400, "^1: external_id: is that of an item before")

    def test_external_id_that_is_new_leaves_caches_alone(self):
        external_ids = type(self.env["ir.model.data"])
        with patch.object(external_ids, "unlink", autospec=True) as unlink:
            self.assertDone(self._post({"name": "A", "external_id": "A1"}), 201)
        unlink.assert_not_called()

    def test_external_id_is_given_to_what_is_merged_by_another_key(self):
        partner = self._new_partner("Ada", ref="C1")
        self._new_partner("Bob", ref="C2")
        headers = {"Prefer": "resolution=merge-duplicates; key=ref"}
        items = [
            {"ref": "C1", "external_id": "A1"},
            {"ref": "C3", "name": "Cyd", "external_id": "A3"},
        ]
        for status in (201, 200):
            self.assertDone(self._post(items, headers=headers), status)
        self.assertEqual(self.env.ref("test_shop.A1"), partner)
        self.assertEqual(self.env.ref("test_shop.A3").ref, "C3")
        item = {"ref": "C2", "external_id": "A1"}
        self.assertError(self._post(item, headers=headers), 409, "external_id: ")
        for item in ({"ref": "C1", "external_id": 7}, {"ref": "C1", "external_id": ""}):
            self.assertError(self._post(item, headers=headers), 400, "external_id: ")
        twice = [{"ref": ref, "external_id": "A9"} for ref in ("C1", "C2")]
        response = self._post(twice, headers=headers)
        self.assertError(response, 400, "^1: external_id: ")

    def test_external_id_is_unknown_where_there_are_none(self):
        self.resource.external_module = False
        self._new_partner("Ada", ref="C1")
        headers = {"Prefer": "resolution=merge-duplicates"}
        for ref in ("C1", "C2"):
            body = {"ref": ref, "name": "Ada", "external_id": "A1"}
            response = self._post(body, headers=headers)
            self.assertError(response, 400, "external_id: unknown field")

    def test_external_id_of_a_hidden_record_is_in_the_way(self):
        answer = self.assertDone(self._post({"name": "A", "external_id": "A1"}), 201)
        self._hide(self.partners.browse(answer["id"]))
        response = self.client.put(f"{self.by_id}/A1", json={"name": "B"})
        self.assertError(response, 409, "external_id")

    def test_external_id_of_another_model_is_in_the_way(self):
        category = self.env["res.partner.category"].create({"name": "A"})
        self.env["ir.model.data"].create(
            {
                "module": "test_shop",
                "name": "A1",
                "model": category._name,
                "res_id": category.id,
            }
        )
        with mute_logger("odoo.sql_db"):
            response = self.client.put(f"{self.by_id}/A1", json={"name": "B"})
        self.assertError(response, 409)
        self.assertEqual(self.env.ref("test_shop.A1"), category)

    def test_external_ids_are_of_no_module(self):
        for name in ("base", "odoo_rest_token_api", "Shop", "__import__", "a.b"):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.resource.external_module = name

    def test_external_ids_end_where_a_module_comes_by_their_prefix(self):
        self.assertDone(self.client.put(f"{self.by_id}/A1", json={"name": "A"}), 201)
        self.env["ir.module.module"].create({"name": "test_shop"})
        self.resource._forget_descriptions()
        self.assertError(self._get(f"{self.by_id}/A1"), 404)

    def _get_documented_keys(self):
        """Return the keys by which the document says that a parent is linked."""
        schemas = self.document["components"]["schemas"]
        ways = [schemas["TestCustomer.Create"]["properties"]["parent_id"]]
        for way in ways:
            ways += map(self._follow, way.get("anyOf", ()))
        return [each["properties"].keys() for each in ways if "maxProperties" in each]

    def test_keys_that_link_records_are_documented(self):
        self.assertEqual(self._get_documented_keys(), [{"ref", "external_id"}])

    def test_key_that_is_not_for_the_reader_is_not_documented(self):
        field = self.partners._fields["ref"]
        self.patch(field, "groups", "base.group_system")
        self.addCleanup(self.resource._forget_descriptions)
        self.assertEqual(self._get_documented_keys(), [{"external_id"}])

    def test_records_that_are_searched_alone_are_linked_by_their_keys(self):
        self.resource.allow_get = False
        works = self._new_partner("Works", ref="W1")
        body = {"name": "Ada", "parent_id": {"ref": "W1"}}
        module = "odoo.addons.odoo_rest_token_api.components.partner_service"
        with patch(f"{module}.PartnerService._keys", ()):
            answer = self.assertDone(self._post(body), 201)
        self.assertEqual(answer["parent_id"]["id"], works.id)

    def test_key_is_a_value_that_is_stored(self):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.resource.field_ids[2].is_key = True

    def test_resource_that_is_out_of_order_is_no_matter_for_others(self):
        resources, broken = type(self.resource), {"nothing": "read"}
        declare = patch.object(resources, "_get_declared_fields", lambda self: broken)
        with declare, mute_logger(
            "odoo.addons.odoo_rest_token_api.components.resource_service",
            "odoo.addons.odoo_rest_token_api.controllers.api_docs",
        ):
            self.assertIn("Partner.Create", self.document["components"]["schemas"])
            body = {"name": "Ada", "country_id": {"code": "BE"}}
            self.assertDone(self._post(body, path="/api/partners"), 201)

    def test_resource_that_does_not_create_has_no_upsert(self):
        self.resource.allow_create = False
        self._new_partner("Ada", ref="C1")
        self.assertDone(self._get(f"{self.by_ref}/C1"))
        response = self.client.put(f"{self.by_ref}/C1", json={"name": "B"})
        self.assertError(response, 405)

from odoo.tests.common import tagged

from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestRecordPaths(RecordCase):
    """Filters and orders by what is linked: ``?parent_id.country_id.code=BE``."""

    def setUp(self):
        super().setUp()
        self.env["rest.resource"].search([]).write({"active": False})
        self.countries = self._expose("res.country", "test-countries", "name", "code")
        belgium, france = self.env.ref("base.be"), self.env.ref("base.fr")
        self.works = self._new_partner("Works", country_id=belgium.id, city="Namur")
        self.shop = self._new_partner("Shop", country_id=france.id)
        self.ada = self._new_partner("Ada", parent_id=self.works.id)
        self.bob = self._new_partner("Bob", parent_id=self.shop.id)
        self.all = self.works | self.shop | self.ada | self.bob

    def _find(self, **filters):
        return self.partners.browse(self._found(ref=self.origin, **filters))

    def test_filters_follow_links(self):
        self.assertEqual(self._find(**{"parent_id.name": "Works"}), self.ada)
        self.assertEqual(self._find(**{"parent_id.country_id.code": "BE"}), self.ada)
        self.assertEqual(
            self._find(**{"parent_id.country_id": self.env.ref("base.fr").id}), self.bob
        )
        self.assertEqual(
            self._find(**{"parent_id.name__ilike": "o"}), self.ada | self.bob
        )
        self.assertEqual(self._find(**{"child_ids.name": "Bob"}), self.shop)
        siblings = self._find(**{"parent_id.child_ids.name__in": "Ada,Cyd"})
        self.assertEqual(siblings, self.ada)

    def test_there_is_nothing_at_the_end_of_an_empty_link(self):
        tops = self.works | self.shop
        self.assertEqual(self._find(**{"parent_id.city__ne": "Namur"}), tops | self.bob)
        self.assertEqual(
            self._find(**{"parent_id.city__empty": "true"}), tops | self.bob
        )
        self.assertEqual(self._find(**{"parent_id.city__empty": "false"}), self.ada)
        self.assertEqual(
            self._find(**{"parent_id.active": "true"}), self.ada | self.bob
        )
        self.assertEqual(self._find(**{"parent_id.active": "false"}), self.partners)
        self.assertEqual(
            self._find(**{"child_ids.name__ne": "Bob"}), self.all - self.shop
        )

    def test_domain_takes_paths(self):
        for domain, found in [
            ('[["parent_id.country_id.code", "=", "BE"]]', self.ada),
            ('["!", ["parent_id.country_id.code", "=", "BE"]]', self.all - self.ada),
            ('[["parent_id.city", "=", null]]', self.all - self.ada),
            ('[["parent_id.city", "in", ["Namur", null]]]', self.all),
            (
                '["|", ["parent_id", "ilike", "works"], ["name", "=", "Shop"]]',
                self.shop | self.ada,
            ),
        ]:
            self.assertEqual(self._find(domain=domain), found, domain)

    def test_links_are_found_by_name(self):
        self.assertEqual(self._find(parent_id__ilike="WORK"), self.ada)
        self.assertEqual(self._find(parent_id__like="WORK"), self.partners)
        self.assertEqual(self._find(parent_id__not_ilike="work"), self.all - self.ada)
        self.assertEqual(self._find(country_id__ilike="belg"), self.works | self.ada)
        # By what is shown, and nothing else that Odoo finds partners by.
        self.works.write({"vat": "BE0477472701", "email": "works@example.com"})
        self.assertFalse(self._find(parent_id__ilike="BE0477472701"))
        self.assertFalse(self._find(parent_id__ilike="example"))

    def test_order_follows_links(self):
        found = self._found(ref=self.origin, order="parent_id.name desc, name", limit=3)
        self.assertEqual(found, [self.shop.id, self.works.id, self.ada.id])
        order = {"ref": self.origin, "order": "parent_id.name, name desc"}
        everything = [self.bob.id, self.ada.id, self.works.id, self.shop.id]
        self.assertEqual(self._found(**order), everything)
        self.assertEqual(self._walk(limit=1, **order), everything)
        response = self._get(self.path, params={"order": "child_ids.name"})
        self.assertError(response, 400, "order: can't sort by 'child_ids.name'")

    def test_what_the_client_can_not_read_is_not_there(self):
        self._hide(self.works)
        both = self.ada | self.bob | self.shop
        self.assertFalse(self._find(**{"parent_id.name": "Works"}))
        self.assertFalse(self._find(**{"parent_id.country_id.code": "BE"}))
        self.assertEqual(self._find(**{"parent_id.name__ne": "Works"}), both)
        found = self._found(ref=self.origin, order="parent_id.name, id")
        self.assertEqual(found, [self.bob.id, self.shop.id, self.ada.id])

    def test_filter_of_the_other_resource_holds(self):
        self.countries.domain = "[('code', '!=', 'BE')]"
        self.assertFalse(self._find(**{"country_id.code": "BE"}))
        self.assertEqual(self._find(**{"country_id.code": "FR"}), self.shop | self.bob)
        order = {"ref": self.origin, "order": "country_id.code, name"}
        self.assertEqual(self._found(**order)[:2], [self.bob.id, self.shop.id])

    def test_path_that_leads_nowhere_is_refused(self):
        for name, reason in [
            ("parent_id.nothing", "there is no 'nothing'"),
            ("nothing.name", "there is no 'nothing'"),
            ("name.city", "'name' links no records"),
            ("country_id.phone_code", "there is no 'phone_code'"),
            ("company_id.name", "no resource has"),
            ("parent_id." * 5 + "name", "more than 4 links"),
        ]:
            self.assertError(self._get(self.path, params={name: "1"}), 400, reason)
            response = self._get(self.path, params={"order": name})
            self.assertError(response, 400, f"order: .*{reason}")
            response = self._get(self.path, params={"domain": f'[["{name}", "=", 1]]'})
            self.assertError(response, 400, reason)

    def test_token_has_to_be_for_what_is_linked(self):
        self.client = self._new_client(scope="partners:read")
        for params in (
            {"country_id.code": "BE"},
            {"order": "country_id.code"},
            {"domain": '[["country_id.code", "=", "BE"]]'},
        ):
            response = self._get(self.path, params=params)
            self.assertError(response, 403, "test-countries:read")

    def test_inherited_fields_are_sorted_and_filtered_by(self):
        self._expose("res.users", "test-users", "login", "name", "email")
        users = self.env["res.users"].search([("id", ">", 0)], order="name, id")
        response = self._get("/api/test-users", params={"order": "name", "limit": 2})
        page = self.assertDone(response)
        self.assertEqual([each["id"] for each in page["data"]], users[:2].ids)
        params = {"order": "name", "limit": 2, "cursor": page["next_cursor"]}
        page = self.assertDone(self._get("/api/test-users", params=params))
        self.assertEqual([each["id"] for each in page["data"]], users[2:4].ids)
        params = {"name__ilike": self.holder.name, "order": "name desc"}
        page = self.assertDone(self._get("/api/test-users", params=params))
        self.assertEqual([each["id"] for each in page["data"]], self.holder.ids)

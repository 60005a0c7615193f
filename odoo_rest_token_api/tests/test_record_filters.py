from odoo.tests.common import tagged

from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestRecordFilters(RecordCase):
    def setUp(self):
        super().setUp()
        self.portugal = self.env.ref("base.pt")
        self.spain = self.env.ref("base.es")
        self.tag = self.env["res.partner.category"].create({"name": "Tagged"})
        self.ada = self._new_partner(
            "Ada", city="Lisboa", country_id=self.portugal.id, is_company=True
        )
        self.bob = self._new_partner(
            "Bob",
            city="Lissabon",
            country_id=self.spain.id,
            category_id=[(6, 0, self.tag.ids)],
        )
        self.cyd = self._new_partner("Cyd", parent_id=self.ada.id, type="other")

    def _names(self, **params):
        found = self._search(ref=self.origin, fields="name", **params)
        return "".join(sorted(record["name"][0] for record in found["data"]))

    def assertRefused(self, description, **params):
        self.assertError(self._get(self.path, params=params), 400, description)

    def test_equality(self):
        self.assertEqual(self._names(city="Lisboa"), "A")
        self.assertEqual(self._names(city__eq="Lisboa"), "A")
        self.assertEqual(self._names(city__ne="Lisboa"), "BC")

    def test_lists(self):
        self.assertEqual(self._names(city__in="Lisboa,Lissabon"), "AB")
        self.assertEqual(self._names(city__not_in="Lisboa,Porto"), "BC")
        self.assertEqual(self._names(id__in=f"{self.ada.id},{self.cyd.id}"), "AC")
        self.assertEqual(self._names(id__not_in=str(self.ada.id)), "BC")

    def test_values_with_commas_are_listed_with_brackets(self):
        self.bob.city = "Lisboa, Sul"
        params = {"city__in[]": ["Lisboa", "Lisboa, Sul"]}
        self.assertEqual(self._names(**params), "AB")

    def test_text(self):
        self.assertEqual(self._names(city__like="Liss"), "B")
        self.assertEqual(self._names(city__like="liss"), "")
        self.assertEqual(self._names(city__ilike="LIS"), "AB")
        self.assertEqual(self._names(city__not_like="Liss"), "AC")
        self.assertEqual(self._names(city__not_ilike="LISS"), "AC")

    def test_empty(self):
        for name in ("city", "country_id"):
            self.assertEqual(self._names(**{f"{name}__empty": "true"}), "C")
            self.assertEqual(self._names(**{f"{name}__empty": "false"}), "AB")
        self.assertEqual(self._names(category_id__empty="true"), "AC")
        self.assertEqual(self._names(category_id__empty="false"), "B")

    def test_boolean(self):
        self.assertEqual(self._names(is_company="true"), "A")
        self.assertEqual(self._names(is_company="0"), "BC")
        self.assertEqual(self._names(is_company__ne="true"), "BC")

    def test_order_of_values(self):
        bob = str(self.bob.id)
        self.assertEqual(self._names(id__lt=bob), "A")
        self.assertEqual(self._names(id__lte=bob), "AB")
        self.assertEqual(self._names(id__gt=bob), "C")
        self.assertEqual(self._names(id__gte=bob), "BC")

    def test_moments(self):
        self._flush()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = '2001-02-03 04:05:06' WHERE id = %s",
            (self.bob.id,),
        )
        self._invalidate()
        self.assertEqual(self._names(create_date="2001-02-03T04:05:06Z"), "B")
        self.assertEqual(self._names(create_date="2001-02-03T06:05:06+02:00"), "B")
        self.assertEqual(self._names(create_date__lt="2001-02-04"), "B")
        self.assertEqual(self._names(create_date__gte="2001-02-04"), "AC")

    def test_fractions_of_a_second_have_any_number_of_digits(self):
        self._flush()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = '2001-02-03 04:05:06.7' "
            "WHERE id = %s",
            (self.bob.id,),
        )
        self._invalidate()
        for fraction in ("0", "000", "0000000", "000000000"):
            moment = f"2001-02-03T04:05:06.{fraction}"
            for zone in ("Z", "z", "+00:00"):
                self.assertEqual(self._names(create_date=f"{moment}{zone}"), "B")
        self.assertEqual(self._names(create_date="2001-02-03t04:05:06z"), "B")
        self.assertEqual(
            self._names(create_date__lt="2001-02-03T04:05:06.1234567Z"), "B"
        )
        self.assertEqual(self._names(create_date__gt="2001-02-03T04:05:06Z"), "AC")

    def test_links(self):
        self.assertEqual(self._names(country_id=str(self.spain.id)), "B")
        self.assertEqual(self._names(country_id__ne=str(self.spain.id)), "AC")
        both = f"{self.spain.id},{self.portugal.id}"
        self.assertEqual(self._names(country_id__in=both), "AB")
        self.assertEqual(self._names(category_id=str(self.tag.id)), "B")
        self.assertEqual(self._names(category_id__in=str(self.tag.id)), "B")
        self.assertEqual(self._names(category_id__not_in=str(self.tag.id)), "AC")

    def test_descendants(self):
        self._new_partner("Dan", parent_id=self.cyd.id)
        ada = str(self.ada.id)
        self.assertEqual(self._names(parent_id=ada), "C")
        self.assertEqual(self._names(parent_id__child_of=ada), "ACD")

    def test_descendants_in_a_model_without_parents_are_no_server_error(self):
        spain = str(self.spain.id)
        response = self._get(self.path, params={"country_id__child_of": spain})
        self.assertIn(response.status_code, (200, 400), response.text)

    def test_all_filters_hold(self):
        self.assertEqual(self._names(city__ilike="lis", is_company="false"), "B")
        self.assertEqual(self._names(id__gt="0", id__lt="0"), "")

    def test_unknown_fields_are_named(self):
        self.assertRefused("nothing: unknown field", nothing="1")
        self.assertRefused("nothing__ilike: unknown field", nothing__ilike="1")
        self.assertRefused("__: unknown field", __="1")

    def test_unknown_operators_are_named_with_those_that_are_known(self):
        self.assertRefused("city__near: unknown operator; .*ilike", city__near="x")
        self.assertRefused("city__gt: unknown operator", city__gt="x")
        self.assertRefused("is_company__ilike: unknown", is_company__ilike="x")
        self.assertRefused("image_1920: unknown", image_1920="x")
        self.assertRefused("city__: unknown operator", city__="x")

    def test_values_of_another_type_are_refused(self):
        for key, value in [
            ("id", "x"),
            ("id", "1.5"),
            ("id", "99999999999"),
            ("id__in", "1,x"),
            ("id__in", ""),
            ("is_company", "maybe"),
            ("create_date__gte", "yesterday"),
            ("create_date__gte", "2026-02-30"),
            ("country_id", "Spain"),
            ("country_id", "0"),
            ("country_id__in", "1,"),
            ("city__empty", "maybe"),
            ("city[]", "Lisboa"),
            ("id[]", "1"),
            ("is_company[]", "true"),
        ]:
            with self.subTest(key=key, value=value):
                name = key.replace("[]", "")
                self.assertRefused(f"{name}: ", **{key: value})

    def test_fields_that_are_not_served_can_not_be_probed(self):
        for name in ("function", "user_ids", "create_uid", "signup_token"):
            self.assertRefused(f"{name}: unknown field", **{name: "1"})
            self.assertRefused(f"{name}__ilike: unknown", **{f"{name}__ilike": "a"})

    def test_fields_of_other_records_can_not_be_probed(self):
        for name in ("state_id.code", "user_ids.login", "parent_id.function"):
            self.assertRefused(f"{name}: unknown field", **{name: "1"})
            self.assertRefused("unknown field", **{f"{name}__ilike": "1"})

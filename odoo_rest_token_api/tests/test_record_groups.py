from odoo.tests.common import tagged

from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestRecordGroups(RecordCase):
    """Groups, as ``read_group()`` has them: ``/api/partners/groups?by=country_id``."""

    def setUp(self):
        super().setUp()
        self.belgium, self.france = self.env.ref("base.be"), self.env.ref("base.fr")
        self.ada = self._new_partner("Ada", country_id=self.belgium.id, city="Namur")
        self.bob = self._new_partner("Bob", country_id=self.belgium.id, city="Liège")
        self.cyd = self._new_partner("Cyd", country_id=self.france.id, city="")
        self.dan = self._new_partner("Dan")
        self._date(self.ada, "2026-01-31 23:30:00")
        self._date(self.bob, "2026-02-28 12:00:00")
        self._date(self.cyd, "2026-03-29 12:00:00")
        self._date(self.dan, "2027-01-01 12:00:00")
        self.holder.tz = "Europe/Brussels"

    def _date(self, partner, moment):
        self._flush()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s",
            (moment, partner.id),
        )

    def _group(self, **params):
        params.setdefault("ref", self.origin)
        response = self._get(f"{self.path}/groups", params=params)
        page = self.assertDone(response)
        self.assertAsDocumented(response)
        self.assertEqual(page["count"], len(page["data"]))
        return page

    def _counts(self, name, period=None, **params):
        by = f"{name}:{period}" if period else name
        groups = self._group(by=by, count="true", **params)["data"]
        return [(group["by"][name], group["count"]) for group in groups]

    def assertRefused(self, description, **params):
        response = self._get(f"{self.path}/groups", params=params)
        self.assertError(response, 400, description)

    def test_records_are_grouped_by_links(self):
        belgium = {"id": self.belgium.id, "name": "Belgium"}
        france = {"id": self.france.id, "name": "France"}
        expected = [(belgium, 2), (france, 1), (None, 1)]
        self.assertEqual(self._counts("country_id"), expected)
        self.assertEqual(self._counts("country_id", city__empty="false"), expected[:1])

    def test_groups_are_those_of_read_group(self):
        model = self.partners.with_user(self.holder).with_context(tz=self.holder.tz)
        for name in ("country_id", "is_company", "type", "create_date"):
            if name not in self._read(self.ada):
                continue
            groups = model.read_group(
                [("ref", "=", self.origin)], ["ids:array_agg(id)"], [name], lazy=False
            )
            counts = [count for _by, count in self._counts(name)]
            self.assertEqual(
                sorted(counts), sorted(group["__count"] for group in groups), name
            )

    def test_what_is_empty_is_one_group(self):
        self.assertEqual(self._counts("city"), [("Liège", 1), ("Namur", 1), (None, 2)])

    def test_what_no_record_can_be_has_no_groups(self):
        self.assertEqual(self._counts("country_id", child_ids=str(self.dan.id)), [])

    def test_moments_are_grouped_by_periods_of_the_user(self):
        days = ["2026-02-01", "2026-02-28", "2026-03-29", "2027-01-01"]
        hours = ["00", "13", "14", "13"]
        for period, names in {
            "year": ["2026", "2027"],
            "quarter": ["2026-Q1", "2027-Q1"],
            "month": ["2026-02", "2026-03", "2027-01"],
            "week": ["2026-W05", "2026-W09", "2026-W13", "2026-W53"],
            "day": days,
            "hour": [f"{day}T{hour}" for day, hour in zip(days, hours)],
        }.items():
            found = self._counts("create_date", period)
            self.assertEqual([name for name, _count in found], names)
        self.holder.tz = "UTC"
        by_month = [("2026-01", 1), ("2026-02", 1), ("2026-03", 1), ("2027-01", 1)]
        self.assertEqual(self._counts("create_date"), by_month)

    def test_least_and_greatest(self):
        (group,) = self._group(min="create_date", max="create_date")["data"]
        self.assertEqual(group["min"], {"create_date": "2026-01-31T23:30:00Z"})
        self.assertEqual(group["max"], {"create_date": "2027-01-01T12:00:00Z"})
        (group,) = self._group(ref="nothing", max="create_date", count="true")["data"]
        self.assertEqual(group, {"by": {}, "count": 0, "max": {"create_date": None}})

    def test_groups_are_sorted(self):
        order = "max:create_date desc"
        groups = self._group(by="country_id", max="create_date", order=order)["data"]
        countries = [group["by"]["country_id"] for group in groups]
        names = [country and country["name"] for country in countries]
        self.assertEqual(names, [None, "France", "Belgium"])
        found = self._counts("country_id", order="count desc, country_id desc")
        self.assertEqual([count for _by, count in found], [2, 1, 1])

    def test_groups_come_in_pages(self):
        params = {"by": "create_date:day,city", "count": "true", "limit": 3}
        page = self._group(**params)
        self.assertEqual(page["count"], 3)
        last = self._group(**params, cursor=page["next_cursor"])
        self.assertEqual(last["count"], 1)
        self.assertIsNone(last["next_cursor"])
        self.assertEqual(last, {**self._group(**params, offset=3)})
        params["by"] = "city"
        self.assertRefused("cursor: ", **params, cursor=page["next_cursor"])

    def test_only_records_that_the_user_can_read_count(self):
        self._hide(self.ada)
        found = self._counts("country_id")
        self.assertEqual([count for _by, count in found], [1, 1, 1])

    def test_what_can_not_be_grouped_is_refused(self):
        for name in ("nothing", "category_id", "image_1920", "comment", "function"):
            self.assertRefused("by: can't group by", by=name)
        self.assertRefused("by: there is no 'decade'", by="create_date:decade")
        self.assertRefused("by: there is no 'month'", by="city:month")
        self.assertRefused("by: names city twice", by="city,city")
        self.assertRefused("by: says what to group by")
        self.assertRefused("sum: there is none of 'name'", sum="name", by="city")
        self.assertRefused("order: can't sort by 'name'", by="city", order="name")
        self.assertRefused("order: 'up' is neither", by="city", order="city up")
        self.assertRefused("limit: ", by="city", limit=501)
        self.assertRefused("cursor: ", by="city", cursor="x")
        self.assertRefused("nothing: unknown field", by="city", nothing="1")
        self.assertRefused("fields: unknown field", by="city", fields="1")

    def test_fields_of_other_groups_are_not_there(self):
        field = self.partners._fields["city"]
        self.patch(field, "groups", "base.group_system")
        self.assertRefused("by: can't group by 'city'", by="city")

    def test_it_is_a_reading_operation_of_search(self):
        self.client = self._new_client(scope="partners:read")
        self._group(by="city")
        self.client = self._new_client(scope="partners:write")
        self.assertError(self._get(f"{self.path}/groups?by=city"), 403)
        resource = self._expose("res.partner", "test-cities", allow_search=False)
        self.client = self._new_client()
        path = f"/api/{resource.path}/groups?count=true"
        self.assertError(self._get(path), 404)
        resource.allow_search = True
        resource.domain = f"[('id', '=', {self.ada.id})]"
        self.assertEqual(self.assertDone(self._get(path))["data"][0]["count"], 1)

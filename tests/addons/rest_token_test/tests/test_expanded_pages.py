from functools import wraps
from unittest.mock import patch

from odoo.tests.common import tagged

from odoo.addons.odoo_rest_token_api.components.record_service import RecordService

from ..components.item_service import ItemService
from .common import ItemCase

RECORDS = "odoo.addons.odoo_rest_token_api.records"
COLUMNS = (
    "name,code,quantity,weight,price,urgent,day,moment,state,color,partner_id,"
    "line_ids,tag_ids,create_date"
)


@wraps(RecordService.search)
def search_more(service, params):
    return {**super(ItemService, service).search(params), "more": True}


search_more.__module__ = ItemService.__module__


@tagged("post_install", "-at_install")
class TestExpandedPages(ItemCase):
    """Pages whose fields have columns are written without the ORM, links and all."""

    def setUp(self):
        super().setUp()
        self.partner = self._new_partner("Ada", country_id=self.env.ref("base.be").id)
        tags = self.env["rest.test.tag"].create([{"name": n} for n in ("B", "A")])
        values = {
            "code": "é\n\"'%s",
            "quantity": 3,
            "weight": 1.25,
            "price": 9.5,
            "urgent": True,
            "day": "2026-01-31",
            "moment": "2026-01-31 12:00:00",
            "color": "red",
            "partner_id": self.partner.id,
            "line_ids": [(0, 0, {"name": name, "amount": 2}) for name in ("B", "A")],
            "tag_ids": [(6, 0, tags.ids)],
        }
        self.item = self._new_item("All", **values)
        others = {"code": "B", "line_ids": [], "tag_ids": [(6, 0, tags[0].ids)]}
        self.other = self._new_item("Some", **{**values, **others})
        self.empty = self._new_item("Nothing", currency_id=False)
        self.found = self.item | self.other | self.empty

    def _page(self, fields=COLUMNS, expand="partner_id.country_id,line_ids,tag_ids"):
        ids = ",".join(map(str, self.found.ids))
        return self._search(id__in=ids, fields=fields, expand=expand, total="true")

    def _is_by_the_orm(self):
        return patch(f"{RECORDS}.expanding.Branch.columns", None)

    def test_they_are_those_of_the_orm(self):
        links = ("partner_id", "line_ids", "tag_ids", "partner_id.country_id")
        for expand in ("", *links, ",".join(links)):
            with self.subTest(expand=expand):
                page = self._page(expand=expand) if expand else self._search()
                with self._is_by_the_orm():
                    same = self._page(expand=expand) if expand else self._search()
                self.assertEqual(page, same)
                self.assertGreaterEqual(page["count"], 3)

    def test_what_has_no_column_is_read_by_the_orm_where_it_is(self):
        fields = f"{COLUMNS},line_ids.item_id.title"
        for names in (f"{COLUMNS},title", COLUMNS):
            page = self._page(names, "partner_id,line_ids")
            with self._is_by_the_orm():
                self.assertEqual(page, self._page(names, "partner_id,line_ids"))
        self.assertError(self._get(self.path, params={"fields": fields}), 400)

    def test_what_is_hidden_stays_a_link(self):
        self._hide(self.partner)
        page = self._page(expand="partner_id")
        link = {"id": self.partner.id, "name": "Ada"}
        self.assertEqual(page["data"][0]["partner_id"], link)

    def test_links_to_many_are_read_with_what_has_them(self):
        def count(expand, table):
            self._invalidate()
            statements = self._record_statements(lambda: self._page(expand=expand))
            return len([each for each in statements if table in str(each)])

        for name, table in [
            ("line_ids", "rest_test_line"),
            ("tag_ids", "rest_test_tag"),
        ]:
            count(name, table)
            self.assertEqual(count(name, table), 1)
            self.assertEqual(count("partner_id", table), 1)

    def test_too_many_are_refused(self):
        params = {"id__in": f"{self.item.id},{self.other.id}"}
        for limit, expand in [
            (2, "partner_id,partner_id.country_id"),
            (1, "partner_id"),
        ]:
            params.update(fields=COLUMNS, expand=expand)
            with patch(f"{RECORDS}.texts.MAX_PUT", limit):
                response = self._get(self.path, params=params)
            self.assertError(response, 400, "expand: partner_id puts more than")
        with patch(f"{RECORDS}.texts.MAX_PUT", 4):
            params["expand"] = "line_ids,partner_id"  # two of each
            self.assertDone(self._get(self.path, params=params))

    def test_service_that_shows_more_is_asked(self):
        with patch.object(ItemService, "search", search_more, create=True):
            self.assertIs(self._page()["more"], True)

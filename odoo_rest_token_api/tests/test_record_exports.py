import csv
import gzip
import json

import requests

from odoo.sql_db import db_connect
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..records import exporting
from ..records.formats import JsonLines
from .record_common import RecordCase

NDJSON, CSV = "application/x-ndjson", "text/csv"
STREAMS = "odoo.addons.odoo_rest_token_api.records.streams"


@tagged("post_install", "-at_install")
class TestRecordExports(RecordCase):
    """All records that a search finds, by ``Accept: application/x-ndjson``."""

    def setUp(self):
        super().setUp()
        self.belgium = self.env.ref("base.be")
        self.ada = self._new_partner("Ada", city="Liège", country_id=self.belgium.id)
        self.bob = self._new_partner("Bob", phone="+32 81 1", is_company=True)
        self.cyd = self._new_partner("Cyd", email='c"y,d@x.org', parent_id=self.bob.id)
        self.fields = "name,city,email,phone,is_company,country_id,parent_id,write_date"

    def _export(self, accept=NDJSON, path=None, headers=(), **params):
        params.setdefault("ref", self.origin)
        headers = {"Accept": accept, **dict(headers)}
        return self._get(path or self.path, params=params, headers=headers)

    def _lines(self, **params):
        response = self._export(**params)
        self.assertEqual(response.status_code, 200, response.text)
        self.assertEqual(response.headers["Content-Type"], f"{NDJSON}; charset=utf-8")
        return [json.loads(line) for line in response.content.splitlines()]

    def _rows(self, **params):
        response = self._export(CSV, **params)
        self.assertEqual(response.status_code, 200, response.text)
        self.assertEqual(response.headers["Content-Type"], f"{CSV}; charset=utf-8")
        return list(csv.reader(response.content.decode().splitlines()))

    def test_lines_are_the_records_of_all_pages(self):
        self.patch(exporting, "BATCH", 2)
        for params in (
            {"fields": self.fields},  # that have a column each
            {"fields": self.fields + ",category_id,child_ids"},
            {},
            {"order": "name desc", "fields": "name"},
            {"name__ne": "Bob", "limit": 1},
            {"domain": '[["parent_id.name", "=", "Bob"]]'},
            {"fields": "name,parent_id.name,child_ids.phone"},
            {"expand": "parent_id"},
            {"ref": "nothing"},
        ):
            data = self._search(**{"ref": self.origin, **params})["data"]
            self.assertEqual(self._lines(**params), data, params)

    def test_table_has_a_header_and_what_spreadsheets_do_not_run(self):
        formula = self._new_partner("=1+1", city='@"x"', comment="a\nb")
        fields = "name,city,email,phone,is_company,country_id,category_id"
        header, ada, bob, cyd, other = self._rows(fields=fields)
        self.assertEqual(
            header,
            ["id", "name", "city", "email", "phone", "is_company"]
            + ["country_id", "country_id.name", "category_id"],
        )
        belgium = [str(self.belgium.id), "Belgium"]
        self.assertEqual(
            ada, [str(self.ada.id), "Ada", "Liège", "", "", "false", *belgium, ""]
        )
        self.assertEqual(bob[4:6], ["'+32 81 1", "true"])
        self.assertEqual(cyd[3], 'c"y,d@x.org')
        self.assertEqual(other[:3], [str(formula.id), "'=1+1", '\'@"x"'])
        columns = self._rows(fields="name,phone")
        self.assertEqual(columns[-1], [str(formula.id), "'=1+1", ""])
        self.assertRegex(self._export(CSV, fields="comment").content, rb'"[^"]*a\nb')

    def test_it_is_compressed_where_the_client_takes_it(self):
        headers = {"Accept-Encoding": "gzip"}
        response = self._export(headers=headers, fields="name")
        self.assertEqual(response.headers["Content-Encoding"], "gzip")
        self.assertEqual(len(response.content.splitlines()), 3)
        headers = {"Accept-Encoding": "identity"}
        response = self._export(headers=headers, fields="name")
        self.assertNotIn("Content-Encoding", response.headers)
        self.assertFalse(response.content.startswith(gzip.compress(b"")[:2]))

    def test_who_prefers_json_gets_pages(self):
        for accept in ("*/*", "application/json", f"{CSV};q=0.5, application/json", ""):
            response = self._export(accept)
            self.assertEqual(self.assertDone(response)["count"], 3)
        self.assertEqual(self._export(f"{CSV}, */*;q=0.1").status_code, 200)

    def test_path_of_exports_has_all_whatever_is_accepted(self):
        path = f"{self.path}/export"
        params = {"fields": "name", "name__ne": "Bob", "path": path}
        lines = self._lines(fields="name", name__ne="Bob")
        for accept in ("*/*", "application/json", NDJSON, ""):
            response = self._export(accept, **params)
            self.assertEqual(
                response.headers["Content-Type"], f"{NDJSON}; charset=utf-8"
            )
            self.assertEqual([json.loads(x) for x in response.text.splitlines()], lines)
        self.assertEqual(self._rows(**params)[0], ["id", "name"])
        for name in ("cursor", "offset", "total"):
            response = self._export(path=path, **{name: "1"})
            self.assertError(response, 400, f"{name}: unknown field")

    def test_what_is_asked_for_is_checked_before_it_begins(self):
        for params, reason in [
            ({"fields": "nothing"}, "fields: "),
            ({"nothing": "1"}, "nothing: "),
            ({"order": "nothing"}, "order: "),
            ({"order": "parent_id.name"}, "order: "),
            ({"cursor": "x"}, "cursor: is for pages"),
            ({"offset": "1"}, "offset: is for pages"),
            ({"total": "true"}, "total: is for pages"),
            ({"limit": "0"}, "limit: "),
        ]:
            self.assertError(self._export(**params), 400, reason)
        self.assertError(self._export(CSV, expand="parent_id"), 400, "expand: ")

    def test_rights_hold(self):
        self._hide(self.ada)
        self.assertEqual([line["name"] for line in self._lines()], ["Bob", "Cyd"])
        field = self.partners._fields["phone"]
        self.patch(field, "groups", "base.group_system")
        self.assertNotIn("phone", self._lines()[0])
        self.client = self._new_client(scope="auth:write")
        self.assertError(self._export(), 403)
        self.client = self._new_client()
        access = self.env["ir.model.access"].search(
            [("model_id.model", "=", "res.partner")]
        )
        access.write({"perm_read": False})
        self.assertError(self._export(), 403)

    def test_answer_that_fails_breaks_off(self):
        self.patch(exporting, "BATCH", 1)
        write = JsonLines.write_columns

        def fail(lines, fields, columns):
            if columns["id"][0] == self.cyd.id:
                raise ValueError("a secret")
            return write(lines, fields, columns) + " " * 70_000

        self.patch(JsonLines, "write_columns", fail)
        with mute_logger(STREAMS), self.assertRaises(requests.RequestException):
            self._export(fields="name", headers={"Accept-Encoding": "identity"})

    def test_answer_that_fails_at_once_is_an_error(self):
        self.patch(JsonLines, "write_columns", lambda *args: 1 / 0)
        with mute_logger("odoo.addons.odoo_rest_token_api.edge.guard"):
            self.assertError(self._export(fields="name"), 500, "failed to answer")

    def test_few_run_at_once(self):
        first = exporting.MAX_AT_ONCE + self.holder.id * exporting.MAX_OF_USER
        for slots in (range(first, first + 2), range(exporting.MAX_AT_ONCE)):
            with db_connect(self.env.cr.dbname).cursor() as cr:
                for slot in slots:
                    lock = (exporting.LOCK, slot)
                    cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", lock)
                response = self._export()
                self.assertError(response, 429, "Too many exports")
                self.assertEqual(response.headers["Retry-After"], "60")

    def _describe(self, path):
        return self.assertDocumented("GET", path)["responses"]["200"]["content"]

    def test_it_is_documented(self):
        content = self._describe(self.path)  # generators make unions of several
        self.assertEqual(set(content), {"application/json"})
        page = self._follow(content["application/json"]["schema"])
        content = self._describe(f"{self.path}/export")
        self.assertEqual(set(content), {NDJSON, CSV})
        record = page["properties"]["data"]["items"]
        self.assertEqual(content[NDJSON]["x-itemSchema"], record)

    def test_head_reads_nothing(self):
        response = self.client.request("HEAD", self.path, headers={"Accept": NDJSON})
        self.assertEqual((response.status_code, response.content), (200, b""))

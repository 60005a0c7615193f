from unittest.mock import patch

from odoo.tests.common import tagged

from ..records.fields import make_fields
from ..records.rights import get_readable
from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestStatements(RecordCase):
    """A request takes the SQL statements of Odoo's ORM, and few more."""

    fields = ["name", "email", "city", "country_id", "category_id", "write_date"]

    def setUp(self):
        super().setUp()
        for name in ("Ada", "Bob", "Cyd"):
            self.partners |= self._new_partner(name, city="Namur")
        self._flush()
        self.orm = self.env["res.partner"].with_user(self.holder)
        self._set_parameter("user_calls_per_minute", "0")

    def _count(self, call):
        """Count the statements of a call, once Odoo's caches are filled."""
        for _time in range(2):
            self._invalidate()
            statements = self._record_statements(call)
        return len(statements)

    def _count_request(self, path, **params):
        def request():
            self.assertDone(self._get(path, params=params))

        # the one before Odoo looks at a request, and the one that finds the token
        return self._count(request) - 2

    def test_one_record_is_read_as_the_orm_reads_it(self):
        partner = self.partners[0]
        names = [*self._read(partner)]
        count = self._count(lambda: self.orm.browse(partner.id).read(names))
        self.assertLessEqual(self._count_request(self._path_of(partner)), count)

    def test_page_is_read_as_the_orm_reads_it(self):
        domain = [("ref", "=", self.origin)]
        count = self._count(lambda: self.orm.search(domain).read(self.fields))
        fields = ",".join(self.fields)
        request = self._count_request(self.path, ref=self.origin, fields=fields)
        self.assertLessEqual(request, count)

    def test_resource_declares_fields_without_a_statement(self):
        service = self._count_request(self.path, fields="name")
        fields = self.env["res.partner"]._fields.values()
        texts = [field.name for field in fields if field.store and field.type == "char"]
        for path, names in [("few", ["name"]), ("many", texts)]:
            self._expose("res.partner", path, *names)
            count = self._count_request(f"/api/{path}", fields="name")
            # what is at the path, and what it allows
            self.assertLessEqual(count, service + 2)

    def test_fields_of_groups_are_found_without_a_statement(self):
        users = self.env["res.users"].with_user(self.holder)
        fields = make_fields(users, ["name", "signature"])
        with patch.object(users._fields["signature"], "groups", "base.group_user"):
            self.assertEqual(self._count(lambda: get_readable(users, fields)), 0)
        with patch.object(users._fields["signature"], "groups", "base.group_system"):
            self.assertEqual(list(get_readable(users, fields)), ["id", "name"])

    def test_me_is_read_by_one_statement_a_table(self):
        # user, partner, company, token, its last use
        self.assertLessEqual(self._count_request("/api/auth/me"), 5)

    def test_record_is_created_as_the_orm_creates_it(self):
        body = {"name": "Eve", "city": "Namur", "ref": self.origin}

        def create():
            self.orm.create(dict(body))
            self._flush()

        def request():
            headers = {"Prefer": "return=minimal"}
            self.assertDone(self._post(body, headers=headers), 201)

        # the one before Odoo looks at a request, and the ones that find token and user
        self.assertLessEqual(self._count(request) - 3, self._count(create))

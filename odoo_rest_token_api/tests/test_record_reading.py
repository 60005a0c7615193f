from unittest.mock import patch

from odoo.tests.common import tagged

from ..records.reading import find_names, read_records
from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestRecordReading(RecordCase):
    def assertReadAsByTheOrm(self, records, names):
        self._invalidate()
        found = read_records(records, names)
        self._invalidate()
        self.assertEqual(found, records.read(names))
        return found

    def test_links_are_named_as_the_orm_names_them(self):
        company = self._new_partner("Company", is_company=True)
        germany = self.env.ref("base.de")
        self._new_partner("Ada", parent_id=company.id, country_id=germany.id)
        self._new_partner("Bob", country_id=self.env.ref("base.fr").id)
        partners = self.partners.search([("ref", "=", self.origin)])
        names = ["parent_id", "country_id", "commercial_partner_id", "state_id"]
        found = self.assertReadAsByTheOrm(partners, ["name", *names])
        self.assertIn((germany.id, "Germany"), [row["country_id"] for row in found])
        self.assertReadAsByTheOrm(self.env["res.users"].search([]), ["partner_id"])

    def test_links_are_named_in_the_users_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        germany = self.env.ref("base.de")
        germany.with_context(lang="fr_FR").name = "Allemagne"
        partner = self._new_partner("Ada", country_id=germany.id)
        partner = partner.with_context(lang="fr_FR")
        (found,) = self.assertReadAsByTheOrm(partner, ["country_id"])
        self.assertEqual(found["country_id"], (germany.id, "Allemagne"))

    def test_links_are_named_whoever_may_read_them(self):
        company = self._new_partner("Company", is_company=True)
        partner = self._new_partner("Ada", parent_id=company.id)
        self._hide(company)
        partner = partner.with_user(self.holder)
        (found,) = self.assertReadAsByTheOrm(partner, ["parent_id"])
        self.assertEqual(found["parent_id"], (company.id, "Company"))

    def test_what_a_model_makes_of_names_is_kept(self):
        partner = self._new_partner("Ada", country_id=self.env.ref("base.de").id)
        partners = type(partner)
        read = partners.read

        def read_and_hide(records, fields=None, load="_classic_read"):
            rows = read(records, fields, load=load)
            for row in rows:
                row["country_id"] = (row["country_id"][0], "Somewhere")
            return rows

        with patch.object(partners, "read", read_and_hide):
            (found,) = self.assertReadAsByTheOrm(partner, ["country_id"])
        self.assertEqual(found["country_id"][1], "Somewhere")

    def test_what_is_missing_has_no_name(self):
        country = self.env.ref("base.de")
        missing = self.env["res.country"].create({"name": "Utopia", "code": "XU"})
        missing.unlink()
        self._flush()
        self._invalidate()
        self.assertEqual(
            find_names(missing + country), {country.id: (country.id, country.name)}
        )

    def test_ids_alone_are_read_without_other_fields(self):
        self._new_partner("Ada")
        partners = self.partners.search([("ref", "=", self.origin)])
        self._flush()
        self._invalidate()
        statements = self._record_statements(
            lambda: self.assertEqual(read_records(partners, []), [{"id": partners.id}])
        )
        self.assertNotIn("email", str(statements))

    def test_nothing_but_the_name_is_fetched(self):
        partner = self._new_partner("Ada", country_id=self.env.ref("base.de").id)
        self._flush()
        self._invalidate()
        statements = self._record_statements(
            lambda: read_records(partner, ["country_id"])
        )
        self.assertIn("res_country", str(statements))
        self.assertNotIn("address_format", str(statements))

    def test_currency_is_named_without_its_other_fields(self):
        rate = self.env["res.currency.rate"].search([("currency_id", "!=", False)])[:1]
        rate = rate or self.env["res.currency.rate"].create(
            {"currency_id": self.env.ref("base.EUR").id, "rate": 2}
        )
        self.assertReadAsByTheOrm(rate, ["currency_id"])
        self._invalidate()
        statements = self._record_statements(
            lambda: read_records(rate, ["currency_id"])
        )
        self.assertNotIn("rounding", str(statements))

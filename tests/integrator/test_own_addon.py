"""An integrator's addon: a service of its own, and more of the partners."""

from textwrap import dedent

import pytest
import requests

FILES = {
    "__manifest__.py": """
        {
            "name": "Library API",
            "version": "1.0.0",
            "license": "LGPL-3",
            "depends": ["odoo_rest_token_api"],
        }
        """,
    "__init__.py": "from . import components\n",
    "components.py": '''
        from odoo.addons.base_rest import restapi
        from odoo.addons.component.core import Component
        from odoo.addons.odoo_rest_token_api.restapi import CerberusValidator


        class CurrencyService(Component):
            """Currencies, and what amounts are in them."""

            _name = "currency.rest.service"
            _inherit = "rest.record.service"
            _usage = "currencies"
            _description = __doc__
            _model = "res.currency"
            _fields = ["name", "symbol", "rounding"]
            _operations = ("search", "get")

            @restapi.method(
                [("/round", "POST")],
                input_param=CerberusValidator(
                    {"amount": {"type": "float", "required": True}}
                ),
                output_param=CerberusValidator({"amount": {"type": "float"}}),
            )
            def round(self, amount):
                """Round an amount as the company's currency is"""
                return {"amount": self.env.company.currency_id.round(amount)}


        class PartnerService(Component):
            _inherit = "partner.rest.service"

            def _get_declared_fields(self):
                return {**super()._get_declared_fields(), "function": "write"}

            def _get_domain(self):
                return [*super()._get_domain(), ("ref", "!=", "SECRET")]

            def _to_json(self, records, names=None):
                result = super()._to_json(records, names)
                for record, values in zip(records, result):
                    values["initial"] = record.name[:1]
                return result

            def _record_schema(self):
                return {**super()._record_schema(), "initial": {"type": "string"}}

            @restapi.method(
                [("/<int:record_id>/archive", "POST")],
                output_param=CerberusValidator({"active": {"type": "boolean"}}),
            )
            def archive(self, record_id):
                """Archive a partner"""
                record = self._get_record(record_id)
                record.active = False
                return {"active": record.active}
        ''',
}


@pytest.fixture(scope="module")
def api(addons, serve):
    """A session with a token, on a server that has the addon."""
    folder = addons[0] / "library_api"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(dedent(text).lstrip())
    session = requests.Session()
    session.url = serve("library_api") + "/api"
    credentials = {"login": "admin", "password": "admin"}
    answer = session.post(f"{session.url}/auth/token", json=credentials).json()
    session.headers["access-token"] = answer["access_token"]
    return session


def test_own_resource_is_served(api):
    # Which one is active is not the same in all series.
    answer = api.get(f"{api.url}/currencies", params={"name__in": "USD,EUR"}).json()
    symbols = {"USD": "$", "EUR": "€"}
    for currency in answer["data"]:
        assert currency["symbol"] == symbols[currency["name"]]
    currency = answer["data"][0]["id"]
    assert api.delete(f"{api.url}/currencies/{currency}").status_code == 405


def test_own_method_is_served_and_validated(api):
    url = f"{api.url}/currencies/round"
    assert api.post(url, json={"amount": 1.239}).json() == {"amount": 1.24}
    refused = api.post(url, json={"amount": "much"})
    assert refused.status_code == 400
    assert "amount" in refused.json()["description"]


def test_partners_have_what_the_addon_adds(api):
    partner = api.post(
        f"{api.url}/partners", json={"name": "Ada", "function": "Analyst"}
    ).json()
    assert partner["function"] == "Analyst"
    assert partner["initial"] == "A"
    archived = api.post(f"{api.url}/partners/{partner['id']}/archive")
    assert archived.json() == {"active": False}


def test_partners_that_the_addon_hides_do_not_exist(api):
    refused = api.post(f"{api.url}/partners", json={"name": "X", "ref": "SECRET"})
    assert refused.status_code == 422
    partner = api.post(f"{api.url}/partners", json={"name": "X"}).json()
    url = f"{api.url}/partners/{partner['id']}"
    assert api.patch(url, json={"ref": "SECRET"}).status_code == 422
    assert api.get(url).json()["ref"] is None


def test_all_of_it_is_documented(api):
    document = requests.get(f"{api.url}/openapi.json", timeout=60).json()
    assert set(document["paths"]["/api/currencies"]) == {"get"}
    assert "post" in document["paths"]["/api/currencies/round"]
    assert "post" in document["paths"]["/api/partners/{record_id}/archive"]
    record = document["components"]["schemas"]["Partner"]
    assert {"function", "initial"} <= set(record["properties"])


def test_it_has_scopes(api):
    answer = api.post(
        f"{api.url}/auth/token",
        json={"login": "admin", "password": "admin", "scope": "currencies:read"},
    ).json()
    limited = {"access-token": answer["access_token"]}
    allowed = requests.get(f"{api.url}/currencies", headers=limited, timeout=60)
    assert allowed.status_code == 200
    url = f"{api.url}/currencies/round"
    refused = requests.post(url, headers=limited, json={}, timeout=60)
    assert refused.status_code == 403
    assert 'scope="currencies:write"' in refused.headers["WWW-Authenticate"]

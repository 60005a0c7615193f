# For tests alone: nobody reads about it.
# pylint: disable=missing-readme
{
    "name": "REST Token Test",
    "summary": "Fields of all types, served, for the tests of REST Token API",
    "version": "1.0.0",
    "category": "Hidden/Tests",
    "author": "REST Token contributors",
    "license": "LGPL-3",
    "depends": ["odoo_rest_token_api", "http_routing"],
    "data": ["security/ir.model.access.csv", "security/rest_test_security.xml"],
}

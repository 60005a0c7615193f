# For tests alone: nobody reads about it.
# pylint: disable=missing-readme
{
    "name": "REST Neighbours Services",
    "summary": "Services as their users have them, for tests",
    "version": "1.0.0",
    "category": "Hidden/Tests",
    "author": "REST Token contributors",
    "license": "LGPL-3",
    "depends": ["odoo_rest_token_api", "base_rest_datamodel", "base_rest_pydantic"],
}

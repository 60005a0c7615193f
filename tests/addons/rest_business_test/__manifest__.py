# For tests alone: nobody reads about it.
# pylint: disable=missing-readme
{
    "name": "REST Business Test",
    "summary": "Business documents with their lines, served, for tests",
    "version": "1.0.0",
    "category": "Hidden/Tests",
    "author": "REST Token contributors",
    "license": "LGPL-3",
    "depends": [
        "odoo_rest_token_api",
        "account",
        "hr_holidays",
        "sale_management",
        "stock",
    ],
}

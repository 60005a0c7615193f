# For tests alone: nobody reads about it.
# pylint: disable=missing-readme
{
    "name": "REST Neighbours Test",
    "summary": "The tests of OCA's addons on base_rest, once all addons are loaded",
    "version": "1.0.0",
    "category": "Hidden/Tests",
    "author": "REST Token contributors",
    "license": "LGPL-3",
    "depends": [
        "auth_api_key",
        "auth_jwt",
        "base_rest",
        "base_rest_auth_api_key",
        "base_rest_auth_jwt",
        "base_rest_auth_user_service",
        "base_rest_datamodel",
        "base_rest_demo",
        "base_rest_pydantic",
        "component",
        "component_event",
        "datamodel",
        "extendable",
        "fastapi",
        "pydantic",
        "rest_log",
        "shopinvader",
    ],
}

{
    "name": "REST Token API",
    "summary": "REST services protected by access tokens, with Swagger UI",
    "version": "1.1.0",
    "category": "Technical",
    "author": "REST Token contributors",
    "license": "LGPL-3",
    "depends": ["odoo_rest_token", "base_rest"],
    "post_load": "install",
    "external_dependencies": {"python": ["apispec", "cerberus"]},
    "data": [
        "security/ir.model.access.csv",
        "views/openapi_templates.xml",
        "views/res_users_views.xml",
        "views/rest_resource_views.xml",
        "wizards/rest_token_show_views.xml",
    ],
    "demo": ["demo/rest_resource_demo.xml", "demo/rest_token_demo.xml"],
}

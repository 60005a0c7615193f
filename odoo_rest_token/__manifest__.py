{
    "name": "REST Token",
    "summary": "Access tokens for HTTP APIs, issued and revoked on the user's form",
    "version": "1.2.0",
    "category": "Technical",
    "author": "REST Token contributors",
    "license": "LGPL-3",
    "depends": ["base_setup"],
    "data": [
        "security/rest_token_security.xml",
        "security/ir.model.access.csv",
        "views/rest_token_views.xml",
        "views/res_users_views.xml",
        "wizards/rest_token_issue_views.xml",
    ],
    "demo": ["demo/rest_token_demo.xml"],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}

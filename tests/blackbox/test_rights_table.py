"""Who may do what by RPC, by HTTP and in the views, as a table."""

from xml.etree import ElementTree

import pytest

from .clients import RpcError, assert_works

GROUPS = {
    "administrator": ("base.group_user", "base.group_system"),
    "manager": ("base.group_user", "base.group_erp_manager"),
    "internal": ("base.group_user",),
    "portal_member": ("base.group_portal", "odoo_rest_token.group_rest_token"),
    "portal": ("base.group_portal",),
}

RIGHTS = """
                      administrator  manager  internal  portal_member  portal
rpc_sees_own          yes            yes      yes       yes            -
rpc_sees_others       yes            yes      -         -              -
rpc_exports_others    yes            yes      -         -              -
rpc_issues            yes            yes      yes       yes            -
rpc_revokes_own       yes            yes      yes       yes            -
rpc_revokes_others    yes            yes      -         -              -
rpc_forges            -              -        -         -              -
rpc_changes_own       -              -        -         -              -
rpc_changes_others    -              -        -         -              -
rpc_deletes_own       -              -        -         -              -
rpc_reads_answers     -              -        -         -              -
rpc_sees_resources    yes            -        -         -              -
rpc_exposes_a_model   yes            -        -         -              -
http_issues           yes            yes      yes       yes            -
http_lists_own        yes            yes      yes       yes            -
http_lists_others     -              -        -         -              -
http_revokes_own      yes            yes      yes       yes            -
http_revokes_others   -              -        -         -              -
view_form_has_page    yes            yes      -         -              -
view_own_has_page     yes            yes      yes       yes            -
view_menu_of_tokens   yes            yes      -         -              -
view_list_has_owner   yes            yes      -         -              -
"""
ROWS = {line.split()[0]: line.split()[1:] for line in RIGHTS.strip().splitlines()[1:]}
LATER = "2099-01-01 00:00:00"


class Actor:
    """A user of one kind, and another user's token."""

    def __init__(self, kind, user, admin, rpc, client, others_token):
        self.kind = kind
        self.user = user
        self.admin = admin
        self.client = client
        self.rpc = rpc
        self.others_token = others_token
        self.other_id = client.token_id(others_token)
        self.token = None

    def issue(self):
        self.token = self.rpc.issue_in_dialog()
        return self.client.token_id(self.token)

    def rpc_sees_own(self):
        own_id = self.issue()
        return own_id in self.rpc("rest.token", "search", [])

    def rpc_sees_others(self):
        self.rpc("rest.token", "read", [self.other_id], ["name", "last_used_at"])
        return self.rpc("rest.token", "search", [("id", "=", self.other_id)])

    def rpc_exports_others(self):
        return self.rpc("rest.token", "export_data", [self.other_id], ["prefix"])

    def rpc_revokes_own(self):
        own_id = self.issue()
        self.rpc("rest.token", "action_revoke", [own_id])
        return self.client.me(self.token).status_code == 401

    def rpc_revokes_others(self):
        return self.rpc("rest.token", "action_revoke", [self.other_id])

    def rpc_forges(self):
        values = {"name": "x", "user_id": self.user.id, "expires_at": LATER}
        return self.rpc("rest.token", "create", values)

    def rpc_changes_own(self):
        return self.rpc("rest.token", "write", [self.issue()], {"expires_at": LATER})

    def rpc_changes_others(self):
        return self.rpc("rest.token", "write", [self.other_id], {"expires_at": LATER})

    def rpc_deletes_own(self):
        return self.rpc("rest.token", "unlink", [self.issue()])

    def rpc_reads_answers(self):
        return self.rpc("rest.idempotency.key", "search_read", [])

    def rpc_sees_resources(self):
        self.rpc("rest.resource", "search", [])
        return True

    def rpc_exposes_a_model(self):
        domain = [("model", "=", "res.currency")]
        (model_id,) = self.admin("ir.model", "search", domain)
        values = {"path": f"table-{self.user.id}", "model_id": model_id}
        resource = self.rpc("rest.resource", "create", values)
        return self.rpc("rest.resource", "unlink", [resource])

    def rpc_issues(self):
        return self.issue()

    def http_issues(self):
        return self.client.issue(self.user)

    def http_lists_own(self):
        own_id = self.issue()
        return own_id in self._listed()

    def http_lists_others(self):
        self.issue()
        return self.other_id in self._listed()

    def _listed(self):
        answer = self.client.get("/api/auth/tokens", self.token).json()
        return [token["id"] for token in answer["data"]]

    def http_revokes_own(self):
        own_id = self.issue()
        return self.client.delete(f"/api/auth/tokens/{own_id}", self.token).ok

    def http_revokes_others(self):
        self.issue()
        return self.client.delete(f"/api/auth/tokens/{self.other_id}", self.token).ok

    def view_form_has_page(self):
        return self._shows("rest_token_ids", "res.users", "base.view_users_form")

    def view_own_has_page(self):
        view = "base.view_users_form_simple_modif"
        return self._shows("rest_token_ids", "res.users", view)

    def view_menu_of_tokens(self):
        menu = self.admin.ref("odoo_rest_token.rest_token_menu")
        return menu in find_ids(self.rpc("ir.ui.menu", "load_menus", False))

    def view_list_has_owner(self):
        return self._shows("user_id", "rest.token")

    def _shows(self, field, model, xml_id=None):
        """Tell whether a view shows a field, which Odoo 14.0 hides where it may not."""

        def shows(node):
            if node.get("invisible") == "1":
                return False
            is_it = node.tag == "field" and node.get("name") == field
            return is_it or any(map(shows, node))

        return shows(ElementTree.fromstring(self._view(model, xml_id)))

    def _view(self, model, xml_id):
        view_id = self.admin.ref(xml_id) if xml_id else False
        kinds = ("form",) if xml_id else ("list", "tree")
        for method in ("get_view", "fields_view_get"):  # from Odoo 16.0, and before
            for kind in kinds:
                try:
                    return self.rpc(model, method, view_id, kind)["arch"]
                except RpcError:
                    continue
        raise AssertionError("there is no such view")


def find_ids(menus):
    """Return the ids of menus, which Odoo 14.0 has in a tree, and later ones by ids."""
    nodes = menus.get("children", menus.values())
    if isinstance(nodes, list):
        return [i for node in nodes for i in (node["id"], *find_ids(node))]
    return [node["id"] for node in nodes]


@pytest.fixture(scope="module", params=GROUPS)
def actor_user(request, create_user):
    return request.param, create_user(*GROUPS[request.param])


@pytest.fixture
def actor(actor_user, admin, backend, client, other_token):
    kind, user = actor_user
    yield Actor(kind, user, admin, backend(user), client, other_token)
    admin("res.users", "action_revoke_rest_tokens", [user.id])


@pytest.mark.parametrize("right", ROWS)
def test_right(actor, client, right):
    column = list(GROUPS).index(actor.kind)
    try:
        answer = bool(getattr(actor, right)())
    except (RpcError, AssertionError):
        answer = False
    assert answer == (ROWS[right][column] == "yes")
    if right != "rpc_revokes_others" or not answer:
        assert_works(client, actor.others_token)


def test_stranger_sees_nothing(client):
    for path in ("/api/auth/me", "/api/auth/tokens", "/api/partners"):
        assert client.get(path).status_code == 401
    for path in ("/api/auth/token", "/api/auth/tokens/1", "/api/partners/1"):
        assert client.delete(path).status_code == 401

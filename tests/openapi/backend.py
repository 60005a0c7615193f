"""Odoo's XML-RPC, as one user."""

from xmlrpc.client import ServerProxy


class Backend:
    def __init__(self, server):
        self.server = server
        common = ServerProxy(f"{server.url}/xmlrpc/2/common")
        self.uid = common.authenticate(server.db, server.login, server.password, {})
        assert self.uid, f"{server.login} can't log in"

    def __call__(self, model, method, *args, **options):
        server = self.server
        with ServerProxy(f"{server.url}/xmlrpc/2/object", allow_none=True) as models:
            return models.execute_kw(
                server.db, self.uid, server.password, model, method, args, options
            )

    def ref(self, xml_id):
        module, name = xml_id.split(".")
        domain = [("module", "=", module), ("name", "=", name)]
        return self("ir.model.data", "search_read", domain, ["res_id"])[0]["res_id"]

    def remove_records_of(self, uid, model):
        """Delete what a user has created, archived or not."""
        domain = [("create_uid", "=", uid)]
        if "active" in self(model, "fields_get", ["active"], ["type"]):
            domain.append(("active", "in", [True, False]))
        self(model, "unlink", self(model, "search", domain))

"""Odoo's RPC, as the administrator."""

from blackbox import clients


class Backend(clients.Backend):
    def __init__(self, server):
        super().__init__(server, server.login, server.password)

    def remove_records_of(self, uid, model):
        """Delete what a user has created, archived or not."""
        domain = [("create_uid", "=", uid)]
        if "active" in self(model, "fields_get", ["active"], ["type"]):
            domain.append(("active", "in", [True, False]))
        self(model, "unlink", self(model, "search", domain))

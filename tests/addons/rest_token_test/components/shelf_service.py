from odoo.addons.base_rest import restapi
from odoo.addons.component.core import Component


class ShelfService(Component):
    """A service of base_rest, as other addons have them, which tokens protect."""

    _name = "rest.test.shelf.service"
    _inherit = "base.rest.service"
    _collection = "rest.test.shelf.services"
    _usage = "books"
    _description = __doc__

    @restapi.method([("/<int:id>", "GET")])
    def get(self, _id):
        """Read a book"""
        return {"id": _id, "reader": self.env.user.login}

    @restapi.method([("/<int:id>/lend", "POST")], scope="books:lend")
    def lend(self, _id):
        """Lend a book"""
        return {"id": _id}

    @restapi.method([("/hours", "GET")], auth="public")
    def hours(self):
        """Say when it is open"""
        return {"open": "9-17"}

    @restapi.method([("/reader", "GET")], auth="public_or_default")
    def reader(self):
        """Say who asks."""
        return {"reader": self.env.user.login}

from odoo.addons.base_rest import restapi
from odoo.addons.component.core import Component


class BookService(Component):
    """As it was before there were tokens: some methods say nothing of routes."""

    _inherit = "base.rest.service"
    _name = "shelf.book.service"
    _usage = "books"
    _collection = "shelf.services"
    _description = "Books"

    def get(self, _id):
        """Read a book."""
        return {"id": _id, "reader": self.env.user.login}

    def search(self):
        """List books."""
        return {"count": 0}

    def create(self):
        """Buy a book."""
        return {"id": 1}

    def _validator_get(self):
        return {}

    def _validator_search(self):
        return {}

    def _validator_create(self):
        return {}

    @restapi.method([("/<int:id>/lend", "POST")], scope="books:lend")
    def lend(self, _id):
        """Lend a book."""
        return {"id": _id}

    @restapi.method([("/hours", "GET")], auth="public")
    def hours(self):
        """Say when one may come: to everybody."""
        return {"from": 9, "to": 17}

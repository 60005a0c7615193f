from odoo.addons.component.core import Component


class ReadOnlyItemService(Component):
    """Items, to look at."""

    _name = "rest.test.read.only.item.service"
    _inherit = "rest.test.item.service"
    _usage = "read-only-items"
    _description = __doc__
    _operations = ("search", "get")
    _order = "name desc"
    _default_limit = 2
    _max_limit = 3

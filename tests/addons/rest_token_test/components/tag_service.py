from odoo.addons.component.core import Component


class TagService(Component):
    """Tags: the ORM says which fields may be written and which are required."""

    _name = "rest.test.tag.service"
    _inherit = "rest.record.service"
    _usage = "tags"
    _description = __doc__
    _model = "rest.test.tag"
    _fields = ["name", "active", "create_date"]

from odoo.addons.odoo_rest_token_api import restapi


class LibraryTagService(restapi.Component):
    """Tags of another collection, that are called as those of ``/api/`` are."""

    _name = "rest.test.library.tag.service"
    _inherit = "rest.test.tag.service"
    _collection = "rest.test.library.services"
    _usage = "tags"
    _description = __doc__

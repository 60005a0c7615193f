from odoo import api, fields, models

from odoo.addons.odoo_rest_token import compat

from ..models.rest_resource_action import get_methods


class RestResourceButton(models.TransientModel):
    """What buttons of a model do, to choose from: made where it is looked for."""

    _name = "rest.resource.button"
    _description = "Button of a Model"
    _order = "name"

    model = fields.Char(required=True)
    method = fields.Char(required=True)
    title = fields.Char(required=True)
    name = fields.Char(compute="_compute_name", store=True)

    @api.depends("title", "method")
    def _compute_name(self):
        for button in self:
            button.name = f"{button.title} ({button.method})"

    @api.model
    def name_search(self, *args, **kwargs):
        self._list_buttons()
        return super().name_search(*args, **kwargs)

    @api.model
    def search_read(self, *args, **kwargs):
        self._list_buttons()
        return super().search_read(*args, **kwargs)

    @api.model
    def _list_buttons(self):
        model = self.env.get(self.env.context.get("rest_model") or "")
        if model is None or not compat.has_access(self.env["rest.resource"], "write"):
            return
        domain = [("model", "=", model._name), ("create_uid", "=", self.env.uid)]
        known = set(self.search(domain).mapped("method"))
        self.create(
            [
                {"model": model._name, "method": method, "title": title}
                for method, title in sorted(get_methods(model.sudo()).items())
                if method not in known
            ]
        )

from odoo import api, models


class IrModelFields(models.Model):
    """Fields are found by their technical names, too, where a resource has them."""

    _inherit = "ir.model.fields"

    @api.model
    def name_search(self, *args, **kwargs):
        name = args[0] if args else kwargs.get("name")
        if not (name and self.env.context.get("rest_technical_names")):
            return super().name_search(*args, **kwargs)
        domain = args[1] if len(args) > 1 else None
        domain = domain or kwargs.get("args") or kwargs.get("domain") or []
        limit = args[3] if len(args) > 3 else kwargs.get("limit", 100)
        named = ["|", ("name", "ilike", name), ("field_description", "ilike", name)]
        # What is called so exactly comes first, and whatever others there are.
        found = self.search([*domain, ("name", "=", name)], limit=limit)
        found |= self.search([*domain, *named], limit=limit)
        found = found.sorted(lambda field: (field.name != name, len(field.name)))
        found = found[:limit] if limit else found
        return [(each.id, f"{each.field_description} ({each.name})") for each in found]

import re

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ..dispatch.table import WORD


class RestResourceElement(models.AbstractModel):
    """What a resource is made of. What describes it is made anew where it changes."""

    _name = "rest.resource.element"
    _description = "Element of a REST Resource"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)

    @api.model_create_multi
    def create(self, vals_list):
        elements = super().create(vals_list)
        self.env["rest.resource"]._forget_descriptions()
        return elements

    def write(self, vals):
        result = super().write(vals)
        self.env["rest.resource"]._forget_descriptions()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["rest.resource"]._forget_descriptions()
        return result

    def _check_word(self, taken):
        """Check that the name can be the last part of a path, and that it is free.

        :param set taken: names that mean something else beside it
        :raise ValidationError: it can't be that
        """
        self.ensure_one()
        if not re.fullmatch(WORD, self.name):
            raise ValidationError(
                _(
                    "The name %s has to begin with a small letter, and to go on "
                    "with small letters, digits, - and _.",
                    self.name,
                )
            )
        table = getattr(self.pool, "rest_operations", None)
        words = table.get_resource_words() if table else set()
        if self.name in taken | words:
            raise ValidationError(
                _("The name %s means something else already.", self.name)
            )

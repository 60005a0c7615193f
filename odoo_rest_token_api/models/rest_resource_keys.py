import re

from lxml.builder import E

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ..records.keys import can_be_key

MODULE_RE = re.compile(r"[a-z][a-z0-9_]*")


class RestResource(models.Model):
    """Keys by which clients name records, in place of Odoo's ids."""

    _inherit = "rest.resource"

    external_module = fields.Char(
        string="Prefix of External IDs",
        help="Clients may name records by ids of their own, external_id, which Odoo "
        "keeps as its external identifiers. This is what they begin with: a name that "
        "no module has, such as shop.",
    )

    @api.constrains("external_module")
    def _check_external_module(self):
        for name in set(self.filtered("external_module").mapped("external_module")):
            if not MODULE_RE.fullmatch(name):
                raise ValidationError(
                    _(
                        "The prefix %s has to begin with a small letter, and to go on "
                        "with small letters, digits and _.",
                        name,
                    )
                )
            if self._is_module(name):
                raise ValidationError(_("There is a module that is called %s.", name))

    @api.model
    def _is_module(self, name):
        """Tell whether Odoo knows a module, whose external ids it takes for its own.

        :rtype: bool
        """
        modules = self.env["ir.module.module"].sudo()
        return bool(modules.search_count([("name", "=", name)]))

    def _find_external_module(self):
        """Return the prefix of external ids, unless a module has come by that name.

        :rtype: str or None
        """
        self.ensure_one()
        name = self.external_module
        is_module = name and self._keep_description(
            ("module", name), lambda: self._is_module(name)
        )
        return None if is_module else name or None

    def _get_keys(self):
        """Return the fields by which clients name records.

        :rtype: tuple of str
        """
        self.ensure_one()
        return tuple(line.field_id.name for line in self.field_ids if line.is_key)


class RestResourceField(models.Model):
    _inherit = "rest.resource.field"

    is_key = fields.Boolean(
        string="Key",
        help="Clients may name records by it: /api/<path>/by/<field>/<value>, and "
        "wherever they are linked.",
    )

    @api.constrains("is_key", "field_id")
    def _check_is_key(self):
        for line in self.filtered("is_key"):
            model = self.env.get(line.field_id.model)
            field = model is not None and model._fields.get(line.field_id.name)
            if not field or not can_be_key(field):
                raise ValidationError(
                    _(
                        "%s can't be a key: that is a text or an integer that is "
                        "stored, the same in all companies and languages.",
                        line.field_id.display_name,
                    )
                )

    @api.model
    def _build_list_view(self, root):
        view = super()._build_list_view(root)
        view.append(E.field(name="is_key", optional="show"))
        return view

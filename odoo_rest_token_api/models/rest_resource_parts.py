from lxml.builder import E

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.odoo_rest_token.principal import Scope

from ..limits import MIB
from ..records.access import READ, REQUIRED, WRITE, may_be_written
from ..records.fields import can_be_served

TO_MANY = ("one2many", "many2many")


class RestResource(models.Model):
    """What a resource has beside the fields of its records."""

    _inherit = "rest.resource"

    action_ids = fields.One2many(
        "rest.resource.action", "resource_id", string="Actions", copy=True
    )

    report_ids = fields.One2many(
        "rest.resource.report", "resource_id", string="Reports", copy=True
    )
    allow_files = fields.Boolean(
        string="Files",
        help="Binary fields are files: GET, PUT and DELETE /api/<path>/<id>/<field>, "
        "as far as they are read or written.",
    )
    fills_in = fields.Boolean(
        string="Filled In as Forms Do",
        help="What Odoo's form would fill in after the values of a client is filled in "
        "before a record is created. Otherwise it is where the client asks for it: "
        "Prefer: onchange.",
    )
    allow_attachments = fields.Boolean(
        string="Attachments",
        help="GET and POST /api/<path>/<id>/attachments, GET and DELETE of each.",
    )

    def _get_declared_fields(self):
        declared = super()._get_declared_fields()
        for line in self.field_ids.filtered("line_names"):
            declared[line.field_id.name] = line._parse_line_names()
        return declared

    def _get_line_access(self):
        """Return the access of the fields that have lines, by their names.

        :rtype: dict of str
        """
        self.ensure_one()
        lines = self.field_ids.filtered("line_names")
        return {line.field_id.name: line.access for line in lines}

    def _get_file_limits(self):
        """Return how long files may be that a client sends, by the names of fields.

        :return: in bytes; 0 for what the server takes
        :rtype: dict of int
        """
        self.ensure_one()
        return {line.field_id.name: int(line.max_size * MIB) for line in self.field_ids}

    def _get_scopes(self):
        scopes = super()._get_scopes()
        for action in self.mapped("action_ids"):
            audience = action.resource_id._get_scope_audience()
            scopes.add(Scope(action._get_scope_name(), audience))
        return scopes

    def _update_action_scopes(self):
        """Have those scopes that there are actions for, and no others."""
        for resource in self:
            audience = resource._get_scope_audience()
            domain = [("audience", "=", audience)]
            names = self.env["rest.token.scope"].sudo().search(domain).mapped("name")
            resource._ensure_scopes()
            wanted = {scope.name for scope in resource._get_scopes()}
            self.env["rest.token.scope"]._retire(set(names) - wanted, audience)
        self._forget_descriptions()


class RestResourceField(models.Model):
    _inherit = "rest.resource.field"

    line_names = fields.Char(
        string="Fields of Its Lines",
        help="Of a field that links many records, with commas: product_id, price_unit. "
        "Each is read, and written as the model allows; name:read, name:write and "
        "name:required say otherwise.",
    )

    max_size = fields.Float(
        string="MiB at Most",
        help="How long a file may be, where a binary field is one. Nothing stands for "
        "the limit of the server.",
    )

    @api.constrains("line_names", "field_id")
    def _check_line_names(self):
        for line in self.filtered("line_names"):
            if line.field_id.ttype not in TO_MANY:
                raise ValidationError(
                    _("%s links no lines.", line.field_id.display_name)
                )
            try:
                line._parse_line_names()
            except ValueError as error:
                raise ValidationError(
                    _(
                        "The fields of the lines of %(field)s can't be served: "
                        "%(error)s",
                        field=line.field_id.display_name,
                        error=error,
                    )
                ) from error

    def _parse_line_names(self):
        """Return the fields of the lines, as ``rest.record.service`` declares them.

        :rtype: dict
        :raise ValueError: there is no such field, or no such access
        """
        self.ensure_one()
        model = self.env[self.field_id.relation]
        declared = {}
        for item in self.line_names.split(","):
            name, _colon, access = (part.strip() for part in item.partition(":"))
            field = model._fields.get(name)
            if field is None or not can_be_served(field) or name == "id":
                raise ValueError(name)
            if access not in ("", READ, WRITE, REQUIRED):
                raise ValueError(access)
            if self.access == READ:
                access = READ
            declared[name] = access or _get_access(model, name)
        return declared

    @api.model
    def _build_list_view(self, root):
        view = super()._build_list_view(root)
        view.append(E.field(name="line_names", optional="show"))
        view.append(E.field(name="max_size", optional="hide"))
        return view


def _get_access(model, name):
    """Return what may be done with a field, which a client need not fill in itself."""
    return WRITE if may_be_written(model, name) else READ

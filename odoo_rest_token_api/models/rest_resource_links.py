from lxml.builder import E

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

LINKS = ("many2one", "one2many", "many2many")


class RestResource(models.Model):
    _inherit = "rest.resource"

    @api.depends("field_ids.target")
    def _compute_advice(self):
        return super()._compute_advice()

    def _get_targets(self):
        """Return the services that links lead to, where an administrator says so.

        :return: paths, by the names of fields
        :rtype: dict of str
        """
        self.ensure_one()
        lines = self.field_ids.filtered("target")
        return {line.field_id.name: line.target for line in lines}


class RestResourceField(models.Model):
    """Where the links of a resource lead."""

    _inherit = "rest.resource.field"

    target = fields.Char(
        string="Leads To",
        help="Path of the resource that has the linked records, where several have: "
        "expand shows them as it does.",
    )

    @api.constrains("target", "field_id")
    def _check_target(self):
        for line in self.filtered("target"):
            if line.field_id.ttype not in LINKS:
                raise ValidationError(
                    _("%s links no records.", line.field_id.display_name)
                )
            resources = self.env["rest.resource"]
            target = resources.with_context(active_test=False).search(
                [("path", "=", line.target)]
            )
            is_other = target and target.model_id.model != line.field_id.relation
            if is_other or not (target or resources._is_taken(line.target)):
                raise ValidationError(
                    _(
                        "There is no resource %(path)s of the records that %(field)s "
                        "links.",
                        path=line.target,
                        field=line.field_id.display_name,
                    )
                )

    def _get_advice(self):
        advices = [super()._get_advice(), self._get_advice_of_target()]
        return "\n".join(filter(None, advices)) or None

    def _get_advice_of_target(self):
        """Say that a link may lead to several resources, where it may.

        :rtype: str, or None
        """
        self.ensure_one()
        model, resource = self.field_id.relation, self.resource_id
        if self.target or not model or model == resource.model_id.model:
            return None
        domain = [("model_id.model", "=", model)]
        paths = self.env["rest.resource"].search(domain).mapped("path")
        if len(paths) < 2:
            return None
        return _(
            "%(field)s may lead to one of %(paths)s: say to which, or nobody can "
            "expand it.",
            field=self.field_id.name,
            paths=", ".join(paths),
        )

    @api.model
    def _build_list_view(self, root):
        view = super()._build_list_view(root)
        view.append(E.field(name="target", optional="hide"))
        return view

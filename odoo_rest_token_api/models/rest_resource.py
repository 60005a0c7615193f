import ast
import re
from functools import partial

from lxml.builder import E

from odoo import _, api, fields, models, tools
from odoo.exceptions import ValidationError

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.principal import Scope

from ..dispatch.table import WORD
from ..monitoring.deprecation import Deprecation
from ..records.access import READ, may_be_written
from ..records.health import find_problem

ROOT = "/api/"


@compat.add_constraints(
    path_unique=("UNIQUE (path)", "There is a resource of that path already."),
)
class RestResource(compat.FormViewMixin, compat.ListViewMixin, models.Model):
    """Model that an administrator exposes, without a line of code.

    It gives nobody a right that they don't have.
    """

    _name = "rest.resource"
    _inherit = "rest.deprecation.mixin"
    _description = "REST Resource"
    _order = "path"
    _rec_name = "path"

    path = fields.Char(
        required=True,
        help="Last part of the address, /api/<path>: small letters, digits, - and _.",
    )
    model_id = fields.Many2one(
        "ir.model",
        required=True,
        ondelete="cascade",
        domain=[("transient", "=", False)],
        help="Its records are served to those who have access to them in Odoo.",
    )
    model = fields.Char(related="model_id.model", string="Technical Name")
    description = fields.Char(help="Shown in Swagger UI.")
    active = fields.Boolean(default=True, help="Served, as long as this is on.")
    field_ids = fields.One2many(
        "rest.resource.field", "resource_id", string="Fields", copy=True
    )
    domain = fields.Char(
        string="Filter", default="[]", help="Records outside of it do not exist here."
    )
    allow_search = fields.Boolean(string="Search", default=True, help="GET /api/<path>")
    allow_get = fields.Boolean(
        string="Read One", default=True, help="GET /api/<path>/<id>"
    )
    allow_create = fields.Boolean(string="Create", help="POST /api/<path>")
    allow_update = fields.Boolean(string="Change", help="PATCH or PUT /api/<path>/<id>")
    allow_delete = fields.Boolean(string="Delete", help="DELETE /api/<path>/<id>")
    url = fields.Char(string="Address", compute="_compute_url")
    problem = fields.Text(
        compute="_compute_problem", help="Why it is not served, though it is active."
    )
    advice = fields.Text(
        compute="_compute_advice", help="What is served otherwise than Odoo's forms do."
    )

    @api.depends("path")
    def _compute_url(self):
        base_url = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "")
        for resource in self:
            resource.url = f"{base_url}/api/{resource.path or ''}"

    @api.depends("model_id", "field_ids.field_id", "field_ids.access", "domain")
    def _compute_problem(self):
        for resource in self:
            resource.problem = resource.model_id and resource._find_problem()

    def _find_problem(self):
        """Find out why this can't be served.

        :rtype: str, or None if it can be
        """
        self.ensure_one()
        try:
            domain = self._parse_domain()
        except ValueError as error:
            return _("The filter can't be used: %s", error)
        declaration = self._get_declared_fields()
        return find_problem(self.env, self.model, declaration, domain)

    @api.depends("field_ids.field_id", "field_ids.access")
    def _compute_advice(self):
        for resource in self:
            advices = [line._get_advice() for line in resource.field_ids]
            resource.advice = "\n".join(filter(None, advices))

    @api.onchange("model_id")
    def _onchange_model_id(self):
        """Fields and filter of another model are of no use."""
        if any(line.field_id.model_id != self.model_id for line in self.field_ids):
            self.field_ids = [(5, 0, 0)]
        if self.model_id != self._origin.model_id:
            self.domain = "[]"

    @api.constrains("path")
    def _check_path(self):
        for resource in self:
            if not re.fullmatch(WORD, resource.path):
                raise ValidationError(
                    _(
                        "The path %s has to begin with a small letter, and to go on "
                        "with small letters, digits, - and _.",
                        resource.path,
                    )
                )
            if self._is_taken(resource.path):
                raise ValidationError(
                    _("The path %s is taken by a service.", resource.path)
                )

    @api.model
    def _is_taken(self, path):
        """Tell whether a service has a path, as far as services are known by now.

        They are not while data files are loaded. A service goes before a resource.

        :rtype: bool
        """
        table = getattr(self.pool, "rest_operations", None)
        return table is not None and table.is_service(ROOT, path)

    @api.model
    def _find_served(self, path):
        """Find the resource that is served at a path, by one statement.

        :param str path: below the root of the API
        :return: the id, and what is said of it if it is deprecated; nothing if there is
            no such resource
        :rtype: (int, Deprecation), or None
        """
        self.env.cr.execute(
            """
            SELECT id, deprecated_on, sunset_on, deprecation_link
            FROM rest_resource WHERE path = %s AND active
            """,
            (path,),
        )
        row = self.env.cr.fetchone()
        if not row:
            return None
        resource_id, *terms = row
        return resource_id, Deprecation(*terms) if terms[0] else None

    @api.constrains("model_id")
    def _check_model(self):
        for resource in self:
            model = self.env.get(resource.model_id.model)
            is_served = model is not None and not (
                model._abstract or model._transient or compat.is_computed(model)
            )
            if not is_served:
                raise ValidationError(
                    _(
                        "The model %s has no records to serve.",
                        resource.model_id.display_name,
                    )
                )

    @api.constrains("domain", "model_id")
    def _check_domain(self):
        self._check_model()  # whichever Odoo checks first
        for resource in self:
            try:
                self.env[resource.model_id.model].search(
                    resource._parse_domain(), limit=1
                )
            except Exception as error:
                raise ValidationError(
                    _("The filter can't be used: %s", error)
                ) from error

    def _parse_domain(self):
        """Return the domain in which the records are that the resource serves.

        :rtype: list
        :raise ValueError: it is no domain of literals
        """
        self.ensure_one()
        try:
            domain = ast.literal_eval((self.domain or "[]").strip())
        except SyntaxError as error:
            raise ValueError(error.msg) from error
        if not isinstance(domain, list):
            raise ValueError("a domain is a list")
        return domain

    def _get_operations(self):
        """Return the operations of ``rest.record.service`` that are allowed.

        :rtype: set of str
        """
        self.ensure_one()
        operations = ("search", "get", "create", "update", "delete")
        return {name for name in operations if self[f"allow_{name}"]}

    def _get_declared_fields(self):
        """Return the fields, as ``rest.record.service`` declares them.

        :rtype: dict
        """
        self.ensure_one()
        return {line.field_id.name: line.access for line in self.field_ids}

    @api.model_create_multi
    def create(self, vals_list):
        resources = super().create(vals_list)
        resources._ensure_scopes()
        resources._forget_descriptions()
        return resources

    def write(self, vals):
        scopes = self._get_scopes()
        result = super().write(vals)
        if {"path", "model_id"}.intersection(vals):
            self._ensure_scopes()
            self._retire_scopes(scopes - self._get_scopes())
        self._forget_descriptions()
        return result

    def unlink(self):
        scopes = self._get_scopes()
        result = super().unlink()
        self._retire_scopes(scopes)
        self._forget_descriptions()
        return result

    @api.model
    def _keep_description(self, key, make):
        """Return what describes services, as it was made since anything changed.

        It takes many times longer to make than any other request without a token. It
        is made anew where Odoo's caches are cleared, as they are, for all workers,
        when addons, languages, fields, parameters or views change.

        :param key: what is described, for whom
        :param make: function that makes it
        :return: whatever that function does
        """
        return self._keep(key, self._get_state_of_views(), make)

    @api.model
    @tools.ormcache("key", "state")
    def _keep(self, key, state, make):
        return make()

    @api.model
    @tools.ormcache(**compat.CACHE_OF_VIEWS)
    def _get_state_of_views(self):
        """Return what is another object once a view has changed."""
        return object()

    def _keep_declaration(self, name, make):
        """Return what the resource declares, as it was read since that changed.

        It is asked for by each request, and takes longer the more fields there are.

        :param str name: of what is declared
        :param make: function that reads it of records
        :return: whatever that function does, which is not to be changed
        """
        self.ensure_one()
        if not isinstance(self.id, int):  # it is not saved
            return make()
        return self._keep_description((name, self.id), make)

    @api.model
    def _forget_descriptions(self):
        """Have what describes resources made anew, by all workers."""
        clear = partial(compat.clear_caches, self.env.registry)
        clear()
        # Until the commit, others make it of what was there before.
        self.env.cr.postcommit.add(clear)

    def _get_scope_audience(self):
        """Return what the scopes of a resource are made for: itself, over its model.

        :rtype: str, one word
        """
        self.ensure_one()
        return f"{self._name},{self.id},{self.model}"

    def _get_scopes(self):
        """Return the scopes that tokens can be limited to for these resources.

        :rtype: set of Scope
        """
        return {
            Scope(f"{resource.path}:{access}", resource._get_scope_audience())
            for resource in self
            for access in ("read", "write")
        }

    def _ensure_scopes(self):
        for scope in self._get_scopes():
            self.env["rest.token.scope"]._ensure([scope.name], scope.audience)

    @api.model
    def _retire_scopes(self, scopes):
        for scope in scopes:
            self.env["rest.token.scope"]._retire([scope.name], scope.audience)

    def _get_field_conditions(self):
        # From 16.0, forms leave room for texts that are empty.
        return {name: compat.show_where(name) for name in ("problem", "advice")}

    @api.model
    def _build_list_view(self, root):
        names = ("path", "model_id", "description")
        names += ("allow_search", "allow_get", "allow_create", "allow_update")
        names += ("allow_delete",)
        return root(
            *(E.field(name=name) for name in names),
            compat.make_hidden_column("active"),
            {"decoration-muted": "not active"},
            string=self._description,
        )

    def action_open_docs(self):
        """Open Swagger UI at this resource."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/api-docs?urls.primaryName=api: {self.path}",
            "target": "new",
        }


@compat.add_constraints(
    field_unique=("UNIQUE (resource_id, field_id)", "A resource has a field once."),
)
class RestResourceField(compat.ListViewMixin, models.Model):
    _name = "rest.resource.field"
    _inherit = "rest.resource.element"
    _description = "Field of a REST Resource"
    _rec_name = "field_id"

    resource_id = fields.Many2one("rest.resource", required=True, ondelete="cascade")
    model_id = fields.Many2one(related="resource_id.model_id")
    field_id = fields.Many2one(
        "ir.model.fields",
        required=True,
        ondelete="cascade",
        domain="[('model_id', '=', model_id), ('name', '!=', 'id')]",
    )
    # Not related: Odoo would look for them as the fields of this model go, with it.
    name = fields.Char(compute="_compute_name", string="Key in JSON")
    ttype = fields.Char(compute="_compute_name", string="Type")
    access = fields.Selection(
        [
            ("read", "Read"),
            ("write", "Read and write"),
            ("required", "Read and write, required"),
        ],
        required=True,
        default="read",
    )

    @api.depends("field_id")
    def _compute_name(self):
        for line in self:
            line.name = line.field_id.name
            line.ttype = line.field_id.ttype

    def _get_advice(self):
        """Say what is to be said against writing the field, if anything is.

        :rtype: str, or None
        """
        self.ensure_one()
        model = self.env.get(self.field_id.model)
        name = self.field_id.name
        if self.access == READ or model is None or name not in model._fields:
            return None
        if may_be_written(model, name):
            return None
        return _(
            "%s: no form of Odoo lets people write it. It follows from what is done "
            "with the record, and Odoo does more then than to write it: offer the "
            "action that people take, and let this be read only.",
            name,
        )

    @api.onchange("field_id", "access")
    def _onchange_access(self):
        """Say why a field is better read only to whoever lets it be written."""
        advice = self._get_advice()
        if not advice:
            return {}
        return {"warning": {"title": _("A rule of the business"), "message": advice}}

    @api.constrains("field_id", "resource_id", "access")
    def _check_servable(self):
        for line in self:
            name = line.field_id.name
            problem = find_problem(self.env, line.field_id.model, {name: line.access})
            if problem:
                raise ValidationError(problem)

    @api.constrains("field_id", "resource_id")
    def _check_field(self):
        for line in self:
            if line.field_id.model_id != line.resource_id.model_id:
                raise ValidationError(
                    _(
                        "%s is no field of the model of the resource.",
                        line.field_id.display_name,
                    )
                )

    @api.model
    def _build_list_view(self, root):
        return root(
            E.field(name="sequence", widget="handle"),
            compat.make_hidden_column("model_id"),
            E.field(
                name="field_id",
                context="{'rest_technical_names': True}",
                options="{'no_create': True, 'no_open': True}",
            ),
            E.field(name="name"),
            E.field(name="ttype"),
            E.field(name="access"),
            editable="bottom",
            string=self._description,
        )

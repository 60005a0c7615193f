from odoo import _, api, fields, models
from odoo.http import request


class RestTokenScope(models.Model):
    """Scopes of services and of resources are said in words by what these are about."""

    _inherit = "rest.token.scope"

    def _get_words(self):
        usage, _colon, purpose = self.name.rpartition(":")
        title = self._find_title(usage)
        if not title:
            return super()._get_words()
        if purpose == "read":
            return _("Read: %s", title)
        if purpose == "write":
            return _("Create, change and delete: %s", title)
        return f"{title}: {self._find_action(purpose) or purpose}"

    # Of all scopes that are read together, by one statement
    resource_id = fields.Many2one(
        "rest.resource",
        compute="_compute_resource_id",
        compute_sudo=True,
        groups="base.group_erp_manager",
    )

    @api.depends("audience")
    def _compute_resource_id(self):
        ids = {}
        for scope in self:
            model, _comma, rest = scope.audience.partition(",")
            resource_id = rest.partition(",")[0]
            if model == "rest.resource" and resource_id.isdigit():
                ids[scope] = int(resource_id)
        resources = self.env["rest.resource"].browse(set(ids.values())).exists()
        for scope in self:
            found = resources.browse(ids.get(scope, [])) & resources
            scope.resource_id = found

    def _find_title(self, usage):
        """Say what a service is about.

        :param str usage: of the service, or the path of the resource
        :rtype: str, or None where there is none, or no request
        """
        resource = self.sudo().resource_id
        if resource:
            return resource.model_id.name
        table = self.env.registry.rest_operations
        for root, controller_class in table.roots.items():
            operations = table.get_operations(root, usage)
            if request and controller_class._collection_name == self.audience:
                for operation in operations[:1]:
                    with operation.open_service() as service:
                        return service._get_title()
        return None

    def _find_action(self, name):
        """Say what an action of a resource does.

        :param str name: of the action
        :rtype: str, or None where there is none
        """
        actions = self.sudo().resource_id.action_ids
        action = actions.filtered(lambda each: each.name == name)[:1]
        return action.description or action.name

from odoo import models

from ..dispatch.operations import OUTERMOST


class ComponentBuilder(models.AbstractModel):
    """What is about other addons goes over their components.

    An addon that does not depend on another is loaded before or after it, by its name.
    """

    _inherit = "component.builder"

    def build_registry(self, components_registry, states=None, exclude_addons=None):
        result = super().build_registry(components_registry, states, exclude_addons)
        if "base.rest.service" in components_registry:
            self.load_components(OUTERMOST, components_registry)
        return result

from odoo import _
from odoo.http import Response

from odoo.addons.odoo_rest_token.exceptions import JsonError, not_allowed

from .. import restapi
from ..monitoring.metrics import TYPES, expose, is_available
from ..records.params import Param


class MetricsAnswer(Param):
    """Metrics, in the format of Prometheus."""

    def to_openapi_responses(self, service, spec):
        content = {name: {"schema": {"type": "string"}} for name in TYPES}
        return {"200": {"description": "The metrics", "content": content}}


class MetricsService(restapi.Component):
    """What is called, and how long it takes, for Prometheus."""

    _name = "metrics.rest.service"
    _inherit = "base.rest.service"
    _collection = "rest.token.services"
    _usage = "metrics"
    _description = __doc__

    @restapi.method([("/", "GET")], output_param=MetricsAnswer())
    def scrape(self):
        """Read how many calls there were of each operation, and how long they took"""
        if not self.env.user.has_group("odoo_rest_token_api.group_rest_metrics"):
            raise not_allowed(_("This user may not read metrics."))
        if not is_available():
            reason = _("The Python package prometheus_client is not installed.")
            raise JsonError(reason, code=503)
        totals = self.env["rest.usage"].sudo()._get_totals()
        accept = self.request.httprequest.headers.get("Accept", "")
        text, content_type = expose(totals, accept)
        return Response(text, content_type=content_type)

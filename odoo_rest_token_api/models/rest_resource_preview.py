import json
import logging

from odoo import _, api, fields, models
from odoo.exceptions import AccessError
from odoo.http import request

from ..dispatch.operations import get_resource_service

MAX_PREVIEW = 10_000  # characters

_logger = logging.getLogger(__name__)


class RestResource(models.Model):
    """A record as clients read it, beside the fields that an administrator chooses."""

    _inherit = "rest.resource"

    preview = fields.Text(
        compute="_compute_preview",
        help="The first record in JSON, with the rights of who looks at it here.",
    )

    @api.depends(
        "model_id",
        "domain",
        "field_ids.field_id",
        "field_ids.access",
        "field_ids.line_names",
    )
    def _compute_preview(self):
        for resource in self:
            is_shown = bool(request) and resource.model_id and not resource.problem
            resource.preview = resource._make_preview() if is_shown else False

    def _make_preview(self):
        """Return the JSON of the first record, or say why there is none.

        :rtype: str
        """
        try:
            with self.env.cr.savepoint(flush=False):
                data = self._read_first()
        except AccessError:
            return _("You may not read these records.")
        except Exception:  # the form is there to mend it
            _logger.info("No preview of %r", self.path, exc_info=True)
            return _("The first record can't be read: the log of the server says why.")
        if data is None:
            return _("There is no such record yet.")
        text = json.dumps(data, indent=4, ensure_ascii=False)
        return text if len(text) <= MAX_PREVIEW else f"{text[:MAX_PREVIEW]}\n…"

    def _read_first(self):
        service = get_resource_service(self.sudo())
        model = service._get_model()
        first = model.search(service._get_domain(), limit=1, order="id")
        return service._to_json(first)[0] if first else None

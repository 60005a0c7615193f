from werkzeug.exceptions import NotFound

from odoo import _

from .. import restapi
from ..records.fields import make_fields
from ..records.file_params import AttachmentAnswer, FileAnswer, FileParam
from ..records.files import read_attachment
from ..records.pages import Order, find_page
from ..records.params import CURSOR_OPTION, LIMIT_OPTION, EmptyAnswer, QueryParam
from ..records.writing import refusals

ORDER = "id desc"  # as beside the record, in Odoo
NAMES = {
    "list_attachments",
    "add_attachment",
    "get_attachment",
    "delete_attachment",
}


class RecordService(restapi.AbstractComponent):
    """Attachments of records, where a service says so: ``_attachments = True``.

    Who may read a record may read what is attached to it, as in Odoo.
    """

    _inherit = "rest.record.service"

    _attachments = False

    @restapi.method(
        [("/<int:record_id>/attachments", "GET")],
        input_param=QueryParam({"limit": LIMIT_OPTION, "cursor": CURSOR_OPTION}),
        output_param=AttachmentAnswer(many=True),
    )
    def list_attachments(self, record_id, params):
        """List what is attached, the newest first"""
        record = self._get_record(record_id)
        attachments = self.env["ir.attachment"]
        order = Order(ORDER, make_fields(attachments, {}))
        page, next_cursor = find_page(
            attachments,
            self._get_attachment_domain(record),
            order,
            self._parse_limit(params),
            cursor=params["cursor"],
        )
        data = [self._describe_attachment(each) for each in page]
        answer = {"count": len(data), "data": data, "next_cursor": next_cursor}
        return self._respond(answer)

    @restapi.method(
        [("/<int:record_id>/attachments", "POST")],
        input_param=FileParam(),
        output_param=AttachmentAnswer(),
        errors=(409, 422),
        body="file",
    )
    def add_attachment(self, record_id, params):
        """Attach a file

        The file itself will do as the body, too.
        """
        file = params["file"]
        record = self._get_record(record_id)
        attachments = self.env["ir.attachment"]
        with refusals(attachments, {}):
            attachment = attachments.create(
                {
                    "name": file.name or "file",
                    "raw": file.content,
                    "res_model": record._name,
                    "res_id": record.id,
                }
            )
        path = self.request.httprequest.path.rstrip("/")
        headers = {"Location": f"{path}/{attachment.id}"}
        return self._respond(self._describe_attachment(attachment), 201, headers)

    @restapi.method(
        [("/<int:record_id>/attachments/<int:attachment_id>", "GET")],
        input_param=QueryParam({}),
        output_param=FileAnswer(),
        headers=("If-None-Match",),
    )
    def get_attachment(self, record_id, attachment_id, params):
        """Download what is attached"""
        attachment = self._get_attachment(record_id, attachment_id)
        return read_attachment(attachment).respond(self.request.httprequest.environ)

    @restapi.method(
        [("/<int:record_id>/attachments/<int:attachment_id>", "DELETE")],
        output_param=EmptyAnswer(),
        errors=(409, 422),
    )
    def delete_attachment(self, record_id, attachment_id):
        """Delete what is attached"""
        attachment = self._get_attachment(record_id, attachment_id)
        with refusals(attachment, {}):
            attachment.unlink()
        return self._respond(None, 204)

    # ------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------

    def _has_attachments(self):
        """Tell whether attachments are served: ``_attachments``, if not told otherwise.

        :rtype: bool
        """
        return self._attachments

    def _is_served(self, name):
        if name in NAMES and not self._has_attachments():
            return False
        return super()._is_served(name)

    def _get_attachment_domain(self, record):
        """Return where what is attached to a record is, and is no value of its fields.

        :rtype: list
        """
        return [
            ("res_model", "=", record._name),
            ("res_id", "=", record.id),
            ("res_field", "=", False),
            ("type", "=", "binary"),
        ]

    def _get_attachment(self, record_id, attachment_id):
        domain = self._get_attachment_domain(self._get_record(record_id))
        domain.append(("id", "=", attachment_id))
        attachment = self.env["ir.attachment"].search(domain)
        if not attachment:
            raise NotFound(_("There is no such attachment."))
        return attachment

    def _describe_attachment(self, attachment):
        return {
            "id": attachment.id,
            "name": attachment.name,
            "mimetype": attachment.mimetype or "application/octet-stream",
            "size": attachment.file_size or 0,
            "create_date": restapi.to_iso_datetime(attachment.create_date),
        }

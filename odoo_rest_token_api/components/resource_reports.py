from odoo import _
from odoo.exceptions import AccessError

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import JsonError

from .. import restapi
from ..records.file_params import FileAnswer
from ..records.files import File
from ..records.params import QueryParam
from ..records.writing import refusals
from ..wire import MAX_ID, to_integer

IDS_OPTION = {
    "type": "string",
    "description": "Ids of the records, with commas between them.",
    "examples": ["1,2"],
}
PDF, HTML, TEXT = "application/pdf", "text/html", "text/plain"
TYPES = {"qweb-pdf": PDF, "qweb-html": HTML, "qweb-text": TEXT}
NO_PDF = ("install", "broken")  # what Odoo finds of wkhtmltopdf


class ResourceService(restapi.Component):
    """Reports of records: papers, as Odoo prints them."""

    _inherit = "rest.resource.service"

    @restapi.method(
        [("/<rest_part:part>", "GET")],
        input_param=QueryParam({"ids": IDS_OPTION}),
        output_param=FileAnswer(PDF, HTML),
        errors=(422,),
        part="report_of_many",
    )
    def print_many(self, part, params):
        """Print many records, as one file"""
        if not params["ids"]:
            raise restapi.InvalidParameter("ids", "is missing")
        try:
            ids = [to_integer(text.strip()) for text in params["ids"].split(",")]
        except ValueError as error:
            raise restapi.InvalidParameter("ids", str(error)) from error
        if not all(0 < record_id <= MAX_ID for record_id in ids):
            raise restapi.InvalidParameter("ids", "are out of range")
        records = self._get_many(list(dict.fromkeys(ids)))
        return self._print(self._find_report(part), records)

    # ------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------

    def _get_parts(self, kind):
        parts = super()._get_parts(kind)
        if kind in ("content", "report_of_many"):
            for line in self.resource.report_ids:
                parts[line.name] = self._declare_report(line, kind)
        return parts

    def _declare_report(self, line, kind):
        name = line.name.replace("-", "_")
        many = kind == "report_of_many"
        title = f"Print {line.report_id.name}"
        declared = {
            "text": f"{title}, of many in one file" if many else title,
            "operation_id": f"print_{name}_of_many" if many else f"print_{name}",
            "output_param": FileAnswer(*_get_types(line.report_id)),
            "errors": (422,),
        }
        return declared if many else {**declared, "input_param": QueryParam({})}

    def _find_report(self, name):
        lines = self.resource.report_ids
        return lines.filtered(lambda line: line.name == name).report_id

    def _get_content(self, record_id, name, params):
        report = self._find_report(name)
        if not report:
            return super()._get_content(record_id, name, params)
        return self._print(report, self._get_many([record_id]))

    def _print(self, report, records):
        """Answer with a report.

        :param report: record of ``ir.actions.report``, in superuser mode
        :param records: that the current user can see
        :rtype: odoo.http.Response
        :raise JsonError: 503, as there is no wkhtmltopdf
        """
        if not compat.is_for_user(report, self.env.user):
            raise AccessError(_("This report is not for you."))
        httprequest = self.request.httprequest
        mimetype = httprequest.accept_mimetypes.best_match(
            _get_types(report), default=_get_types(report)[0]
        )
        own = self.env["ir.actions.report"].browse(report.id)
        if mimetype == PDF and own.get_wkhtmltopdf_state() in NO_PDF:
            raise JsonError(
                _("There is no wkhtmltopdf on this server, which makes PDF."), code=503
            )
        kinds = {PDF: "qweb_pdf", HTML: "qweb_html", TEXT: "qweb_text"}
        with refusals(records, self._get_fields()):
            content = compat.render_report(own, kinds[mimetype], records.ids)
        if isinstance(content, str):
            content = content.encode()
        if mimetype == PDF and not content.startswith(b"%PDF"):
            mimetype = HTML  # as Odoo's tests have it
        extension = {PDF: "pdf", HTML: "html", TEXT: "txt"}[mimetype]
        name = records.display_name if len(records) == 1 else report.name
        name = f"{name.replace('/', '-')}.{extension}"
        content_type = mimetype if mimetype == PDF else f"{mimetype}; charset=utf-8"
        return File(name, content_type, content).respond(httprequest.environ)


def _get_types(report):
    """Return what a report may be, the first one if a client asks for none."""
    own = TYPES.get(report.report_type, PDF)
    return [own, HTML] if own == PDF else [own]

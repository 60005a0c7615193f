from werkzeug.http import parse_accept_header

from odoo.http import Response

from .. import restapi
from ..errors import InvalidParameter
from ..records.exporting import Export
from ..records.formats import FORMATS, JsonLines
from ..records.params import JSON
from ..records.stream_params import ExportAnswer, ExportParam
from ..records.streams import Stream
from ..wire import MAX_ID, to_integer

OF_PAGES = ("cursor", "offset", "total")


class RecordService(restapi.AbstractComponent):
    """A search that is answered by all it finds, as the header ``Accept`` asks."""

    _inherit = "rest.record.service"

    @restapi.method(
        [("/export", "GET")], input_param=ExportParam(), output_param=ExportAnswer()
    )
    def export(self, params):
        """Read all that match

        As lines of JSON, or as a table, whichever the header `Accept` prefers. A search
        answers so, too, where that header asks for it.
        """
        return self._export(params, self._choose_format() or JsonLines)

    # ------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------

    def _choose_format(self):
        """Return the format of an export, if the client asks for one before JSON.

        :return: of :mod:`..records.formats`, or None
        """
        formats = {each.mimetype: each for each in FORMATS}
        accepted = self.request.httprequest.accept_mimetypes
        return formats.get(accepted.best_match([JSON, *formats], default=JSON))

    def _export(self, params, export_format):
        """Answer with all records that a search finds.

        :param dict params: of the search
        :param export_format: class of :mod:`..records.formats`
        :rtype: odoo.http.Response
        """
        for name in OF_PAGES:
            if params.get(name) is not None:
                raise InvalidParameter(name, "is for pages, and an export has none")
        limit = None
        if params["limit"] is not None:
            limit = self._parse(to_integer, params, "limit")
            if not 1 <= limit <= MAX_ID:
                raise InvalidParameter("limit", "is out of range")
        tree, domain = self._parse_tree(params), self._parse_domain(params)
        try:
            export_format().check(tree)
        except ValueError as error:
            raise InvalidParameter("expand", str(error)) from error
        order = params["order"] or self._order
        self._check_order(order)
        export = Export(self, domain, order, limit, tree, export_format())
        httprequest = self.request.httprequest
        encodings = httprequest.headers.get("Accept-Encoding", "")
        is_compressed = parse_accept_header(encodings)["gzip"] > 0
        response = Response(
            Stream(export, httprequest.environ, is_compressed),
            content_type=f"{export_format.mimetype}; charset=utf-8",
            direct_passthrough=True,
        )
        response.headers["Vary"] = "Accept, Accept-Encoding"
        if is_compressed:
            response.headers["Content-Encoding"] = "gzip"
        return response

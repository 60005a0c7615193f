import base64

from werkzeug.exceptions import NotFound

from odoo import _

from odoo.addons.odoo_rest_token.exceptions import JsonError

from .. import restapi
from ..records.file_params import SIZE_OPTION, FileAnswer, FileParam
from ..records.files import MAX_SIZE, read_field
from ..records.params import EmptyAnswer, QueryParam
from ..records.writing import refusals
from ..wire import to_integer

FORM_OVERHEAD = 8 * 1024  # of what a form has beside its file


class RecordService(restapi.AbstractComponent):
    """Binary fields as files, where a service says so: ``_files = True``."""

    _inherit = "rest.record.service"

    _files = False

    @restapi.method(
        [("/<int:record_id>/<rest_part:part>", "GET")],
        input_param=QueryParam({"size": SIZE_OPTION}),
        output_param=FileAnswer(),
        headers=("If-None-Match",),
        part="content",
    )
    def get_content(self, record_id, part, params):
        """Download a file"""
        return self._get_content(record_id, part, params)

    @restapi.method(
        [("/<int:record_id>/<rest_part:part>", "PUT")],
        input_param=FileParam(),
        output_param=EmptyAnswer(),
        errors=(409, 422),
        part="upload",
        body="file",
    )
    def put_content(self, record_id, part, params):
        """Upload a file, in place of the one that is there"""
        file = params["file"]
        limit = self._get_file_limit(part)
        if limit and len(file.content) > limit:
            raise JsonError(_("The file has more than %s bytes.", limit), code=413)
        self._write_file(record_id, part, base64.b64encode(file.content))
        return self._respond(None, 204)

    @restapi.method(
        [("/<int:record_id>/<rest_part:part>", "DELETE")],
        output_param=EmptyAnswer(),
        errors=(409, 422),
        part="upload",
    )
    def delete_content(self, record_id, part):
        """Delete a file"""
        self._write_file(record_id, part, False)
        return self._respond(None, 204)

    # ------------------------------------------------------------
    # To override, one behaviour at a time
    # ------------------------------------------------------------

    def _has_files(self):
        """Tell whether binary fields are files: ``_files``, if not told otherwise.

        :rtype: bool
        """
        return self._files

    def _get_file_limit(self, name):
        """Return how long a file may be.

        :param str name: of the field
        :return: in bytes; nothing where the limit of all bodies counts
        :rtype: int
        """
        return 0

    # ------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------

    def _get_parts(self, kind):
        parts = super()._get_parts(kind)
        if kind in ("content", "upload") and self._has_files():
            for name in self._get_file_names():
                parts[name] = self._declare_file(name, kind)
        return parts

    def _get_file_names(self):
        fields = self._get_model()._fields
        return [
            name
            for name in self._get_declared_fields()
            if name in fields and fields[name].type == "binary"
        ]

    def _declare_file(self, name, kind):
        title = name.replace("_", " ")
        limit = self._get_file_limit(name)
        if kind == "content":
            return {"text": f"Download {title}", "operation_id": f"get_{name}"}
        return {
            "text": f"Replace or remove {title}",
            "operation_id": f"put_{name}",
            "max_size": limit and limit + FORM_OVERHEAD,
        }

    def _bind(self, operation, name):
        bound = super()._bind(operation, name)
        if bound and operation.part_kind == "upload" and not self._may_put(name):
            return None
        return bound

    def _iter_bound(self, operation):
        for bound in super()._iter_bound(operation):
            if operation.part_kind != "upload" or self._may_put(bound.part):
                yield self._name_by_verb(bound)

    def _name_by_verb(self, bound):
        if bound.part and bound.part_kind == "upload" and bound.verb == "DELETE":
            bound.routing["operation_id"] = f"delete_{bound.part}"
        return bound

    def _may_put(self, name):
        declared = self._get_declared_fields()
        access = declared[name] if isinstance(declared, dict) else "write"
        return "update" in self._get_operations() and access != "read"

    def _get_content(self, record_id, name, params):
        """Answer with what a record has by a name.

        :param int record_id: id of the record
        :param str name: of the field
        :param dict params: such as ``size``
        :rtype: odoo.http.Response
        """
        record = self._get_record(record_id)
        file = read_field(record, self._get_file_field(name).field)
        if not file:
            raise NotFound(_("There is no file."))
        if params["size"]:
            size = self._parse(to_integer, params, "size")
            if not 0 < size <= MAX_SIZE:
                raise restapi.InvalidParameter("size", f"is from 1 to {MAX_SIZE}")
            file = file.resize(size)
        return file.respond(self.request.httprequest.environ)

    def _get_file_field(self, name):
        field = self._get_fields().get(name)
        if not field:  # it is for other users
            raise NotFound()
        return field

    def _write_file(self, record_id, name, value):
        field = self._get_file_field(name)
        record = self._get_record(record_id)
        with refusals(record, self._get_fields()):
            self._write(record, {field.field.name: value})
            self._check_domain(record)

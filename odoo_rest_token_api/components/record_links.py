from functools import cached_property
from types import MappingProxyType

from odoo import _
from odoo.exceptions import AccessError
from odoo.http import request

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import InsufficientScope

from .. import restapi
from ..dispatch.operations import find_services, get_declared, open_service
from ..openapi.records import describe_link
from ..records.columns import find_columns
from ..records.expanding import expand, grow_tree
from ..records.fields import LinkField
from ..records.paths import PathFields
from ..records.places import ServicePlace
from ..records.rights import may_access
from ..records.texts import write_records
from ..wire import to_names

OWN_MODULES = "odoo.addons.odoo_rest_token_api.components."
READING = ("get", "search")  # operations that show the records of a service


class RecordService(restapi.AbstractComponent):
    """Where links lead: to the service that has the records.

    Where several have them, ``_links`` says which: ``{"partner_id": "partners"}``, or
    ``{"line_ids.product_id": "products"}`` of the lines of a record.
    """

    _inherit = "rest.record.service"

    _links = {}
    _known_link_names = None

    # ------------------------------------------------------------
    # To override, one behaviour at a time
    # ------------------------------------------------------------

    def _get_link_target(self, path):
        """Return the service that has the records of a link: as ``_links`` says.

        :param str path: name of a field, or of one of its lines' after a dot
        :return: its path, such as ``partners``; None where there is one alone
        :rtype: str or None
        """
        return self._links.get(path)

    # ------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------

    @cached_property
    def _place(self):
        return ServicePlace(self)

    def _get_paths(self):
        """Return the fields of the service, and those that paths lead to.

        :rtype: PathFields
        """
        return PathFields(self._place)

    def _parse_tree(self, params):
        """Read what is to be read: ``fields`` and ``expand``.

        :rtype: Branch
        """
        names = params["fields"]
        if names is not None:
            names = to_names(names)
        return grow_tree(self._place, names, to_names(params["expand"]))

    def _get_expand(self):
        """Return what an answer to a write is to have in the place of links.

        The query string says so, unless the body may have something of that name.

        :rtype: list of str
        """
        httprequest = self.request.httprequest
        if not httprequest.query_string or "expand" in self._get_fields():
            return []
        args = httprequest.args
        texts = [*args.getlist("expand"), *args.getlist("expand[]")]
        return to_names(",".join(texts))

    def _leave_out_expand(self, params):
        """Return what a client sent, but what :meth:`_get_expand` returns of it.

        :param dict params: of the query string and of the body
        :rtype: dict
        """
        if not self._get_expand():
            return params
        return {name: value for name, value in params.items() if name != "expand"}

    def _grow_answer(self):
        """Read what the answer to a write is to show, before anything is written.

        :rtype: Branch
        :raise InvalidParameter: nothing leads there
        """
        return grow_tree(self._place, None, self._get_expand())

    def _put_linked(self, data, tree):
        """Put linked records in the place of their ids, in the answer to a write.

        :param list data: of dict, records as clients read them, which are changed
        :param Branch tree: of :meth:`_grow_answer`
        """
        if tree.links:
            compat.flush_all(self.env)  # some is read by SQL
            expand(data, tree)

    def _show(self, records, tree):
        """Turn records into what JSON takes, with what they link.

        :param records: of the model, that the user may read
        :param Branch tree: of what is read
        :rtype: list of dict
        """
        compat.flush_all(self.env)  # some is read by SQL
        rows = tree.columns and tree.columns.take(records.ids)
        if tree.columns and rows is None:
            rows = tree.columns.fetch([("id", "in", records.ids)])
        if rows is None:
            data = self._to_json(records, tree.get_names())
        else:
            shown = tree.columns.show(rows)
            data = [shown[i] for i in records.ids if i in shown]
        expand(data, tree)
        return data

    def _show_in_text(self, records, tree):
        """Do as :meth:`_show`, in text of JSON, where nobody looks at it before.

        :param records: of the model
        :param Branch tree: of what is read, in columns
        :return: of one record each; None where somebody may
        :rtype: list of str, or None
        """
        call = getattr(request, "rest_call", None)
        is_called = call is not None and call.service is self
        if not (is_called and self._has_own("search") and tree.columns):
            return None
        compat.flush_all(self.env)  # some is read by SQL
        rows = tree.columns.take(records.ids)
        if rows is None:
            return None
        texts = write_records(rows, tree)
        return [texts[record_id] for record_id in records.ids]

    def _find_columns(self, names, branches=MappingProxyType({})):
        """Find the columns that have all that is read, where nothing is added to it.

        :param list names: of fields; None for those that are read by default
        :param dict branches: of what is put in the place of links, by their names
        :rtype: Columns, or None
        """
        if not self._shows_plainly():
            return None
        return find_columns(self._get_model(), self._get_fields(), names, branches)

    def _shows_plainly(self):
        """Tell whether records are shown by their fields, and nothing else.

        :rtype: bool
        """
        return self._has_own("_to_json")

    def _has_own(self, name):
        """Tell whether no other addon has a method of that name.

        :rtype: bool
        """
        bases = (vars(base) for base in type(self).__mro__)
        methods = (methods[name] for methods in bases if name in methods)
        return all(method.__module__.startswith(OWN_MODULES) for method in methods)

    def _open_linked(self, field, path):
        """Open the service that has the records of a link.

        :param LinkField field: that links them
        :param str path: of names, from this service
        :return: component of ``rest.record.service``
        :raise ValueError: there is none; the message is for the client
        :raise InsufficientScope: the token is not for it
        :raise AccessError: the user may not read its records
        """
        service = self._find_linked_service(field, path)
        service._check_shown()
        return service

    def _find_linked_service(self, field, path):
        usage = self._find_usage(field, path)
        if usage == self._usage:
            return self
        service = open_service(self.env, type(self)._collection, usage)
        if service is None or service._model != field.field.comodel_name:
            raise ValueError(f"{path!r} leads to no resource")
        return service

    def _find_usage(self, field, path):
        """Find which service has the records of a link.

        :rtype: str
        :raise ValueError: none has them, or several, and none is named
        """
        target = self._get_link_target(path)
        if target:
            return target
        usages = self._find_usages(field.field.comodel_name)
        if self._usage in usages:
            return self._usage
        if len(usages) > 1:
            others = ", ".join(usages)
            raise ValueError(f"{path!r} may lead to {others}: it is not said to which")
        if not usages:
            model = field.field.comodel_name
            raise ValueError(f"{path!r} leads to {model}, which no resource has")
        return usages[0]

    def _find_usages(self, model_name):
        collection = type(self)._collection
        known = self.env["rest.resource"]._keep_description(
            ("services", collection),
            lambda: find_services(self.env, collection, READING),
        )
        return known.get(model_name, ())

    def _is_shown(self):
        """Tell whether the client could read records of this service by itself.

        :rtype: bool
        """
        try:
            self._check_shown()
            self._get_fields()  # of what may be out of order
        except (ValueError, AccessError, InsufficientScope, restapi.JsonError):
            return False
        return True

    def _check_shown(self):
        """Check that the client could read records of this service by itself.

        :raise ValueError: nobody can; the message is for the client
        :raise InsufficientScope: the token is not for it
        :raise AccessError: the user may not
        """
        routings = [
            get_declared(getattr(self, name))
            for name in READING
            if self._is_served(name)
        ]
        if not routings:
            raise ValueError(f"no records of {self._usage!r} are read")
        if not any(map(self._is_open, routings)):
            raise InsufficientScope(self._get_scope(routings[0]))
        has_token = getattr(request, "rest_principal", None)
        if has_token and not may_access(self._get_model(), "read"):
            raise AccessError(_("This user may not read %s.", self._model))

    # ------------------------------------------------------------
    # OpenAPI
    # ------------------------------------------------------------

    def _get_link_names(self):
        """Return the names of the fields whose records this client may have shown.

        :rtype: list of str
        """
        if self._known_link_names is None:
            fields = self._get_fields()
            names = [name for name in fields if self._may_expand(name, fields[name])]
            self._known_link_names = names
        return self._known_link_names

    def _may_expand(self, path, field):
        if not isinstance(field, LinkField):
            return False
        return bool(field.children or self._find_shown_usage(path, field))

    def _find_shown_usage(self, path, field):
        """Find the service whose records may stand in the place of links.

        :return: its path, or None where the client could not read them
        """
        try:
            return self._open_linked(field, path)._usage
        except (ValueError, AccessError, InsufficientScope, restapi.JsonError):
            return None

    def _describe_field(self, path, field):
        """Describe the values of a field as they are read, or as they are expanded."""
        schema = super()._describe_field(path, field)
        if not isinstance(field, LinkField):
            return schema
        if field.children:
            children = self._describe_children(path, field)
            return {**schema, "items": field.describe_line_or_id(children)}
        usage = self._find_shown_usage(path, field)
        return describe_link(schema, usage) if usage else schema

    def _describe_children(self, path, field):
        """Describe the fields of linked records that are declared with them.

        :param str path: of names, from this service
        :param ToManyField field: that links them
        :return: JSON schemas, by their names on the wire
        :rtype: dict
        """
        return {
            name: self._describe_field(f"{path}.{name}", child)
            for name, child in field.children.items()
        }

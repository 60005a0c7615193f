import json
from contextlib import contextmanager, suppress
from functools import partial

from werkzeug.exceptions import BadRequest, NotFound

from odoo import _
from odoo.exceptions import AccessError
from odoo.http import request

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import JsonError

from .. import restapi
from ..dispatch.operations import iter_services
from ..dispatch.reading import Lines
from ..errors import InvalidParameter
from ..limits import MAX_IDEMPOTENCY_KEY
from ..records.changes import (
    find_changes,
    group_alike,
    moves_by_itself,
    settle_lines,
)
from ..records.etag import check_if_match, is_not_modified, make_etag
from ..records.fields import (
    READ_ONLY,
    MonetaryField,
    check_links,
    choose_names,
    is_empty,
    make_fields,
)
from ..records.filters import parse_domain, parse_filters
from ..records.owning import find_deleted, find_linked, find_taken, may_take
from ..records.pages import Order, count_records, find_page
from ..records.params import (
    EXPAND_OPTION,
    FIELDS_OPTION,
    BatchParam,
    BodyParam,
    ChangeAnswer,
    CreateAnswer,
    EmptyAnswer,
    ListAnswer,
    QueryParam,
    ReadAnswer,
    SearchAnswer,
    SearchParam,
)
from ..records.preferring import (
    APPLIED,
    MINIMAL,
    REPRESENTATION,
    RETURN,
    Preferences,
)
from ..records.reading import list_read_names, read_records
from ..records.rights import get_readable, may_access, searches_by_itself
from ..records.sources import get_sources, is_kept
from ..records.writing import refusals
from ..schemas import make_read_only, make_validator, validate
from ..wire import MAX_ID, to_boolean, to_integer

OPERATIONS = {  # and the access rights that they ask for
    "search": "read",
    "get": "read",
    "create": "create",
    "update": "write",
    "delete": "unlink",
}
ALLOWED_WITH = {  # what is allowed where these are
    "create_batch": "create",
    "import_lines": "create",
    "groups": "search",
    "export": "search",
    "update_links": "update",
    "update_many": "update",
    "update_batch": "update",
    "delete_many": "delete",
    "delete_batch": "delete",
    "get_by_key": "get",
    "put_by_key": "create",
}


class RecordService(restapi.AbstractComponent):
    """Base of the services for the records of a model.

    A subclass says which model and which fields::

        class PartnerService(Component):
            _name = "partner.rest.service"
            _inherit = "rest.record.service"
            _usage = "partners"
            _model = "res.partner"
            _fields = {"name": "required", "email": "write", "create_date": "read"}

    ``_fields`` may be a list too: the ORM then says which may be written and which are
    required. The current user's rights count, and nothing but them.
    """

    _name = "rest.record.service"
    _inherit = "rest.token.service"
    _model = None
    _fields = ()
    _operations = tuple(OPERATIONS)
    _order = "id"
    _default_limit = 80
    _max_limit = 500
    _max_batch = 500
    _synced = False  # whether an index finds what has changed, by write_date
    _cached_fields = None
    _known_preferences = None
    _changed_ids = frozenset()  # of those that were there already, as they were sent
    _known_schemas = frozenset()
    _known_shown = None

    # ------------------------------------------------------------
    # Operations
    # ------------------------------------------------------------

    @restapi.method(
        [("/", "GET")], input_param=SearchParam(), output_param=SearchAnswer()
    )
    def search(self, params):
        """Search

        Where the header `Accept` asks for lines or a table, all records that match
        come, as an export has them.
        """
        export_format = self._choose_format()
        if export_format:
            return self._export(params, export_format)
        tree = self._parse_tree(params)
        domain = self._parse_domain(params)
        records, next_cursor = self._find_page(domain, params, tree.columns)
        answer = {"count": len(records), "data": [], "next_cursor": next_cursor}
        texts = self._show_in_text(records, tree)
        if texts is None:
            answer["data"] = self._show(records, tree)
        if params["total"] is not None and self._parse(to_boolean, params, "total"):
            answer["total"] = count_records(self._get_model(), domain)
        return answer if texts is None else self._respond_with(answer, "data", texts)

    @restapi.method(
        [("/<int:record_id>", "GET")],
        input_param=QueryParam({"fields": FIELDS_OPTION, "expand": EXPAND_OPTION}),
        output_param=ReadAnswer("ETag"),
        headers=("If-None-Match",),
    )
    def get(self, record_id, params):
        """Read one"""
        is_whole = params["fields"] is None and not params["expand"]
        record, data, etag = self._read_record(record_id, is_whole)
        tree = self._parse_tree(params)
        headers = {"ETag": f'"{etag}"'}
        # It is of the record alone, and not of what it links.
        if not tree.links and is_not_modified(self.request.httprequest, etag):
            return self._respond(None, 304, headers)
        if tree.chosen is not None or tree.links:
            data = self._show(record, tree)[0]
        return self._respond(data, headers=headers)

    @restapi.method(
        [("/", "POST")],
        input_param=BodyParam("Create", batch=True, lines=True),
        output_param=CreateAnswer("ETag", "Location", "Idempotency-Replayed", APPLIED),
        headers=("Idempotency-Key", "Prefer"),
        errors=(409, 422),
        body="one_or_lines",
    )
    def create(self, params):  # pylint: disable=method-required-super
        """Create one

        What is merged with a record that is there is answered by a 204, where the
        client prefers nothing of it. A list of such objects, or lines of them, will do,
        too, as other operations say.
        """
        if isinstance(params, Lines):
            return self._import(params)
        items = params if isinstance(params, list) else [dict(params)]
        is_minimal = self._prefers_minimal()
        tree = self._grow_answer()
        show = _show_ids if is_minimal else self._to_json
        data, headers = self._run_once(
            items,
            lambda: show(self._add(items)),
            lambda ids: show(self._find_created(ids)),
        )
        has_created = any(each["id"] not in self._changed_ids for each in data)
        status = 201 if has_created else 200
        if isinstance(params, list):
            if not is_minimal:
                self._put_linked(data, tree)
            return self._respond({"count": len(data), "data": data}, status, headers)
        record_id = data[0]["id"]
        path = self.request.httprequest.path.rstrip("/")
        headers["Location"] = f"{path}/{record_id}"
        if is_minimal:
            return self._respond(None, 201 if has_created else 204, headers)
        record = self._get_model().browse(record_id)
        headers["ETag"] = f'"{self._make_etag(record, data[0])}"'
        self._put_linked(data, tree)
        return self._respond(data[0], status, headers)

    @restapi.method(
        [("/batch", "POST")],
        input_param=BatchParam(),
        output_param=ListAnswer("Idempotency-Replayed", APPLIED),
        headers=("Idempotency-Key", "Prefer"),
        errors=(409, 422),
    )
    def create_batch(self, params):
        """Create all of a list or none

        The path that creates one takes such a list, too.
        """
        return self.create(params)

    @restapi.method(
        [("/<int:record_id>", "PATCH"), ("/<int:record_id>", "PUT")],
        input_param=BodyParam("Update"),
        output_param=ChangeAnswer("ETag", APPLIED),
        headers=("If-Match", "Prefer"),
        errors=(409, 412, 422),
    )
    def update(self, record_id, params):
        """Change the fields that are given, and leave the others"""
        is_minimal = self._prefers_minimal()
        tree = self._grow_answer()
        self._change(self._get_record(record_id), [dict(params)])
        record = self._get_record(record_id)
        if is_minimal:
            return self._respond(None, 204)
        data = self._to_json(record)
        etag = self._make_etag(record, data[0])
        self._put_linked(data, tree)
        return self._respond(data[0], headers={"ETag": f'"{etag}"'})

    @restapi.method(
        [("/<int:record_id>", "DELETE")],
        output_param=EmptyAnswer(),
        headers=("If-Match",),
        errors=(409, 412, 422),
    )
    def delete(self, record_id):
        """Delete one"""
        self._delete(self._get_record(record_id))
        return self._respond(None, 204)

    # ------------------------------------------------------------
    # To override, one behaviour at a time
    # ------------------------------------------------------------

    def _get_title(self):
        return self.env["ir.model"].sudo()._get(self._model).name

    def _get_model(self):
        """Return the model, in the environment that counts.

        :rtype: odoo.models.Model, an empty recordset
        """
        return self.env[self._model]

    def _get_operations(self):
        """Return the operations that are allowed: ``_operations`` by default.

        :rtype: iterable of str
        """
        return self._operations

    def _get_declared_fields(self):
        """Return the declaration of fields: ``_fields``, if not told otherwise.

        :rtype: list of str, or dict
        """
        return self._fields

    def _get_domain(self):
        """Return the domain in which all records are that this service knows.

        :rtype: list
        """
        return []

    def _to_json(self, records, names=None):
        """Turn records into what JSON takes.

        :param records: of the model
        :param names: fields to read; those that are read by default if not given
        :rtype: list of dict
        """
        fields = self._get_fields()
        names = ["id", *choose_names(fields, names)]
        chosen = [(name, fields[name]) for name in names if name in fields]
        read_names = list_read_names(field for _name, field in chosen)
        has_tag = len(records) == 1 and records._log_access
        if has_tag and "write_date" not in read_names:
            read_names.append("write_date")
        records = records.with_context(active_test=False)
        return [
            {
                name: field.to_json(values[field.field.name], values)
                for name, field in chosen
            }
            for values in read_records(records, read_names)
        ]

    def _from_json(self, params, validator):
        """Turn what a client sent into what ``create()`` and ``write()`` take.

        :param dict params: by the names on the wire
        :param cerberus.Validator validator: of the operation
        :rtype: dict
        :raise BadRequest: the schema refuses it; each field is named
        """
        fields = self._get_fields()
        values = validate(validator, params)
        return {
            fields[name].field.name: value
            for name, value in values.items()
            if name in fields and fields[name].writable
        }

    def _create_records(self, values_list):
        """Create the records.

        :param list values_list: what ``create()`` takes, one for each
        :rtype: records of the model, in the same order
        :raise UserError: answered as 422
        """
        return self._get_model().create(values_list)

    def _write(self, record, values):
        """Change a record.

        :param record: of the model
        :param dict values: what ``write()`` takes
        :raise UserError: answered as 422
        """
        record.write(values)

    def _unlink(self, record):
        """Delete a record.

        :param record: of the model
        :raise UserError: answered as 422
        """
        record.unlink()

    def _record_schema(self):
        """Return the Cerberus schema of a record as it is read.

        :rtype: dict
        """
        return {
            name: {
                **field.get_cerberus_schema(),
                "required": name == "id",
                "meta": {"json_schema": partial(self._describe_field, name, field)},
            }
            for name, field in self._get_fields().items()
        }

    def _describe_field(self, path, field):
        """Describe the values of a field as they are read.

        :param str path: of names, from this service
        :param RecordField field: of this service, or of its lines
        :return: a JSON schema
        :rtype: dict
        """
        return field.get_json_schema()

    def _create_schema(self):
        """Return the Cerberus schema of a record as it is created.

        Keys that can't be written may be sent back, if they are what is there.

        :rtype: dict
        """
        fields = self._get_fields()
        written = {
            name: field.get_cerberus_schema()
            for name, field in fields.items()
            if field.writable
        }
        read_only = {
            name: make_read_only(name, partial(self._get_shown_rules, name))
            for name in self._list_shown()
            if name not in written
        }
        return {**written, **read_only}

    def _update_schema(self):
        """Return the Cerberus schema of what is changed of a record.

        :rtype: dict
        """
        return {
            name: {**rules, "required": False}
            for name, rules in self._create_schema().items()
        }

    # ------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------

    def _get_fields(self):
        """Return the fields that the current user may read.

        :rtype: dict of RecordField, by their name on the wire
        """
        if self._cached_fields is None:
            model = self._get_model()
            fields = make_fields(model, self._get_declared_fields())
            self._cached_fields = get_readable(model, fields)
        return self._cached_fields

    def _list_shown(self):
        """Return the names of what clients read: the keys of :meth:`_record_schema`.

        :rtype: list of str
        """
        is_plain = self._has_own("_record_schema")
        return list(self._get_fields() if is_plain else self._record_schema())

    def _get_shown_rules(self, name):
        if self._known_shown is None:
            self._known_shown = self._record_schema()
        return self._known_shown[name]

    def _make_validator(self, schema_name):
        service = type(self)  # of this database, until its code is loaded anew
        schema = getattr(self, schema_name)()
        validator = make_validator(schema, schema_name in service._known_schemas)
        service._known_schemas |= {schema_name}
        return validator

    def _is_served(self, name):
        allowed = ALLOWED_WITH.get(name, name)
        is_allowed = allowed not in OPERATIONS or allowed in self._get_operations()
        return is_allowed and super()._is_served(name)

    def _may_call(self, name):
        has_token = getattr(request, "rest_principal", None)
        right = OPERATIONS.get(ALLOWED_WITH.get(name, name))
        if has_token and right and not may_access(self._get_model(), right):
            return False
        return super()._may_call(name)

    def _get_record(self, record_id):
        """Return a record that the current user can see, archived ones too.

        :raise NotFound: there is none of that id, or not for this user
        """
        return self._get_records([record_id])

    def _get_records(self, ids):
        """Return records that the current user can see, archived ones too.

        :param list ids: of records, without repetitions
        :raise NotFound: not all of them are there, or not for this user
        """
        model = self._get_model().with_context(active_test=False)
        found = model.search([("id", "in", ids), *self._get_domain()])
        if len(found) < len(ids):
            raise NotFound(_("There is no such record."))
        return model.browse(ids)

    def _read_record(self, record_id, is_whole):
        """Read a record, by what columns have where that is all that is asked for.

        :param bool is_whole: whether nothing else of it is read afterwards
        :return: the record, what JSON takes of it, and its entity tag
        :rtype: (recordset, dict, str)
        :raise NotFound: there is none of that id, or not for this user
        """
        record, data = self._get_model().browse(record_id), []
        is_selected = is_whole and not searches_by_itself(record)
        columns = self._find_columns(None) if is_selected else None
        if columns:
            compat.flush_all(self.env)  # they are read by SQL
            domain = [("id", "=", record_id), *self._get_domain()]
            shown, moment = columns.show_one(domain)
            if shown:
                return record, shown, self._make_etag(record, shown, moment)
        if not self._get_domain():  # to read is to look for
            with suppress(AccessError):
                data = self._to_json(record)
        if not data:
            record = self._get_record(record_id)
            data = self._to_json(record)
        return record, data[0], self._make_etag(record, data[0])

    def _make_etag(self, record, data, moment=None):
        """Make the entity tag of a record.

        :param dict data: what JSON takes of it
        :param datetime moment: of its last change, where that is known
        :rtype: str
        """
        fields = self._get_fields()
        computed = [
            field.field
            for name, field in fields.items()
            if name in data and not is_kept(record, field.field)
        ]
        kept = {
            name: value
            for name, value in data.items()
            if name not in fields or fields[name].field not in computed
        }
        if moment is None and record._log_access:
            moment = record.write_date
        return make_etag([kept, get_sources(record, computed), moment])

    def _check_if_match(self, records):
        """Check that the client has read records as they are, where it says so.

        :raise JsonError: 412, as the header ``If-Match`` names no tag of one
        """
        httprequest = self.request.httprequest
        if "If-Match" in httprequest.headers:
            for record, data in zip(records, self._to_json(records)):
                check_if_match(httprequest, self._make_etag(record, data))

    @property
    def _preferences(self):
        """What the client would rather have, as the header ``Prefer`` says.

        :rtype: Preferences
        """
        if self._known_preferences is None:
            header = self.request.httprequest.headers.get("Prefer", "")
            self._known_preferences = Preferences(header)
        return self._known_preferences

    def _prefers_minimal(self):
        """Tell whether the client prefers to be answered with nothing of a record."""
        return self._preferences.follow(RETURN, MINIMAL, REPRESENTATION) == MINIMAL

    def _parse_domain(self, params):
        fields = self._get_paths()
        domain = [*self._get_domain(), *parse_filters(params["filters"], fields)]
        if params["domain"]:
            domain += parse_domain(params["domain"], fields)
        return domain

    def _check_order(self, text):
        """Check what records are to be sorted by, where others than pages are sorted.

        :raise InvalidParameter: it is no field of their own
        """
        Order(text, self._get_fields())

    def _find_page(self, domain, params, columns=None):
        limit, offset = self._parse_limit(params), self._parse_offset(params)
        order = Order(params["order"] or self._order, self._get_paths())
        return find_page(
            self._get_model(), domain, order, limit, offset, params["cursor"], columns
        )

    def _parse_limit(self, params):
        """Return how many records a page has.

        :rtype: int
        :raise InvalidParameter: they are none, or too many
        """
        if params["limit"] is None:
            return self._default_limit
        limit = self._parse(to_integer, params, "limit")
        if not 1 <= limit <= self._max_limit:
            raise InvalidParameter("limit", f"is from 1 to {self._max_limit}")
        return limit

    def _parse_offset(self, params):
        if params["offset"] is None:
            return 0
        offset = self._parse(to_integer, params, "offset")
        if not 0 <= offset <= MAX_ID:
            raise InvalidParameter("offset", "is out of range")
        if params["cursor"]:
            raise InvalidParameter("offset", "is not for a page that has a cursor")
        return offset

    def _parse(self, function, params, name):
        try:
            return function(params[name])
        except ValueError as error:
            raise InvalidParameter(name, str(error)) from error

    def _run_once(self, sent, function, read):
        """Run what writes records, unless the same request has done so before.

        Where it has, they are read as they are now, and as this user may now.

        :param sent: by the client, in terms that JSON takes
        :param function: takes nothing, and returns what JSON takes of the records
        :param read: takes the ids of records, and returns what JSON takes of them
        :return: what JSON takes, one for each, and headers of the answer
        :rtype: (list of dict, dict)
        :raise InvalidParameter: the header ``Idempotency-Key`` is too long
        :raise JsonError: 422, as the key was used for another request
        """
        httprequest = self.request.httprequest
        key = httprequest.headers.get("Idempotency-Key")
        if not key:
            return function(), {}
        if len(key) > MAX_IDEMPOTENCY_KEY:
            raise InvalidParameter("Idempotency-Key", "is too long")
        data = []

        def run():
            data.extend(function())
            ids = [record["id"] for record in data]
            changed = self._changed_ids.intersection(ids)
            return {"ids": ids, "changed": sorted(changed)} if changed else ids

        kept, is_new = self.env["rest.idempotency.key"]._run_once(
            key, [httprequest.path.rstrip("/"), sent], run
        )
        if is_new:
            return data, {}
        if isinstance(kept, dict):
            self._changed_ids = frozenset(kept["changed"])
            kept = kept["ids"]
        return read(kept), {"Idempotency-Replayed": "true"}

    def _find_created(self, record_ids):
        """Find records that were created before, or changed.

        :raise AccessError: the user may do so no more
        :raise NotFound: one is there no more, or not for this user
        """
        changed = self._changed_ids
        for right in {"write" if i in changed else "create" for i in record_ids}:
            compat.check_access(self._get_model(), right)
        return self._get_records(record_ids)

    def _add(self, items):
        """Do with what a client sends to be created what it prefers: create it.

        :param list items: what the client sent
        :rtype: records of the model, in the same order
        """
        return self._create(items)

    def _check_count(self, items):
        if len(items) > self._max_batch:
            raise BadRequest(
                _("At most %s records are created at once.", self._max_batch)
            )

    def _make_prefixes(self, items):
        """Return what tells which of several items a message is about.

        :rtype: list of str
        """
        if len(items) == 1:
            return [""]
        return [f"{number}: " for number in range(len(items))]

    def _resolve_links(self, items, prefixes):
        """Put ids in the place of whatever else a client names linked records by.

        :param list items: what the client sent
        :param list prefixes: of :meth:`_make_prefixes`
        :rtype: list
        :raise BadRequest: there is no such record
        """
        return items

    def _create(self, items, prefixes=None):
        """Create records, all or none.

        :param list items: what the client sent
        :param list prefixes: of :meth:`_make_prefixes`, if they are part of more
        :rtype: records of the model, in the same order
        """
        self._check_count(items)
        prefixes = prefixes or self._make_prefixes(items)
        items = self._resolve_links(items, prefixes)
        validator = self._make_validator("_create_schema")
        model = self._get_model()
        fields = self._get_fields()
        values_list, read_only_list = [], []
        for item, prefix in zip(items, prefixes):
            with _naming(prefix):
                written, read_only = self._split(item, validator)
                values = self._from_json(written, validator)
            values_list.append(find_changes(fields, model, values))
            read_only_list.append(read_only)
        writes = [(model, values) for values in values_list]
        self._check_links(
            [(model, item, values) for item, values in zip(items, values_list)],
            prefixes,
        )
        sent = {name for item in items for name in item}
        names = {name for values in values_list for name in values}
        with refusals(model, fields, sent, values_list):
            self._settle_lines(writes)
            values_list[:] = self._fill_in(values_list)  # as refusals() is told, too
            records = self._create_records(values_list)
            for record, item in zip(records, items):
                self._check_currencies(record, item)
            self._check_domain(records)
            self._check_inside(self._find_linked(records, names))
            self._check_read_only(records, read_only_list, prefixes)
        return records

    def _follow_preferences(self):
        """Take into account what the client prefers of what is created.

        :raise InvalidParameter: it prefers what can't be
        """

    def _fill_in(self, values_list):
        """Complete what a client says of records that are created.

        :param list values_list: what ``create()`` takes, one for each
        :rtype: list of dict
        """
        return values_list

    def _change(self, records, items, prefixes=None):
        """Change records, all or none: what differs is written, and no more.

        :param records: that the current user can see
        :param list items: what the client sent, one for each
        :param list prefixes: of :meth:`_make_prefixes`, if they are part of more
        :raise JsonError: 412, 422, …
        """
        prefixes = prefixes or self._make_prefixes(items)
        items = self._resolve_links(items, prefixes)
        fields = self._get_fields()
        validator = self._make_validator("_update_schema")
        changed_list, writes = self._find_changed(records, items), []
        for record, changed, prefix in zip(records, changed_list, prefixes):
            with _naming(prefix):
                values = self._from_json(changed, validator)
            writes.append((record, find_changes(fields, record, values)))
        # Last of what is checked before something is done: RFC 9110, section 13.2.1.
        self._check_if_match(records)
        self._check_links(
            [
                (record, changed, values)
                for changed, (record, values) in zip(changed_list, writes)
            ],
            prefixes,
        )
        sent = {name for changed in changed_list for name in changed}
        names = {name for _record, values in writes for name in values}
        linked = self._find_linked(records, names)
        outside = self._find_outside(linked)
        with refusals(records, fields, sent):
            self._settle_lines(writes)
            for alike, values in group_alike(writes):
                self._write_alike(alike, values)
            for record, item in zip(records, items):
                self._check_currencies(record, item)
            self._check_domain(records)
            linked |= self._find_linked(records, names)
            self._check_inside(linked.exists() - outside)

    def _write_alike(self, records, values):
        """Change records alike: at once, unless a service has its own way.

        :raise UserError: answered as 422
        """
        has_own_way = type(self)._write is not RecordService._write
        for each in records if has_own_way else [records]:
            self._write(each, values)

    def _delete(self, records):
        """Delete records, all or none: at once, unless a service has its own way.

        :raise JsonError: 412, 422, …
        """
        self._check_if_match(records)
        has_own_way = type(self)._unlink is not RecordService._unlink
        with refusals(records, self._get_fields()):
            for each in records if has_own_way else [records]:
                self._unlink(each)

    def _split(self, item, validator):
        """Split what is sent of a record: what may be written, what is read-only.

        Of the latter, what is empty is left out.

        :rtype: (dict, dict)
        """
        written, read_only = item, {}
        if isinstance(item, dict):
            written = dict(item)
            for name, value in item.items():
                if validator.schema.get(name, {}).get("readonly"):
                    written.pop(name)
                    if not is_empty(value):
                        read_only[name] = value
        return written, read_only

    def _find_changed(self, records, items):
        """Find which keys differ from what a client reads of records.

        Read-only ones that differ are among them: the schema refuses them.

        :param list items: what the client sent of each
        :rtype: list of dict
        :raise JsonError: 412, as read-only ones differ because a record has changed
        """
        sent = {name for item in items for name in item}
        names = sent.intersection(self._list_shown()) if sent else ()
        shown = self._to_json(records, sorted(names)) if names else [{}] * len(items)
        return [
            self._find_changed_of_one(record, item, shown)
            for record, item, shown in zip(records, items, shown)
        ]

    def _find_changed_of_one(self, record, params, shown):
        fields = self._get_fields()
        changed = {
            name: value
            for name, value in params.items()
            if name not in shown or not self._is_shown_as(name, value, shown[name])
        }
        for name in fields.keys() & changed.keys():
            if moves_by_itself(fields[name]):
                changed.pop(name)
            elif not fields[name].writable:
                self._check_if_match(record)
        return changed

    def _is_shown_as(self, name, sent, shown):
        field = self._get_fields().get(name)
        return field.is_shown_as(sent, shown) if field else sent == shown

    def _check_read_only(self, records, read_only_list, prefixes):
        """Check that what can't be written became what the client sent.

        :param list read_only_list: of dict, what was sent of each record
        :param list prefixes: of :meth:`_make_prefixes`
        :raise BadRequest: it did not; each field is named
        """
        names = sorted({name for sent in read_only_list for name in sent})
        if not names:
            return
        errors = []
        for sent, shown, prefix in zip(
            read_only_list, self._to_json(records, names), prefixes
        ):
            errors += [
                f"{prefix}{name}: {READ_ONLY}"
                for name, value in sent.items()
                if not self._is_shown_as(name, value, shown[name])
            ]
        if errors:
            raise BadRequest("; ".join(errors))

    def _settle_lines(self, writes):
        """Leave out what stays of linked records, and check what becomes of the others.

        :param list writes: of (record as it is, values), whose values are changed
        :raise BadRequest: a linked record has a key that can't be written
        :raise JsonError: 422, as it would be deleted or taken from another one
        """
        try:
            settle_lines(self._get_fields(), writes, self._check_owning)
        except ValueError as error:
            raise BadRequest(str(error)) from error

    def _check_owning(self, field, record, commands):
        """Check that nothing is deleted or taken that this service leaves to others.

        :param ToManyField field: that is written
        :param record: that has it, or an empty recordset if it is created
        :param list commands: of the ORM
        :raise JsonError: 422
        """
        deleted = find_deleted(field, commands)
        if deleted and not self._is_allowed("delete", deleted):
            reason = _("would be deleted, which is not allowed here")
            raise self._make_refusal(field, deleted, reason)
        taken = find_taken(field, record, commands)
        if taken and not may_take(field):
            if not self._is_allowed("update", taken, field.inverse.name):
                reason = _("belongs to another record")
                raise self._make_refusal(field, taken, reason)

    def _make_refusal(self, field, records, reason):
        ids = ", ".join(map(str, records.ids))
        return JsonError(f"{field.name}: {ids} {reason}", code=422)

    def _is_allowed(self, name, records, field_name=None):
        """Tell whether a client may do to records by themselves what it does by others.

        :param str name: of the operation, ``update`` or ``delete``
        :param records: of any model
        :param str field_name: of the ORM's field that is changed
        :rtype: bool
        """
        return any(
            service._may_do(name, records, field_name)
            for service in iter_services(self.env, type(self)._collection, name)
            if getattr(service, "_model", None) == records._name
        )

    def _may_do(self, name, records, field_name):
        if not (self._is_served(name) and self._may_call(name)):
            return False
        written = {f.field.name for f in self._get_fields().values() if f.writable}
        if field_name and field_name not in written:
            return False
        model = self._get_model().with_context(active_test=False)
        domain = [("id", "in", records.ids), *self._get_domain()]
        return model.search_count(domain) == len(records)

    def _check_links(self, writes, prefixes):
        """Check that the current user can see what a client links anew.

        :param list writes: of (record as it is, what the client sent, values)
        :param list prefixes: of :meth:`_make_prefixes`
        :raise BadRequest: not all; each field is named
        """
        fields = self._get_fields()
        links = []
        for (record, item, values), prefix in zip(writes, prefixes):
            for name in fields.keys() & item.keys():
                field = fields[name]
                if field.field.name in values:
                    for link in field.get_links(values[field.field.name], record):
                        links.append((f"{prefix}{name}", *link))
        try:
            check_links(self.env, links, {self._model: self._get_domain()})
        except ValueError as error:
            raise BadRequest(str(error)) from error

    def _check_domain(self, records):
        """Check that what was written is still where this service knows of it.

        :raise JsonError: 422
        """
        if self._get_domain():
            self._check_inside(records)

    def _check_inside(self, records):
        if self._find_outside(records):
            raise JsonError(
                _("The record would be outside of this resource."), code=422
            )

    def _find_outside(self, records):
        """Find which records of the model are not there for this service."""
        if not records:
            return records
        model = self._get_model().with_context(active_test=False)
        domain = [("id", "in", records.ids), *self._get_domain()]
        return records.browse(set(records.ids).difference(model.search(domain).ids))

    def _find_linked(self, records, names):
        """Find what others link of the model, where this service knows not all of it.

        :param names: of the ORM's fields that a client writes
        :return: in superuser mode
        """
        if not self._get_domain():
            return self._get_model().sudo()
        return find_linked(self._get_fields(), records, names, self._model)

    def _check_currencies(self, record, params):
        fields = self._get_fields()
        for name, value in params.items():
            field = fields.get(name)
            if isinstance(field, MonetaryField) and field.writable:
                sent = field.get_currency_id(value)
                known = field.currency_field_name
                if sent and (not known or sent != record[known].id):
                    raise JsonError(f"{name}: is in another currency", code=422)

    def _respond_with(self, answer, name, texts):
        """Answer with an object, of which a list is written already.

        :param dict answer: what JSON takes
        :param str name: of the list in it
        :param list texts: of str, the items of the list in JSON
        :rtype: odoo.http.Response
        """
        items = f"[{', '.join(texts)}]"
        pairs = (
            f"{json.dumps(key)}: {items if key == name else json.dumps(value)}"
            for key, value in answer.items()
        )
        response = self.request.make_json_response({})
        response.set_data(f"{{{', '.join(pairs)}}}")
        return response

    def _respond(self, data, status=200, headers=None):
        """Answer, with a status and headers of one's own.

        :param data: what JSON takes, or ``None`` for an empty body
        :rtype: odoo.http.Response
        """
        if data is None:
            response = self.request.make_response("")
            response.headers.pop("Content-Type", None)
        else:
            response = self.request.make_json_response(data)
        response.status_code = status
        for name, value in (headers or {}).items():
            response.headers[name] = value
        applied = self._known_preferences and self._known_preferences.get_applied()
        if applied:
            response.headers[APPLIED] = applied
        return response


def _show_ids(records):
    return [{"id": record_id} for record_id in records.ids]


@contextmanager
def _naming(prefix):
    """Say of which of several items a refusal is.

    :param str prefix: what tells which item it is about; empty where there is one alone
    :raise BadRequest: as it was raised, with the prefix
    """
    try:
        yield
    except BadRequest as error:
        if not prefix:
            raise
        raise BadRequest(f"{prefix}{error.description}") from error

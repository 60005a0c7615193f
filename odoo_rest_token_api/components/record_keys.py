from werkzeug.exceptions import BadRequest, NotFound

from odoo import _

from odoo.addons.odoo_rest_token.exceptions import JsonError, shorten

from .. import restapi
from ..dispatch.operations import iter_services, keep, open_service
from ..errors import InvalidParameter
from ..records.keys import (
    EXTERNAL_ID,
    EXTERNAL_ID_SCHEMA,
    WELL_KNOWN,
    LinkResolver,
    check_each_once,
    parse_external_id,
    parse_key,
    tell_link_keys,
)
from ..records.params import (
    EXPAND_OPTION,
    FIELDS_OPTION,
    BodyParam,
    QueryParam,
    ReadAnswer,
    UpsertAnswer,
)
from ..records.preferring import APPLIED
from ..records.writing import refusals

RESOLUTION, MERGE = "resolution", "merge-duplicates"


class RecordService(restapi.AbstractComponent):
    """Records that clients name by keys of their own, where a service declares some."""

    _inherit = "rest.record.service"

    _keys = ()
    _external_module = None

    # ------------------------------------------------------------
    # Operations
    # ------------------------------------------------------------

    @restapi.method(
        [("/by/<rest_part:part>/<path:value>", "GET")],
        input_param=QueryParam({"fields": FIELDS_OPTION, "expand": EXPAND_OPTION}),
        output_param=ReadAnswer("ETag"),
        headers=("If-None-Match",),
        errors=(409,),
        part="key",
    )
    def get_by_key(self, part, value, params):
        """Read the one of a key"""
        value = self._parse_key(part, value)
        ids = self._find_ids(part, [value]).get(value)
        if not ids:
            raise NotFound(_("There is no such record."))
        return self.get(ids[0], params)

    @restapi.method(
        [("/by/<rest_part:part>/<path:value>", "PUT")],
        input_param=BodyParam("Update"),
        output_param=UpsertAnswer("ETag", "Location", APPLIED),
        headers=("If-Match", "If-None-Match", "Prefer"),
        errors=(409, 412, 422),
        part="upsert",
    )
    def put_by_key(self, part, value, params):
        """Create or change the one of a key

        It is created with what is given, or of the one that is there the fields that
        are given are changed. `If-None-Match: *` has it be created alone.
        """
        value = self._parse_key(part, value)
        item = {part: value, **params}
        if self._parse_key(part, item[part]) != value:
            raise InvalidParameter(part, "is another one in the path")
        tree = self._grow_answer()
        record = self._upsert([item], part)
        is_new = record.id not in self._changed_ids
        headers = {}
        if is_new:
            path = self.request.httprequest.path.partition(f"/by/{part}/")[0]
            headers["Location"] = f"{path}/{record.id}"
        if self._prefers_minimal():
            return self._respond(None, 201 if is_new else 204, headers)
        data = self._to_json(record)
        headers["ETag"] = f'"{self._make_etag(record, data[0])}"'
        self._put_linked(data, tree)
        return self._respond(data[0], 201 if is_new else 200, headers)

    # ------------------------------------------------------------
    # To override, one behaviour at a time
    # ------------------------------------------------------------

    def _get_keys(self):
        """Return the fields by which clients name records: ``_keys`` by default.

        :return: by their names on the wire
        :rtype: tuple of str
        """
        return tuple(self._keys)

    def _get_external_module(self):
        """Return under which module's name the external ids of clients are kept.

        :return: ``_external_module`` by default; without one, there are no such ids
        :rtype: str or None
        """
        return self._external_module

    # ------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------

    def _get_parts(self, kind):
        parts = super()._get_parts(kind)
        operations = set(self._get_operations())
        if kind == "key" and "get" in operations:
            for key in self._get_key_names():
                text = f"Read the one of {_in_words(key)}"
                parts[key] = {"text": text, "operation_id": f"get_by_{key}"}
        if kind == "upsert" and {"create", "update"} <= operations:
            _summary, _newline, description = self.put_by_key.__doc__.partition("\n")
            for key in self._get_key_names():
                text = f"Create or change the one of {_in_words(key)}\n{description}"
                parts[key] = {"text": text, "operation_id": f"put_by_{key}"}
        return parts

    def _get_key_names(self):
        external = (EXTERNAL_ID,) if self._get_external_module() else ()
        return (*self._get_keys(), *external)

    def _parse_key(self, key, value, prefix=""):
        """Read the value of a key.

        :raise BadRequest: it is none
        :raise NotFound: the key is for other users
        """
        field = None if key == EXTERNAL_ID else self._get_fields().get(key)
        if field is None and key != EXTERNAL_ID:
            raise NotFound()
        try:
            return parse_key(field, value)
        except ValueError as error:
            raise BadRequest(f"{prefix}{key}: {error}") from error

    def _find_ids(self, key, values):
        """Find the records of some values of a key, of those that the user can see.

        :param list values: as they are parsed
        :return: lists of one id, by the values that there is a record of
        :rtype: dict
        :raise JsonError: 409, as there are several of a value
        """
        found = self._find_by_key(key, values)
        for value, ids in found.items():
            if len(ids) > 1:
                reason = _("there are several of %r", shorten(str(value)))
                raise JsonError(f"{key}: {reason}", code=409)
        return found

    def _find_by_key(self, key, values):
        """Find the records of some values of a key, of those that the user can see.

        :return: lists of ids, by the values that there is a record of
        :rtype: dict
        """
        if key == EXTERNAL_ID:
            return self._find_by_external_id(values)
        name = self._get_fields()[key].field.name
        # Where there are more, one of the values has several.
        limit = 2 * len(values) + 1
        records = self._search_all([(name, "in", list(values))], limit=limit)
        found = {}
        for record in records:
            found.setdefault(record[name], []).append(record.id)
        return found

    def _search_all(self, domain, **options):
        model = self._get_model().with_context(active_test=False)
        return model.search([*self._get_domain(), *domain], **options)

    def _find_by_external_id(self, names):
        rows = self._find_external_ids(names).read(["name", "res_id"])
        seen = self._search_all([("id", "in", [row["res_id"] for row in rows])])
        hidden = {row["res_id"] for row in rows}.difference(seen.ids)
        if self._get_model().sudo().browse(hidden).exists():
            reason = _("is that of a record that is not there for you")
            raise JsonError(f"{EXTERNAL_ID}: {reason}", code=409)
        return {
            row["name"]: [row["res_id"]] for row in rows if row["res_id"] not in hidden
        }

    def _find_external_ids(self, names):
        return (
            self.env["ir.model.data"]
            .sudo()
            .search(
                [
                    ("module", "=", self._get_external_module()),
                    ("model", "=", self._model),
                    ("name", "in", list(names)),
                ]
            )
        )

    def _touch_keys(self, key, values):
        """Wait for others who are about to create records of the same keys.

        It is the column that counts, whatever a service calls it.
        """
        if key == EXTERNAL_ID:
            column = ["ir.model.data", self._get_external_module()]
        else:
            column = [self._model, self._get_fields()[key].field.name]
        if values:
            guards = self.env["rest.key.guard"].sudo()
            guards._touch([[*column, value] for value in values])

    # ------------------------------------------------------------
    # Creating and changing by keys
    # ------------------------------------------------------------

    def _add(self, items):
        key = self._get_merge_key()
        return self._upsert(items, key) if key else super()._add(items)

    def _follow_preferences(self):
        self._get_merge_key()
        return super()._follow_preferences()

    def _get_merge_key(self):
        """Return the key by which the client prefers records to be merged.

        :rtype: str or None
        :raise InvalidParameter: there is no such key, or none at all
        """
        if not self._preferences.follow(RESOLUTION, MERGE):
            return None
        keys = self._get_key_names() if self._may_upsert() else ()
        key = self._preferences.get(RESOLUTION).parameters.get("key")
        if key in keys or (key is None and len(keys) == 1):
            return key or keys[0]
        named = ", ".join(f"key={name}" for name in keys)
        reason = f"has to say one of {named}" if keys else "there is no key to merge by"
        raise InvalidParameter("Prefer", reason)

    def _may_upsert(self):
        return {"create", "update"} <= set(self._get_operations())

    def _upsert(self, items, key):
        """Create records, or change those that there are of the same keys; all or none.

        :param list items: what the client sent, with the key in each
        :param str key: its name on the wire
        :rtype: records of the model, in the same order
        """
        self._check_count(items)
        prefixes = self._make_prefixes(items)
        values = []
        for item, prefix in zip(items, prefixes):
            if not isinstance(item, dict) or item.get(key) is None:
                raise BadRequest(f"{prefix}{key}: required field")
            values.append(self._parse_key(key, item[key], prefix))
        check_each_once(values, prefixes, key)
        found = self._find_ids(key, values)
        old = [number for number, value in enumerate(values) if value in found]
        new = [number for number, value in enumerate(values) if value not in found]
        if key != EXTERNAL_ID:  # of which whoever creates takes care
            self._touch_keys(key, [values[number] for number in new])
        self._check_preconditions(bool(old), bool(new))

        def choose(numbers, sequence):
            return [sequence[number] for number in numbers]

        ids = {number: found[values[number]][0] for number in old}
        # A record may have several external ids.
        check_each_once(ids.values(), choose(old, prefixes), key)
        if old:
            records = self._get_records([ids[number] for number in old])
            sent, names = self._split_names(choose(old, items), choose(old, prefixes))
            names = self._find_new_names(names, records) if key != EXTERNAL_ID else ()
            self._change(records, sent, choose(old, prefixes))
            self._name_records(records, names)
        if new:
            records = self._create(choose(new, items), choose(new, prefixes))
            ids.update(zip(new, records.ids))
        self._changed_ids = frozenset(ids[number] for number in old)
        return self._get_model().browse([ids[number] for number in range(len(items))])

    def _check_preconditions(self, is_there, is_new):
        """Check what the client says of the version that it knows: RFC 9110, 13.1.

        :raise JsonError: 412
        """
        headers = self.request.httprequest.headers
        if is_there and headers.get("If-None-Match", "").strip() == "*":
            raise JsonError(_("The record is there already."), code=412)
        if is_new and "If-Match" in headers:
            raise JsonError(_("The record is not there."), code=412)

    def _create(self, items, prefixes=None):
        self._check_count(items)  # before anything is looked for
        prefixes = prefixes or self._make_prefixes(items)
        items, names = self._split_names(items, prefixes)
        names = self._find_new_names(names)
        records = super()._create(items, prefixes)
        self._name_records(records, names)
        return records

    def _split_names(self, items, prefixes):
        """Split what a client sends: the external ids of records, and all else.

        :param list items: what the client sent
        :param list prefixes: of :meth:`_make_prefixes`
        :return: the items, and the ids, one for each, or None
        :rtype: (list, list)
        :raise BadRequest: it is no such id, or that of two
        """
        names = [None] * len(items)
        if not self._get_external_module():
            return items, names
        for number, (item, prefix) in enumerate(zip(items, prefixes)):
            if isinstance(item, dict) and item.get(EXTERNAL_ID) is not None:
                names[number] = self._parse_key(EXTERNAL_ID, item[EXTERNAL_ID], prefix)
        given = [number for number, name in enumerate(names) if name]
        check_each_once(
            [names[number] for number in given],
            [prefixes[number] for number in given],
            EXTERNAL_ID,
        )
        return [_leave_out(EXTERNAL_ID, item) for item in items], names

    def _find_new_names(self, names, records=()):
        """Find which external ids are new, and keep others from giving them.

        :param list names: one for each, or None
        :param records: that are to have them; none if they are created
        :return: the same, with None in the place of those that a record has already
        :rtype: list
        :raise JsonError: 409, as another record has one
        """
        given = list(filter(None, names))
        if not given:
            return names
        found = self._find_by_external_id(given)
        owners = list(records and records.ids) or [None] * len(names)
        if any(found.get(n, [owner]) != [owner] for n, owner in zip(names, owners)):
            reason = _("there is a record of that value already")
            raise JsonError(f"{EXTERNAL_ID}: {reason}", code=409)
        self._touch_keys(EXTERNAL_ID, [name for name in given if name not in found])
        return [None if name in found else name for name in names]

    def _name_records(self, records, names):
        """Give external ids to records.

        :param list names: one for each, or None
        """
        if not any(names):
            return
        module = self._get_external_module()
        stale = self._find_external_ids(filter(None, names))
        if stale:  # to delete none would clear Odoo's caches, too
            stale.unlink()
        values_list = [
            {
                "module": module,
                "name": name,
                "model": self._model,
                "res_id": record.id,
                "noupdate": True,
            }
            for record, name in zip(records, names)
            if name
        ]
        external_ids = self.env["ir.model.data"].sudo()
        with refusals(external_ids, {}):  # of another model, the name may be taken
            external_ids.create(values_list)

    # ------------------------------------------------------------
    # Links by keys
    # ------------------------------------------------------------

    def _resolve_links(self, items, prefixes):
        resolver = LinkResolver(self._find_linked_by_key)
        items = super()._resolve_links(items, prefixes)
        return resolver.resolve(self._get_fields(), items, prefixes)

    def _find_linked_by_key(self, model_name, key, values):
        """Find records of another model by a key that a service of it declares.

        :return: lists of ids, by the values that there is a record of
        :rtype: dict
        :raise ValueError: no service that this token may read declares it
        """
        for service in self._iter_shown(model_name):
            if service._has_key(key):
                wanted = {
                    value: service._parse_linked_key(key, value) for value in values
                }
                found = service._find_by_key(key, list(set(wanted.values())))
                return {value: found.get(wanted[value], ()) for value in values}
        if WELL_KNOWN.get(model_name) == key:
            model = self.env[model_name].with_context(active_test=False)
            found = {}
            for record in model.search([(key, "in", values)]):
                found.setdefault(record[key], []).append(record.id)
            return found
        raise ValueError(f"has no key {shorten(key)!r}")

    def _has_key(self, key):
        """Tell whether this user may name records by a key.

        :rtype: bool
        """
        is_there = key == EXTERNAL_ID or key in self._get_fields()
        return is_there and key in self._get_key_names()

    def _parse_linked_key(self, key, value):
        field = None if key == EXTERNAL_ID else self._get_fields()[key]
        return parse_key(field, value)

    def _iter_shown(self, model_name=None):
        """Iterate over the services with keys that a token may read, of a model or all.

        A resource that is out of order is none of them.
        """
        collection = type(self)._collection
        known = self.env["rest.resource"]._keep_description(
            ("keys", collection), self._find_usages_with_keys
        )
        for usage, model in known.items():
            if model_name in (None, model):
                service = open_service(self.env, collection, usage)
                if service is not None and service._is_shown():
                    yield service

    def _find_usages_with_keys(self):
        """Find which services have keys, whoever may read them.

        :return: models, by the paths of services
        :rtype: dict of str
        """
        services = iter_services(self.env, type(self)._collection, "get")
        return {
            service._usage: service._model
            for service in services
            if getattr(service, "_model", None) and service._get_key_names()
        }

    def _get_link_keys(self, model_name):
        """Return the keys by which records of a model can be linked.

        :return: JSON schemas, by the names of the keys
        :rtype: dict
        """
        key = ("link keys", type(self)._collection)
        return keep(self.env, key, self._describe_link_keys).get(model_name, {})

    def _describe_link_keys(self):
        described = {
            model: {key: {"type": "string"}} for model, key in WELL_KNOWN.items()
        }
        for service in self._iter_shown():
            keys = described.setdefault(service._model, {})
            for key in filter(service._has_key, service._get_key_names()):
                keys.setdefault(key, service._describe_key(key))
        return described

    def _describe_key(self, key):
        if key == EXTERNAL_ID:
            return EXTERNAL_ID_SCHEMA
        return self._get_fields()[key].get_filter_schema()

    # ------------------------------------------------------------
    # Schemas
    # ------------------------------------------------------------

    def _create_schema(self):
        tell_link_keys(self._get_fields(), self._get_link_keys)
        schema = super()._create_schema()
        if self._get_external_module():
            schema[EXTERNAL_ID] = {
                "coerce": parse_external_id,
                "meta": {"json_schema": lambda: EXTERNAL_ID_SCHEMA},
            }
        return schema

    def _update_schema(self):
        schema = super()._update_schema()
        schema.pop(EXTERNAL_ID, None)
        return schema


def _leave_out(name, item):
    if not isinstance(item, dict):
        return item
    return {key: value for key, value in item.items() if key != name}


def _in_words(key):
    return key.replace("_", " ")

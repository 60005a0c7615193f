"""The models that are swept, each exposed with all of its fields that can be served."""

import random
import re
from typing import NamedTuple

from .callers import RpcError

AUTOMATIC = {"create_uid", "create_date", "write_uid", "write_date", "__last_update"}
# What no resource serves; it says so when it is asked to.
UNSERVED = {"serialized", "properties_definition", "job_serialized"}
# A field may be one that Odoo itself has no values of.
REFUSED = re.compile(r"The field (\w+) can't be served")
# It is abstract, or there is nobody who may read it.
WITHOUT_RECORDS = ("no records to serve", "The filter can't be used")
PREFIX = "sweep-"
RECORDS = 60  # that Odoo has to read at once


class Field(NamedTuple):
    """A field that is served, as Odoo describes it."""

    id: int
    name: str
    type: str
    stored: bool
    relation: str


class Exposed(NamedTuple):
    """A model that is served, under ``path``."""

    model: str
    path: str
    fields: dict  # of Field, by name

    @property
    def url(self):
        return f"/api/{self.path}"


def find_models(admin, wanted, seed):
    """Find the models that are swept.

    :param Caller admin: who may read all of them
    :param str wanted: how many of those that have records, ``all`` models, one of
        several parts of all such as ``2/8``, or names with commas between them
    :param int seed: of the choice, where there is one
    :rtype: list of dict, ``id`` and ``model``
    """
    domain = [("transient", "=", False)]
    known = admin.rpc("ir.model", "search_read", domain, ["model"], order="model")
    if wanted == "all":
        return known
    if wanted.isdigit():
        return _choose(admin, known, int(wanted), seed)
    if "/" in wanted:
        part, parts = map(int, wanted.split("/"))
        return known[part - 1 :: parts]
    names = wanted.split(",")
    return [model for model in known if model["model"] in names]


def _choose(admin, known, count, seed):
    source = random.Random(seed)  # nosec B311 # can be repeated
    chosen = []
    for model in source.sample(known, len(known)):
        if len(chosen) == count:
            break
        if _has_records(admin, model["model"]):
            chosen.append(model)
    return sorted(chosen, key=lambda model: model["model"])


def _has_records(admin, model):
    try:
        return bool(admin.rpc(model, "search", [], limit=1))
    except RpcError:  # it is abstract
        return False


def expose(admin, models):
    """Make a resource of each model.

    :param Caller admin: who may
    :param list models: of :func:`find_models`
    :return: those that have records at all
    :rtype: list of Exposed
    """
    remove(admin)
    return [exposed for exposed in map(lambda m: _expose(admin, m), models) if exposed]


def _expose(admin, model):
    domain = [("model_id", "=", model["id"]), ("name", "!=", "id")]
    names = ["name", "ttype", "readonly", "store", "relation"]
    rows = admin.rpc("ir.model.fields", "search_read", domain, names, order="name")
    rows = [row for row in rows if row["ttype"] not in UNSERVED]
    rows = _leave_out_broken(admin, model["model"], rows)
    if rows is None:
        return None
    path = PREFIX + model["model"].replace(".", "-").replace("_", "-").lower()
    values = {
        "path": path,
        "model_id": model["id"],
        "allow_update": True,
        "allow_create": True,
    }
    while True:
        values["field_ids"] = [(0, 0, _get_line(row)) for row in rows]
        try:
            admin.rpc("rest.resource", "create", values)
            break
        except RpcError as error:
            if any(text in str(error) for text in WITHOUT_RECORDS):
                return None
            refused = REFUSED.search(str(error))
            if not refused:
                raise
            rows = [row for row in rows if row["name"] != refused.group(1)]
    fields = {
        row["name"]: Field(
            row["id"], row["name"], row["ttype"], row["store"], row["relation"]
        )
        for row in rows
    }
    return Exposed(model["model"], path, fields)


def _leave_out_broken(admin, model, rows):
    """Leave out what Odoo itself can't read: of what has no column, say.

    :return: None where it can read nothing
    """
    try:
        ids = admin.rpc(model, "search", [], limit=RECORDS)
    except RpcError:  # it is abstract
        return rows
    try:
        admin.rpc(model, "read", ids, ["id"])
    except RpcError:
        return None
    binary = [row for row in rows if row["ttype"] == "binary"]
    others = [row for row in rows if row not in binary]
    return binary + _choose_readable(admin, model, ids, others)


def _choose_readable(admin, model, ids, rows):
    try:
        admin.rpc(model, "read", ids, ["id", *(row["name"] for row in rows)])
    except RpcError:
        half = len(rows) // 2
        parts = (rows[:half], rows[half:]) if half else ()
        chosen = (_choose_readable(admin, model, ids, part) for part in parts)
        return [row for part in chosen for row in part]
    return rows


def _get_line(row):
    is_read_only = row["readonly"] or row["name"] in AUTOMATIC
    return {"field_id": row["id"], "access": "read" if is_read_only else "write"}


def remove(admin):
    """Remove the resources that a sweep made."""
    domain = [("path", "=like", f"{PREFIX}%")]
    admin.rpc("rest.resource", "unlink", admin.rpc("rest.resource", "search", domain))

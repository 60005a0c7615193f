"""Every filter that the document offers finds what a loop over all records finds."""

import random
import re
import time

from blackbox.clients import list_parameters

from .callers import RpcError
from .conftest import SEED
from .oracle import get_comparable, matches

KIND = "filters"
MOST = 400  # records of a model that are looked at
BINARY = ("binary", "image")
PARENTS = ("parent_id", "location_id")  # of the trees that Odoo ships
OPTIONS = {"fields", "domain", "order", "limit", "offset", "cursor", "total", "expand"}
# Odoo's own names of operators; with others, RPC is not asked.
ORM = {"eq": "=", "ne": "!=", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
ORM.update({"in": "in", "not_in": "not in", "like": "like", "ilike": "ilike"})
ORM.update({"not_like": "not like", "not_ilike": "not ilike"})


def test_filters_find_what_a_loop_finds(sweep, callers, report):
    def check(model):
        for caller in callers:
            Filters(model, caller, report).check()

    sweep(KIND, check)


def get_offered(document, model):
    """Return what filters a document offers of a model.

    :return: operators by names of fields
    :rtype: dict of set of str
    """
    offered = {}
    for parameter in list_parameters(document, "get", model.url):
        name = parameter["name"]
        if parameter["in"] != "query" or name in OPTIONS:
            continue
        if name in model.fields or name == "id":
            name = f"{name}__eq"
        field, _separator, operator = name.rpartition("__")
        offered.setdefault(field, set()).add(operator)
    return offered


class Filters:
    """The filters of one model, as one user has them."""

    def __init__(self, model, caller, report):
        self.model = model
        self.caller = caller
        self.report = report
        self.random = random.Random(SEED)  # nosec B311 # can be repeated

    def check(self):
        document = self.caller.get_document(self.model)
        if document is None:
            return  # not for this user
        offered = get_offered(document, self.model)
        offered = {
            name: operators
            for name, operators in offered.items()
            if name == "id" or self.model.fields[name].type not in BINARY
        }
        self.records = self.read_records(list(offered))
        if self.records is None or self.has_rows_alone():
            return
        ids = [record["id"] for record in self.records]
        self.bounds = {"id__lte": max(ids)} if len(ids) == MOST else {}
        if "active" in offered:
            params = {"active": "false", **self.bounds}
            self.archived = self.read_records(["active"], **params) or []
        for name, operators in sorted(offered.items()):
            for operator in sorted(operators):
                self.check_operator(name, operator)

    def read_records(self, names, **params):
        """Read what is compared, as the API says it, of records that it gives."""
        params.update(limit=MOST, fields=",".join(names))
        answer = self.caller.call("GET", self.model.url, params=params)
        if answer.status_code != 200:
            return None  # the sweep of reading has it
        return answer.json()["data"]

    def check_operator(self, name, operator):
        for argument in self.choose_arguments(name, operator):
            params = {"fields": "id", "limit": MOST, **self.bounds}
            suffix = "" if operator == "eq" else f"__{operator}"
            text = to_text(argument)
            if name + suffix == "id__lte":
                params.pop("id__lte", None)
            params[name + suffix] = text
            answer = self.caller.call("GET", self.model.url, params=params)
            what = f"{self.model.model} by {self.caller.name}, "
            what += f"{name}__{operator}={text[:60]}"
            is_refused = (
                answer.status_code == 403
                and operator == "empty"
                and self.links_nothing_for(name)
            )
            if not self.report.check(
                KIND,
                answer.status_code == 200 or is_refused,
                f"{what}: {answer.text[:200]}",
            ):
                continue
            if is_refused:
                continue
            found = {record["id"] for record in answer.json()["data"]}
            expected = self.find(name, operator, argument)
            if found != expected:
                # Some values are others where they are read alone.
                expected = self.find_alone(name, operator, argument)
            if (
                found != expected
                and not self.is_as_odoo_searches(name, operator, argument, found)
                and not self.moves(name)
            ):
                self.report.fault(
                    KIND,
                    f"{what}: too many {sorted(found - expected)[:5]}, "
                    f"missing {sorted(expected - found)[:5]}",
                )

    def has_rows_alone(self):
        """Tell whether rows of a view are no records: several have one id."""
        try:
            ids = self.caller.rpc(self.model.model, "search", [])
        except RpcError:
            return False
        return len(set(ids)) < len(ids)

    def links_nothing_for(self, name):
        """Tell whether a field links records of a model that are not for the user."""
        relation = name != "id" and self.model.fields[name].relation
        try:
            self.caller.rpc(relation or self.model.model, "search", [], limit=1)
        except RpcError:
            return True
        return False

    def moves(self, name):
        """Tell whether the values of a field say what time it is."""
        before = self.read_records([name])
        time.sleep(1.1)
        return self.read_records([name]) != before

    def choose_arguments(self, name, operator):
        if operator == "empty":
            return [True, False]
        values = self.get_values(name)
        self.random.shuffle(values)
        if not values:
            return []
        if operator == "child_of":
            return values[:1]
        if operator in ("in", "not_in"):
            values = [value for value in values if "," not in to_text(value)]
            return [values[:2]] if values else []
        if operator.endswith("like"):
            texts = [get_part(value) for value in values if isinstance(value, str)]
            return [text for text in texts if text][:2]
        return values[:2]

    def get_values(self, name):
        values = set()
        for record in self.records:
            value = get_comparable(record.get(name))
            values.update(value if isinstance(value, list) else [value])
        values -= {None, ""}
        values = sorted(values, key=str)
        return [value for value in values if len(to_text(value)) < 200]

    def find(self, name, operator, argument):
        if operator == "child_of":
            # The top of a tree hangs below itself.
            is_parent = self.model.fields[name].relation == self.model.model
            name = "id" if is_parent and name in PARENTS else name
            operator, argument = "in", self.find_descendants(name, argument)
        # To ask for what is archived is to see it.
        records = self.archived + self.records if name == "active" else self.records
        return {
            record["id"]
            for record in records
            if matches(operator, get_comparable(record[name]), argument)
        }

    def find_alone(self, name, operator, argument):
        """Find as :meth:`find` does, among values that are read by themselves."""
        all_at_once = self.records
        self.records = self.read_records([name]) or all_at_once
        try:
            return self.find(name, operator, argument)
        finally:
            self.records = all_at_once

    def find_descendants(self, name, root):
        """Find a record that the user can see and those below it, level by level."""
        model = self.model.model if name == "id" else self.model.fields[name].relation
        found, level = set(), self.search_all(model, [("id", "=", root)])
        known = (
            self.caller.rpc(model, "fields_get", list(PARENTS), ["relation"])
            if level
            else {}
        )
        parent = next(
            (n for n in PARENTS if known.get(n, {}).get("relation") == model), None
        )
        while level:
            found |= level
            domain = [(parent, "in", sorted(level))]
            level = self.search_all(model, domain) - found
        return sorted(found)

    def search_all(self, model, domain):
        context = {**self.caller.context, "active_test": False}
        try:
            return set(self.caller.rpc(model, "search", domain, context=context))
        except RpcError:
            return set()

    def is_as_odoo_searches(self, name, operator, argument, found):
        """Tell whether Odoo says the same, where values are no oracle.

        So they are not where a field has a method to search it, and where numbers have
        more digits in PostgreSQL than they are read with.
        """
        if name == "id":
            return False
        field = self.model.fields[name]
        if field.stored and field.type != "float":
            return False
        if operator == "empty":
            operator, argument = "eq" if argument else "ne", False
        if operator not in ORM:
            return False
        domain = [(name, ORM[operator], argument)]
        domain.append(("id", "in", [record["id"] for record in self.records]))
        try:
            ids = self.caller.rpc(self.model.model, "search", domain)
        except RpcError:
            return False
        return found == set(ids)


def to_text(value):
    """Write a value, or several, as a query string has it."""
    if isinstance(value, list):
        return ",".join(map(to_text, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def get_part(text):
    """Return a part of a text in which a pattern has no signs of its own."""
    words = re.findall(r"[A-Za-z0-9]{2,}", text)
    return max(words, key=len)[:12] if words else None

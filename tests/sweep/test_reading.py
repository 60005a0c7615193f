"""Records are read as Odoo's own ``read()`` has them, by whoever may."""

import time

from .callers import RpcError
from .oracle import LIST_TYPES, to_wire

LIMIT = 60
KIND = "records read"
BINARY = ("binary", "image")
OF_SESSION = ("is_current",)  # whether it is the device that asks


def test_records_are_read_as_the_orm_reads_them(sweep, callers, report):
    def check(model):
        for caller in callers:
            check_reading(model, caller, report)

    sweep(KIND, check)


def check_reading(model, caller, report):
    what = f"{model.model} by {caller.name}"
    answer = caller.call("GET", f"{model.url}?limit={LIMIT}&total=true")
    try:
        # Where a model searches by itself, it may find less than the limit.
        ids = caller.rpc(model.model, "search", [], order="id")[:LIMIT]
        names = get_names(model, caller)
        rows = read(model, caller, ids, names)
    except RpcError as error:
        holds = 400 <= answer.status_code < 500
        report.check(KIND, holds, f"{what}: {answer.status_code}, but RPC: {error}")
        return
    if not report.check(
        KIND, answer.status_code == 200, f"{what}: {answer.text[:200]}"
    ):
        return
    page = answer.json()
    found = [record["id"] for record in page["data"]]
    if not report.check(KIND, found == ids, f"{what}: found {found}, not {ids}"):
        return
    # Some models keep back what they say that they have.
    known = {name for name in names if all(name in row for row in rows)}
    for record, row in zip(page["data"], rows):
        keys = set(record) - {"id"}
        differing = keys ^ known
        report.check(KIND, not differing, f"{what}: keys {sorted(differing)}")
        compare(model, caller, record, row, report)
    pairs = list(zip(page["data"], rows))
    for record, row in pairs[:2]:
        compare_one(model, caller, record, row, report)
    for name in known if len({*ids}) == len(ids) else ():
        if model.fields[name].stored and model.fields[name].type not in BINARY:
            compare_alone(model, caller, pairs, name, report)
    binary = [name for name in names if model.fields[name].type in BINARY]
    if binary and ids:
        compare_files(model, caller, ids[:2], binary, report)


def get_names(model, caller):
    """Names of the fields that a user may read."""
    known = caller.rpc(model.model, "fields_get", list(model.fields), ["type"])
    return [name for name in model.fields if name in known]


def read(model, caller, ids, names):
    """Read records by RPC: links by themselves.

    What is computed on the way may name what they link in another context, and Odoo
    remembers that name. What is computed of links may want to have been read with them.
    """
    names = [name for name in names if model.fields[name].type not in BINARY]
    links = [name for name in names if model.fields[name].type == "many2one"]
    others = [name for name in names if name not in links]
    try:
        return read_in_groups(
            model, caller, ids, filter(None, (links, others or ["id"]))
        )
    except RpcError:
        return read_in_groups(model, caller, ids, [names])


def read_in_groups(model, caller, ids, groups):
    context = {**caller.context, "active_test": False}
    rows = {record_id: {"id": record_id} for record_id in ids}
    for group in groups:
        for row in caller.rpc(model.model, "read", ids, group, context=context):
            rows[row["id"]].update(row)
    return [rows[record_id] for record_id in ids]


def compare(model, caller, record, row, report):
    for name, value in record.items():
        if name == "id" or name in OF_SESSION:
            continue
        field = model.fields[name]
        expected = to_wire(row[name], field.type)
        if isinstance(value, dict) and "amount" in value:
            value = value["amount"]
        if value != expected and moves(model, caller, row, name):
            continue  # it says what time it is
        report.check(
            KIND,
            value == expected,
            f"{model.model} {row['id']} by {caller.name}, {name}: "
            f"{str(value)[:80]}, not {str(expected)[:80]}",
        )


def moves(model, caller, row, name):
    """Tell whether a value that nobody writes is another one soon.

    To read some models is to write to them.
    """
    time.sleep(1.1)
    read(model, caller, [row["id"]], [n for n in row if n in model.fields])
    (again,) = read(model, caller, [row["id"]], [name])
    return again[name] != row[name]


def compare_one(model, caller, record, row, report):
    answer = caller.call("GET", f"{model.url}/{record['id']}")
    stored = {n for n in record if n == "id" or model.fields[n].stored}
    one = answer.json()
    differing = [
        name
        for name in sorted(stored)
        if name not in one
        or get_in_order(model, name, one) != get_in_order(model, name, record)
        and not moves(model, caller, row, name)
    ]
    holds = answer.status_code == 200 and not differing
    what = f"{model.model} {record['id']} by {caller.name}"
    report.check(KIND, holds, f"{what}: {answer.status_code} {differing or one}")


def compare_alone(model, caller, pairs, name, report):
    """A field that has a column is read by SQL, where no other is asked for.

    Where there are no records, nobody can tell whether Odoo has the column.
    """
    if not pairs:
        return
    params = {"limit": LIMIT, "fields": name}
    answer = caller.call("GET", model.url, params=params)
    what = f"{model.model} by {caller.name}, {name} alone"
    if not report.check(
        KIND, answer.status_code == 200, f"{what}: {answer.text[:200]}"
    ):
        return
    alone = {each["id"]: each for each in answer.json()["data"]}
    differing = [
        row["id"]
        for record, row in pairs
        if row["id"] not in alone
        or get_in_order(model, name, alone[row["id"]])
        != get_in_order(model, name, record)
        and not moves(model, caller, row, name)
    ]
    report.check(KIND, not differing, f"{what}: of {differing[:9]}")


def get_in_order(model, name, record):
    """Links that their model's order says nothing of come in any order."""
    value = record[name]
    is_list = name != "id" and model.fields[name].type in LIST_TYPES
    return sorted(value, key=str) if is_list and value else value


def compare_files(model, caller, ids, names, report):
    for name in names:
        answer = caller.call(
            "GET", model.url, params={"fields": name, "id__in": ",".join(map(str, ids))}
        )
        what = f"{model.model} by {caller.name}, {name}"
        if not report.check(
            KIND, answer.status_code == 200, f"{what}: {answer.text[:200]}"
        ):
            continue
        if name == "raw":  # RPC has no way to say bytes: what datas says is the same
            continue
        try:
            rows = caller.rpc(model.model, "read", ids, [name])
        except RpcError:  # it is no file, and nothing that RPC can say
            continue
        # What is no file is not served as one.
        expected = {
            row["id"]: row[name] if row[name] and isinstance(row[name], str) else None
            for row in rows
        }
        values = {record["id"]: record[name] for record in answer.json()["data"]}
        report.check(KIND, values == expected, f"{what}: {str(values)[:80]}")

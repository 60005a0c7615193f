"""What differs of what a client sends from what is there: that is written, and no more.

So do Odoo's forms. Odoo refuses to write some fields though their values stay, computes
others anew, and checks lines between the commands that it is given.
"""

from .fields import MonetaryField, ToManyField

LAST_CHANGE = ("write_date", "write_uid", "__last_update")


def find_changes(fields, record, values):
    """Find which values differ from those of a record.

    Lines that are changed are left to :func:`settle_lines`: whoever calls it has
    checked by then that they can be seen.

    :param dict fields: of :class:`RecordField`
    :param record: as it is, or an empty recordset if it is created
    :param dict values: what ``write()`` or ``create()`` takes, with replacements of all
        links of a field to many, as :class:`ToManyField` makes them
    :rtype: dict
    """
    by_name = {field.field.name: field for field in fields.values()}
    record = record.with_context(active_test=False)
    changes = {}
    for name, value in values.items():
        field = by_name.get(name)
        if isinstance(field, ToManyField):
            value = field.make_commands(value, record)
            if value or not record:
                changes[name] = value
        elif field is None or not _is_there(field, record, value, values):
            changes[name] = value
    return changes


def group_alike(writes):
    """Group records that change alike, for them to be written at once.

    Those with links to many stay alone: what is created there is of one record.

    :param list writes: of (record, changes), of one model
    :return: records, and what is written of all of them
    :rtype: list of (recordset, dict)
    """
    groups = {}
    for record, values in writes:
        if not values:
            continue
        has_commands = any(isinstance(value, list) for value in values.values())
        key = record.id if has_commands else repr(sorted(values.items()))
        groups.setdefault(key, (record.browse, [], values))[1].append(record.id)
    return [(browse(ids), values) for browse, ids, values in groups.values()]


def settle_lines(fields, writes, check):
    """Leave out what stays of lines that are changed, at any depth, in place.

    What is there is read at once for all lines of a field.

    :param dict fields: of :class:`RecordField`
    :param list writes: of (record, changes), of one model
    :param check: function that is called with each field to many, the record and the
        commands for it, and raises what is to be raised
    :raise ValueError: a line has a value that can't be written; it says which
    """
    for field in fields.values():
        name = field.field.name
        if not isinstance(field, ToManyField):
            continue
        if not any(name in changes for _record, changes in writes):
            continue
        lines = []
        for record, changes in writes:
            commands = changes.get(name, ())
            check(field, record, commands)
            lines += [command for command in commands if command[0] in (0, 1)]
        _settle(field, lines, check)
        for record, changes in writes:
            if name in changes:
                commands = [
                    command
                    for command in changes[name]
                    if command[0] != 1 or command[2]
                ]
                changes[name] = commands
                if record and not commands:
                    del changes[name]


def _settle(field, commands, check):
    # All of them together are what the ORM reads as one of them is asked for.
    lines = field.comodel.browse([command[1] for command in commands if command[0]])
    by_id = {line.id: line for line in lines}
    writes = []
    for command in commands:
        line = by_id[command[1]] if command[0] else lines.browse()
        values = command[2]
        if line:
            field.check_read_only(line, getattr(values, "read_only", {}))
        changes = find_changes(field.children, line, values)
        writes.append((line, changes))
    if writes:
        settle_lines(field.children, writes, check)
    for command, (_line, changes) in zip(commands, writes):
        command[2].clear()
        command[2].update(changes)


def moves_by_itself(field):
    """Tell whether a field that can't be written changes though nobody means it to.

    Each change changes who made the last one and when, and moments that are computed
    change with the clock: what was read of them is of no meaning when it is sent back.

    :param RecordField field: of a service
    :rtype: bool
    """
    of_orm = field.field
    is_of_clock = of_orm.type in ("date", "datetime") and not of_orm.store
    return not field.writable and (is_of_clock or of_orm.name in LAST_CHANGE)


def _is_there(field, record, value, values):
    if not record:
        return _is_empty_input(field.field, value)
    if isinstance(field, MonetaryField):
        currency = values.get(field.currency_field_name)
        if currency and currency != record[field.currency_field_name].id:
            return False  # another one may round otherwise
    current = record[field.field.name]
    convert = field.field.convert_to_cache
    try:
        return convert(value, record) == convert(current, record, validate=False)
    except Exception:  # which Odoo will say better
        return False


def _is_empty_input(field, value):
    """Tell whether a value says nothing of a field that is computed and has an inverse.

    Such are the passwords of users and the prices of products by pricelist: what was
    read of them is empty, and to write that would be to write something else.
    """
    is_input = not field.store and not field.inherited and not field.company_dependent
    return is_input and not value and field.type != "boolean"

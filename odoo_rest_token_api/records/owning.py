"""What becomes of linked records: whose they are, and whether they stay."""

from .fields import ToManyField


def find_taken(field, record, commands):
    """Find the records that would be taken from the one that has them.

    :param ToManyField field: that is written
    :param record: that they are linked to, or an empty recordset if it is created
    :param list commands: of the ORM, for the field
    :return: of the model that is linked, in superuser mode
    """
    linked = set()
    for code, record_id, content in commands:
        if code in (4, 6):
            linked.update(content if code == 6 else [record_id])
    lines = field.comodel.sudo().browse(sorted(linked))
    if field.inverse is None:
        return lines.browse()
    return lines.filtered(lambda line: _is_anothers(line, field, record))


def _is_anothers(line, field, record):
    owner = line[field.inverse.name]
    owner_id = owner if isinstance(owner, int) else owner.id  # of a model that is told
    if field.field.inherited:
        return bool(owner_id)
    return bool(owner_id) and owner_id != record.id


def find_deleted(field, commands):
    """Find the records that would be deleted, though they are no lines of another one.

    :param ToManyField field: that is written
    :param list commands: of the ORM, for the field
    :return: of the model that is linked
    """
    ids = [command[1] for command in commands if command[0] == 2]
    return field.comodel.browse([] if field.children else ids)


def find_linked(fields, records, names, model_name):
    """Find the records of a model that others link, lines of lines included.

    :param dict fields: of :class:`RecordField`, of the others
    :param records: the others
    :param names: of the ORM's fields that count
    :param str model_name: of what is found
    :return: in superuser mode
    """
    found = records.env[model_name].sudo()
    records = records.sudo().with_context(active_test=False)
    for field in fields.values():
        if isinstance(field, ToManyField) and field.field.name in names:
            linked = records.mapped(field.field.name)
            if linked._name == model_name:
                found |= linked
            inner = {child.field.name for child in field.children.values()}
            found |= find_linked(field.children, linked, inner, model_name)
    return found


def may_take(field):
    """Tell whether a declaration says that records may be given to another one."""
    return any(
        child.field.name == field.inverse.name and child.writable
        for child in field.children.values()
    )

"""The indexes by which clients find what has changed since they asked last.

Each is on the moment of the last change and the id of the records of a table: a page by
``write_date`` is read from it, however many records there are.
"""

from zlib import crc32

from psycopg2.sql import SQL, Identifier

SUFFIX = "_rest_sync_index"
MAX_NAME = 63  # of PostgreSQL
FIND = """
    SELECT index.relname, pg_index.indisvalid
    FROM pg_index
    JOIN pg_class index ON index.oid = pg_index.indexrelid
    WHERE index.relname LIKE %s AND index.relnamespace = current_schema()::regnamespace
"""


def may_be_synced(model):
    """Tell whether records have a table, and the moment of their last change in it.

    :param odoo.models.Model model: empty recordset
    :rtype: bool
    """
    return bool(model._auto and model._log_access and not model._abstract)


def get_name(table):
    """Return the name of the index of a table.

    :rtype: str
    """
    if len(table) + len(SUFFIX) > MAX_NAME:
        digest = f"{crc32(table.encode()):08x}"
        table = table[: MAX_NAME - len(SUFFIX) - len(digest)] + digest
    return table + SUFFIX


def find_indexes(cr):
    """Find the indexes that there are.

    :param odoo.sql_db.BaseCursor cr: of the database
    :return: whether they are whole, by their names
    :rtype: dict of bool
    """
    cr.execute(FIND, ["%" + SUFFIX.replace("_", r"\_")])
    return dict(cr.fetchall())


def update_indexes(cr, tables, at_once=False):
    """Make the indexes of some tables, and drop all others.

    :param odoo.sql_db.BaseCursor cr: of the database, that commits by itself
    :param tables: their names
    :param bool at_once: within a transaction, while nobody else writes in the tables
    """
    how = SQL("" if at_once else "CONCURRENTLY")
    found = find_indexes(cr)
    wanted = {get_name(table): table for table in tables}
    for name, is_whole in found.items():
        if name not in wanted or not is_whole:
            drop = SQL("DROP INDEX {} IF EXISTS {}")
            cr.execute(drop.format(how, Identifier(name)))
    for name, table in wanted.items():
        if not found.get(name):
            create = SQL("CREATE INDEX {} IF NOT EXISTS {} ON {} (write_date, id)")
            cr.execute(create.format(how, Identifier(name), Identifier(table)))

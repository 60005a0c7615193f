"""Functions of the database that find a token, and tell what is to be known of it.

PostgreSQL plans a statement in a function once for a connection. To plan this one takes
longer than to run it.
"""

# The column that tells which token, and its type
COLUMNS = {"secret_hash": "bpchar", "id": "integer"}  # nosec B105 # a type
CREATE = """
    CREATE FUNCTION rest_token_find_by_{column}(wanted {type}) RETURNS TABLE (
        token_id integer, owner_id integer, owner_login varchar, token_prefix varchar,
        refusal text, note_use boolean, scopes varchar[]
    ) LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN QUERY
        SELECT token.id, token.user_id, owner.login, token.prefix,
               CASE WHEN token.revoked_at IS NOT NULL THEN 'revoked'
                   WHEN token.expires_at <= now() AT TIME ZONE 'UTC' THEN 'expired'
                   WHEN NOT owner.active THEN 'its user is archived'
                   WHEN NOT EXISTS (
                       SELECT FROM res_groups_users_rel membership
                       JOIN ir_model_data ON res_id = membership.gid
                       WHERE membership.uid = owner.id
                         AND module = 'odoo_rest_token'
                         AND ir_model_data.name = 'group_rest_token'
                   ) THEN 'its user may not hold tokens'
               END,
               usage.used_at IS NULL OR usage.used_at
                   < now() AT TIME ZONE 'UTC' - interval '1 minute',
               ARRAY(
                   SELECT scope.name FROM rest_token_scope scope
                   JOIN rest_token_scope_rel rel ON rel.scope_id = scope.id
                   WHERE rel.token_id = token.id
               )
        FROM rest_token token
        JOIN res_users owner ON owner.id = token.user_id
        LEFT JOIN rest_token_usage usage ON usage.token_id = token.id
        WHERE token.{column} = wanted;
    END $$
"""


def create_functions(cr):
    """Create the functions, in place of those of another version."""
    drop_functions(cr)
    for column, column_type in COLUMNS.items():
        statement = CREATE.format(column=column, type=column_type)
        cr.execute(statement)  # pylint: disable=sql-injection # of COLUMNS


def drop_functions(cr):
    """Drop the functions, where they are there."""
    for column in COLUMNS:
        statement = f"DROP FUNCTION IF EXISTS rest_token_find_by_{column}"
        cr.execute(statement)  # pylint: disable=sql-injection # of COLUMNS

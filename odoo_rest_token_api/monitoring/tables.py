"""Tables of usage: who called what, how often, and how long it took.

They are no models', as records would take an id of each call that is counted, and lock
what they link. Counts add up whoever writes them.
"""

LOCK = "SELECT pg_advisory_xact_lock(hashtext('rest_usage_count'), 0)"
CREATE = """
    CREATE TABLE IF NOT EXISTS rest_usage_count (
        id serial PRIMARY KEY,
        day date NOT NULL,
        service text NOT NULL,
        operation text NOT NULL,
        status text NOT NULL,
        token_id integer NOT NULL,
        user_id integer NOT NULL,
        token text,
        calls bigint NOT NULL,
        seconds double precision NOT NULL,
        UNIQUE (day, service, operation, status, token_id, user_id)
    );
    CREATE INDEX IF NOT EXISTS rest_usage_count_token_id_index
        ON rest_usage_count (token_id);
    CREATE TABLE IF NOT EXISTS rest_usage_total (
        service text NOT NULL,
        operation text NOT NULL,
        status text NOT NULL,
        calls bigint NOT NULL,
        seconds double precision NOT NULL,
        PRIMARY KEY (service, operation, status)
    );
"""
DROP = "DROP TABLE IF EXISTS rest_usage_count, rest_usage_total"
COUNTED = """
    counted AS (
        SELECT * FROM unnest(
            %s::date[], %s::text[], %s::text[], %s::text[], %s::integer[],
            %s::integer[], %s::bigint[], %s::double precision[]
        ) AS each (day, service, operation, status, token_id, user_id, calls, seconds)
    )
"""
# Those that are there are updated, not inserted once more: a row takes an id then, even
# where it conflicts.
ADD = f"""
    WITH {COUNTED}, updated AS (
        UPDATE rest_usage_count AS there
        SET calls = there.calls + counted.calls,
            seconds = there.seconds + counted.seconds
        FROM counted
        WHERE (there.day, there.service, there.operation, there.status,
               there.token_id, there.user_id)
            = (counted.day, counted.service, counted.operation, counted.status,
               counted.token_id, counted.user_id)
        RETURNING there.day, there.service, there.operation, there.status,
                  there.token_id, there.user_id
    )
    INSERT INTO rest_usage_count
        (day, service, operation, status, token_id, user_id, token, calls, seconds)
    SELECT counted.day, counted.service, counted.operation, counted.status,
           counted.token_id, counted.user_id,
           (SELECT name || ' (' || prefix || ')' FROM rest_token
            WHERE rest_token.id = counted.token_id),
           counted.calls, counted.seconds
    FROM counted LEFT JOIN updated
        USING (day, service, operation, status, token_id, user_id)
    WHERE updated.day IS NULL
"""  # nosec B608
ADD_TO_TOTAL = f"""
    WITH {COUNTED}
    INSERT INTO rest_usage_total AS there (service, operation, status, calls, seconds)
    SELECT service, operation, status, sum(calls), sum(seconds)
    FROM counted GROUP BY service, operation, status
    ON CONFLICT (service, operation, status) DO UPDATE
        SET calls = there.calls + excluded.calls,
            seconds = there.seconds + excluded.seconds
"""  # nosec B608
# Whoever is not there any more is left out.
ADD_FAILED_CALLS = """
    INSERT INTO rest_failed_call
        (at, request_id, method, path, service, operation, status, description,
         token, token_id, user_id)
    SELECT at, request_id, method, path, service, operation, status, description,
           name || ' (' || prefix || ')', rest_token.id, res_users.id
    FROM unnest(
        %s::timestamp[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
        %s::integer[], %s::text[], %s::integer[], %s::integer[]
    ) AS each (at, request_id, method, path, service, operation, status, description,
               token, person)
    LEFT JOIN rest_token ON rest_token.id = each.token
    LEFT JOIN res_users ON res_users.id = each.person
"""
REMOVE = "DELETE FROM rest_usage_count WHERE day < %s"
REMOVE_TOTALS = """
    DELETE FROM rest_usage_total AS there WHERE NOT EXISTS (
        SELECT FROM rest_usage_count AS of_day
        WHERE (of_day.service, of_day.operation) = (there.service, there.operation)
    )
"""


def prepare(cr):
    """Have a transaction wait for its turn to write, and see what others wrote.

    :param odoo.sql_db.BaseCursor cr: whose transaction has not begun
    """
    cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
    cr.execute("SET LOCAL lock_timeout = '5s'")
    cr.execute(LOCK, log_exceptions=False)


def write_counts(cr, counts):
    """Add calls to what was counted of them before.

    :param odoo.sql_db.BaseCursor cr: of the database
    :param dict counts: ``[calls, seconds]`` by :class:`.gathered.Call`
    """
    if counts:
        columns = _to_columns([(*call, *total) for call, total in counts.items()])
        cr.execute(ADD, columns, log_exceptions=False)
        cr.execute(ADD_TO_TOTAL, columns, log_exceptions=False)


def write_failed_calls(cr, failed_calls):
    """Write what is kept of calls that failed.

    :param odoo.sql_db.BaseCursor cr: of the database
    :param list failed_calls: of :class:`.gathered.FailedCall`
    """
    if failed_calls:
        columns = _to_columns(failed_calls)
        cr.execute(ADD_FAILED_CALLS, columns, log_exceptions=False)


def _to_columns(rows):
    return [list(column) for column in zip(*rows)]

"""What the benchmark's database is filled with, by SQL: it is millions of rows."""

from server import HAS_KEYS

KEYS = 10_000

# The secret of token number n is n, in 40 hexadecimal digits. Their use was noted a
# while ahead, so that no request has to note it before OLD_USES.
TOKENS = """
    INSERT INTO rest_token
        (id, name, user_id, prefix, scope_keys, network_keys, quota_keys,
         create_date, expires_at, secret_hash)
    SELECT {offset} + n, 'Token ' || n, 2, left(lpad(to_hex(n), 40, '0'), 8), '', '',
           '{quotas}',
           now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC' + interval '1 day',
           encode(sha256(('access_token_' || lpad(to_hex(n), 40, '0'))::bytea), 'hex')
    FROM generate_series({first}, {last}) n;
    INSERT INTO rest_token_usage (token_id, used_at)
    SELECT {offset} + n, now() AT TIME ZONE 'UTC' + interval '1 day'
    FROM generate_series({first}, {last}) n;
    ANALYZE rest_token;
    ANALYZE rest_token_usage;
"""
TOKEN_OFFSET = 1_000_000_000
COUNTED_OFFSET = -1_500_000_000
# Of those with a number of their own, the calls are counted.
COUNTED = {2_000_000_001: "user/2:2000000000"}
COUNTED[2_000_000_002] = f"token/1:2000000000 {COUNTED[2_000_000_001]}"

OLD_USES = """
    UPDATE rest_token_usage SET used_at = used_at - interval '2 days';
"""

PARTNERS = """
    INSERT INTO res_partner (
        name, {name_column}, email, phone, street, city, zip, ref, lang, type, active,
        is_company, partner_share, color, country_id,
        create_uid, create_date, write_uid, write_date
    )
    SELECT name, name, 'partner' || n || '@example.com', '+32 2 ' || n, 'Street ' || n,
           'City ' || n % 1000, 1000 + n % 9000, 'REF' || n, 'en_US', 'contact', true,
           n % 3 = 0, true, 0, country.id, 1, written_at, 1, written_at
    FROM generate_series({first}, {last}) n,
         LATERAL (SELECT 'Partner ' || md5(n::text) AS name) names,
         LATERAL (
             SELECT now() AT TIME ZONE 'UTC' - n * interval '1 second' AS written_at
         ) writes,
         (SELECT id FROM res_country WHERE code = 'BE') country;
    UPDATE res_partner SET commercial_partner_id = id
    WHERE commercial_partner_id IS NULL;
    ANALYZE res_partner;
"""

ORDERS = 20_000
LINES = 3  # of an order
ORDERS_SQL = """
    INSERT INTO bmk_order (id, name, partner_id, day, state, currency_id, amount)
    SELECT n, 'Order ' || n, partners.ids[1 + n % cardinality(partners.ids)],
           date '2026-01-01' + n % 720,
           CASE WHEN n % 3 = 0 THEN 'draft' ELSE 'done' END,
           (SELECT id FROM res_currency WHERE name = 'EUR'), n
    FROM generate_series(1, {orders}) n,
         (SELECT array_agg(id) AS ids FROM res_partner WHERE active) partners;
    INSERT INTO bmk_order_line (order_id, name, quantity, price)
    SELECT bmk_order.id, 'Line ' || n, n, 10 * n
    FROM bmk_order, generate_series(1, {lines}) n;
    ANALYZE bmk_order;
    ANALYZE bmk_order_line;
"""

SYNCED_CODE = """
import time
model = env["ir.model"]._get("res.partner")
values = {"path": "bmk-synced", "model_id": model.id, "synced": True}
env["rest.resource"].create(values)
env.cr.commit()
while not env["rest.sync.index"]._is_whole("res_partner"):
    env.cr.rollback()
    time.sleep(0.5)
"""

API_KEYS = """
    INSERT INTO auth_api_key (name, key, user_id, active)
    SELECT 'Key ' || n, 'key ' || n, 2, true FROM generate_series(1, {count}) n;
    ANALYZE auth_api_key;
"""

PARAMETERS = """
    INSERT INTO ir_config_parameter (key, value)
    VALUES ('odoo_rest_token.max_active', '2000000000'),
           ('odoo_rest_token.user_calls_per_minute', '0');
"""

# Odoo makes its own API keys through its ORM alone.
RPC_KEY_CODE = """
import datetime, inspect
generate = env["res.users.apikeys"].with_user(2)._generate
arguments = ["rpc", "benchmark"]
if "expiration_date" in inspect.signature(generate).parameters:  # from 18.0
    arguments.append(datetime.datetime.now() + datetime.timedelta(days=1))
key = generate(*arguments)
env.cr.commit()
print("RPC key:", key)
"""


class Data:
    """The rows of a database.

    :param Database database: that is filled
    """

    def __init__(self, database):
        self.database = database
        self.tokens = 0
        self.partners = 0
        self.partner_id = None  # the last of those that were added first

    def prepare(self):
        """Add what does not grow.

        :return: an API key of Odoo's, for the administrator
        :rtype: str
        """
        self.database.execute(PARAMETERS)
        if HAS_KEYS:
            self.database.execute(API_KEYS.format(count=KEYS))
        for number, quotas in COUNTED.items():
            self._add_tokens(number, number, COUNTED_OFFSET, quotas)
        output = self.database.run_code(RPC_KEY_CODE)
        return output.partition("RPC key: ")[2].split()[0]

    def grow_tokens(self, count):
        """Add tokens until there are so many, numbered from 1."""
        self._add_tokens(self.tokens + 1, count, TOKEN_OFFSET)
        self.tokens = count

    def _add_tokens(self, first, last, offset, quotas=""):
        self.database.execute(
            TOKENS.format(first=first, last=last, offset=offset, quotas=quotas)
        )

    def add_orders(self):
        """Add orders of the partners that there are."""
        self.database.execute(ORDERS_SQL.format(orders=ORDERS, lines=LINES))

    def sync_partners(self):
        """Have an index find the partners that have changed."""
        self.database.run_code(SYNCED_CODE)

    def make_uses_old(self):
        """Have the next request with each token note its use."""
        self.database.execute(OLD_USES)

    def grow_partners(self, count):
        """Add partners until so many were added."""
        self.database.execute(
            PARTNERS.format(
                first=self.partners + 1,
                last=count,
                name_column=self.database.get_name_column(),
            )
        )
        if not self.partners:
            last = self.database.execute("SELECT max(id) FROM res_partner;")
            self.partner_id = int(last)
        self.partners = count

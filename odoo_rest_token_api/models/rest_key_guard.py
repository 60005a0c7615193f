import json
from datetime import timedelta
from hashlib import sha256

from odoo import api, fields, models

from odoo.addons.odoo_rest_token import compat

KEEP_HOURS = 1


@compat.add_constraints(
    hash_unique=("UNIQUE (key_hash)", "A key has one guard."),
)
class RestKeyGuard(models.Model):
    """What lets one request at a time create the record of a key.

    Whoever touches a key first is waited for. What they have committed then, the other
    transaction can't see: PostgreSQL fails, and Odoo tries again.
    """

    _name = "rest.key.guard"
    _description = "REST Key Guard"
    _log_access = False
    _rec_name = "key_hash"

    key_hash = fields.Char(required=True)
    touched_at = fields.Datetime(required=True, index=True)

    @api.model
    def _touch(self, keys):
        """Keep others from the records of some keys until the end of the transaction.

        :param keys: iterable of what JSON takes
        """
        texts = (json.dumps(key, default=str) for key in keys)
        hashes = sorted({sha256(text.encode()).hexdigest() for text in texts})
        self.env.cr.execute(
            """
            INSERT INTO rest_key_guard (key_hash, touched_at)
            SELECT key_hash, %s FROM unnest(%s) key_hash ORDER BY key_hash
            ON CONFLICT (key_hash) DO UPDATE SET touched_at = EXCLUDED.touched_at
            """,
            (fields.Datetime.now(), hashes),
            log_exceptions=False,
        )

    @api.autovacuum
    def _gc_keys(self):
        limit = fields.Datetime.now() - timedelta(hours=KEEP_HOURS)
        self.env.cr.execute(
            "DELETE FROM rest_key_guard WHERE touched_at < %s", (limit,)
        )

import json
from datetime import timedelta
from hashlib import sha256

from odoo import _, api, fields, models

from odoo.addons.odoo_rest_token.exceptions import JsonError

KEEP_HOURS = 24


class RestIdempotencyKey(models.Model):
    """Answer to a request that its client may send again.

    A client that got no answer can't know whether its request was carried out. It sends
    the same ``Idempotency-Key`` again, and gets the answer of the first request.
    """

    _name = "rest.idempotency.key"
    _description = "REST Idempotency Key"
    _log_access = False
    _rec_name = "key"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    key = fields.Char(required=True)
    request_hash = fields.Char(required=True)
    answer = fields.Text(required=True)
    created_at = fields.Datetime(
        required=True, index=True, default=lambda self: fields.Datetime.now()
    )

    _sql_constraints = [
        ("key_unique", "UNIQUE (user_id, key)", "A key is for one request."),
    ]

    @api.model
    def _run_once(self, key, request, function):
        """Run a function, or return what it returned to the same request before.

        Requests of one key are run one after the other. Only what succeeds is kept, as
        it is kept in the transaction of the request.

        :param str key: that the client chose, for the current user
        :param request: what the client asks for, in terms that JSON takes
        :param function: takes nothing, and returns what JSON takes
        :return: what the function returned, and whether it was run now
        :raise JsonError: 422, as the key was used for another request
        """
        request_hash = sha256(
            json.dumps(request, sort_keys=True, default=str).encode()
        ).hexdigest()
        self.env.cr.execute(
            "SELECT pg_advisory_xact_lock(hashtext('rest_idempotency_key'), "
            "hashtext(%s))",
            (f"{self.env.uid} {key}",),
        )
        answer = self._find(key, request_hash)
        if answer is not None:
            return answer, False
        answer = function()
        self.sudo().create(
            {
                "user_id": self.env.uid,
                "key": key,
                "request_hash": request_hash,
                "answer": json.dumps(answer),
            }
        )
        return answer, True

    @api.model
    def _find(self, key, request_hash):
        # The transaction of this request began before it had the lock, and doesn't see
        # what was committed while it waited.
        with self.pool.cursor() as fresh_cr:  # _() below would take one called "cr"
            fresh_cr.execute(
                "SELECT request_hash, answer FROM rest_idempotency_key "
                "WHERE user_id = %s AND key = %s",
                (self.env.uid, key),
            )
            row = fresh_cr.fetchone()
        if row is None:
            return None
        if row[0] != request_hash:
            raise JsonError(
                _("Idempotency-Key: was used for another request already"), code=422
            )
        return json.loads(row[1])

    @api.autovacuum
    def _gc_keys(self):
        limit = fields.Datetime.now() - timedelta(hours=KEEP_HOURS)
        self.sudo().search([("created_at", "<", limit)]).unlink()

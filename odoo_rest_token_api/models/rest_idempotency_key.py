import json
from datetime import timedelta
from hashlib import sha256

from odoo import _, api, fields, models

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import JsonError

KEEP_HOURS = 24


@compat.add_constraints(
    key_unique=("UNIQUE (user_id, key)", "A key is for one request."),
)
class RestIdempotencyKey(models.Model):
    """What came of a request that its client may send again.

    A client that got no answer can't know whether its request was carried out. It sends
    the same ``Idempotency-Key`` again, and nothing is done twice.
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

    @api.model
    def _run_once(self, key, request, function):
        """Run a function, or return what it returned to the same request before.

        It is the same request by the same user, in the same company and language.
        Requests of one key are run one after the other. Only what succeeds is kept, as
        it is kept in the transaction of the request.

        What it returned is not what may be answered: rights may have changed since.
        Let it be ids, and look at them anew.

        :param str key: that the client chose, for the current user
        :param request: what the client asks for, in terms that JSON takes
        :param function: takes nothing, and returns what JSON takes
        :return: what the function returned, and whether it was run now
        :raise JsonError: 422, as the key was used for another request
        """
        request_hash = self._hash_request(request)
        # Whoever has inserted the key first is waited for. What they have committed
        # then, this transaction can't see: PostgreSQL fails, and Odoo tries again.
        self.env.cr.execute(
            """
            INSERT INTO rest_idempotency_key
                (user_id, key, request_hash, answer, created_at)
            VALUES (%s, %s, %s, '', %s)
            ON CONFLICT (user_id, key) DO NOTHING RETURNING id
            """,
            (self.env.uid, key, request_hash, fields.Datetime.now()),
            log_exceptions=False,
        )
        inserted = self.env.cr.fetchone()
        if not inserted:
            return self._find(key, request_hash), False
        answer = function()
        self.env.cr.execute(
            "UPDATE rest_idempotency_key SET answer = %s WHERE id = %s",
            (json.dumps(answer), *inserted),
        )
        return answer, True

    @api.model
    def _hash_request(self, request):
        companies = self.env.context.get("allowed_company_ids")
        terms = [request, companies, self.env.company.id, self.env.lang]
        text = json.dumps(terms, sort_keys=True, default=str)
        return sha256(text.encode()).hexdigest()

    @api.model
    def _find(self, key, request_hash):
        self.env.cr.execute(
            "SELECT request_hash, answer FROM rest_idempotency_key "
            "WHERE user_id = %s AND key = %s",
            (self.env.uid, key),
        )
        first_hash, answer = self.env.cr.fetchone()
        if first_hash != request_hash:
            raise JsonError(
                _("Idempotency-Key: was used for another request already"), code=422
            )
        return json.loads(answer)

    @api.autovacuum
    def _gc_keys(self):
        limit = fields.Datetime.now() - timedelta(hours=KEEP_HOURS)
        self.sudo().search([("created_at", "<", limit)]).unlink()

from datetime import date

from ..monitoring.gathered import gathered
from .common import RestApiCase


class UsageCase(RestApiCase):
    """Looks at what was gathered of the calls of a test."""

    def setUp(self):
        super().setUp()
        gathered.forget(self.env.cr.dbname)
        self.model = self.env["ir.model"]._get("res.country")
        self.resource = self.env["rest.resource"].create(
            {
                "path": "test-countries",
                "model_id": self.model.id,
                "field_ids": [(0, 0, {"field_id": self._field("name")})],
            }
        )
        self.path = "/api/test-countries"

    def _field(self, name):
        return self.env["ir.model.fields"]._get("res.country", name).id

    def _find(self, **values):
        """Find the usage of today, as it is written now.

        :param values: of fields, that it has
        """
        self.env["rest.usage"]._write_gathered()
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["rest.usage"].search([("day", "=", date.today()), *domain])

    def _add_usage(self, day=None, calls=1, operation="auth_me", token=None):
        """Write that there were calls, at any day."""
        self._flush()
        self.env.cr.execute(
            """
            INSERT INTO rest_usage_count
                (day, service, operation, status, token_id, user_id, token, calls,
                 seconds)
            VALUES (%s, '/api/auth', %s, '2xx', %s, %s, %s, %s, 1)
            RETURNING id
            """,
            (
                day or date.today(),
                operation,
                token.id if token else 0,
                token.user_id.id if token else 0,
                token and f"{token.name} ({token.prefix})",
                calls,
            ),
        )
        return self.env["rest.usage"].browse(self.env.cr.fetchone())

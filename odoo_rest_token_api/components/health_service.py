from .. import restapi


class HealthService(restapi.Component):
    """Whether this server answers, for who sends requests to it."""

    _name = "health.rest.service"
    _inherit = "base.rest.service"
    _collection = "rest.token.services"
    _usage = "health"
    _description = __doc__

    @restapi.method(
        [("/", "GET")],
        output_param=restapi.CerberusAnswer("_health_schema"),
        auth="public",
    )
    def check(self):
        """Tell whether the database can be used: 200, or 503"""
        self.env.cr.execute("SELECT 1")
        return {"status": "ok"}

    def _health_schema(self):
        return {"status": {"type": "string", "required": True, "allowed": ["ok"]}}

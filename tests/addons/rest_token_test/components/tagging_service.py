from odoo.addons.base_rest.restapi import CerberusValidator as PlainValidator
from odoo.addons.odoo_rest_token_api import restapi

TAGS = {"type": "list", "schema": {"type": "string"}}
SCHEMA = {
    "name": {"type": "string"},
    "tags": TAGS,
    "words": {**TAGS, "coerce": lambda v: v.split() if isinstance(v, str) else v},
}
ANSWER = restapi.CerberusAnswer({"said": {"type": "dict", "required": True}})


class TaggingService(restapi.Component):
    """A service whose parameters are lists."""

    _name = "rest.test.tagging.service"
    _inherit = "rest.token.service"
    _usage = "tagging"
    _description = __doc__

    @restapi.method(
        [("/own", "GET"), ("/own", "POST")],
        input_param=restapi.CerberusValidator(SCHEMA),
        output_param=ANSWER,
    )
    def say_own(self, **params):
        """Say what was sent"""
        return {"said": params}

    @restapi.method(
        [("/plain", "GET"), ("/plain", "POST")],
        input_param=PlainValidator({"name": {"type": "string"}, "tags": TAGS}),
        output_param=ANSWER,
    )
    def say_plain(self, **params):
        """Say what was sent, as base_rest reads it"""
        return {"said": params}

from odoo.exceptions import UserError

from odoo.addons.odoo_rest_token_api import restapi


class Model(restapi.RestMethodParam):
    """Type of a parameter as other addons bring them, such as those of pydantic.

    It takes an object, or a list of objects, for granted.
    """

    def __init__(self, many=False):
        self.many = many

    def from_params(self, service, params):
        if self.many:
            return [Model().from_params(service, each) for each in params]
        values = {"name": None, **params}
        if not isinstance(values["name"], str):
            raise UserError("BadRequest name")  # pylint: disable=translation-required
        return [values["name"]]

    def to_response(self, service, result):
        return result

    def to_openapi_query_parameters(self, service, spec):
        schema = {"type": "string"}
        return [
            {
                "name": "name",
                "in": "query",
                "required": False,
                "allowEmptyValue": False,
                "default": "Ada",
                "schema": schema,
            }
        ]

    def to_openapi_requestbody(self, service, spec):
        schema = self.to_json_schema(service, spec, "input")
        return {"content": {"application/json": {"schema": schema}}}

    def to_openapi_responses(self, service, spec):
        schema = self.to_json_schema(service, spec, "output")
        return {"200": {"content": {"application/json": {"schema": schema}}}}

    def to_json_schema(self, service, spec, direction):
        schema = {"type": "object", "properties": {"name": {"type": "string"}}}
        return {"type": "array", "items": schema} if self.many else schema


class TypedService(restapi.Component):
    """Parameters of all types of base_rest."""

    _name = "rest.test.typed.service"
    _inherit = "base.rest.service"
    _collection = "rest.token.services"
    _usage = "typed"
    _description = __doc__

    @restapi.method([("/model", "POST"), ("/model", "GET")], input_param=Model())
    def take_model(self, names):
        """Take an object"""
        return {"names": names}

    @restapi.method([("/models", "POST")], input_param=Model(many=True))
    def take_models(self, names):
        """Take a list"""
        return {"names": names}

    @restapi.method(
        [("/form", "POST")],
        input_param=restapi.MultipartFormData(
            {
                "photo": restapi.BinaryData("image/png", required=True),
                "terms": restapi.BinaryData("text/plain"),
                "about": restapi.CerberusValidator(
                    {"name": {"type": "string", "required": True}}
                ),
            }
        ),
        output_param=Model(),
    )
    def take_form(self, photo, terms, about):
        """Take a form"""
        sizes = [len(file.read()) if file else None for file in (photo, terms)]
        return {"name": about["name"], "sizes": sizes}

    @restapi.method([("/file", "GET")], output_param=restapi.BinaryData("image/png"))
    def give_file(self):
        """Give a file"""
        return b"PNG"

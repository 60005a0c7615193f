"""Resources, as an administrator makes them by Odoo's RPC."""


class Exposing:
    """Makes resources, and removes what it made."""

    def __init__(self, backend):
        self.backend = backend
        self.ids = []

    def __call__(self, path, model, *fields, **values):
        """Expose a model.

        :param fields: names of fields, or pairs of a name and the access to it
        :return: id of the resource
        """
        model_id = self.find("ir.model", model=model)
        lines = [(0, 0, self.line(model_id, field)) for field in fields]
        values = {"path": path, "model_id": model_id, "field_ids": lines, **values}
        self.ids.append(self.backend("rest.resource", "create", values))
        return self.ids[-1]

    def line(self, model_id, field):
        name, access = (field, "read") if isinstance(field, str) else field
        field_id = self.find("ir.model.fields", model_id=model_id, name=name)
        return {"field_id": field_id, "access": access}

    def find(self, model, /, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.backend(model, "search", domain)[0]

    def write(self, resource, **values):
        self.backend("rest.resource", "write", [resource], values)

    def remove(self):
        self.backend("rest.resource", "unlink", self.ids)

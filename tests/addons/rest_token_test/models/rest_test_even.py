from odoo import api, fields, models


class RestTestEven(models.Model):
    """Records of which a user sees those of even numbers, as the model itself says."""

    _name = "rest.test.even"
    _description = "REST Test Even"

    name = fields.Char(required=True)
    number = fields.Integer()
    kept_back = fields.Integer(help="Which the model gives to nobody.")

    @api.model
    def check_field_access_rights(self, operation, field_names):  # up to 18.0
        names = super().check_field_access_rights(operation, field_names)
        return [name for name in names if name != "kept_back"]

    def _has_field_access(self, field, operation):  # from 19.0
        is_given = field.name != "kept_back"
        return is_given and super()._has_field_access(field, operation)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Filter after the search, and forget the order, as models of Odoo's do."""
        count = kwargs.pop("count", False)  # up to 15.0
        query = super()._search(domain, offset, limit, order, **kwargs)
        self.env.cr.execute(  # from 17.0, to read a field is to search
            "SELECT id FROM rest_test_even WHERE id = ANY(%s) AND number %% 2 = 0 "
            "ORDER BY id",
            (list(query),),
        )
        ids = [record_id for (record_id,) in self.env.cr.fetchall()]
        if count:
            return len(ids)
        found = self.browse(ids)
        return found._as_query() if hasattr(found, "_as_query") else ids  # from 16.0

from marshmallow import fields, validate

from odoo.addons.datamodel.core import Datamodel
from odoo.addons.datamodel.fields import NestedModel


class Author(Datamodel):
    _name = "neighbour.author"

    name = fields.String(required=True)


class Book(Datamodel):
    _name = "neighbour.book"

    title = fields.String(required=True, validate=validate.Length(min=2))
    pages = fields.Integer(allow_none=True)
    author = NestedModel("neighbour.author")


class Filter(Datamodel):
    _name = "neighbour.filter"

    title = fields.String(allow_none=True)
    limit = fields.Integer(load_default=20)

"""Files and images."""

import base64
import binascii

from ... import wire
from ..sources import get_origin
from .base import RecordField

# Binary fields of Odoo hold base64: it is what they are given, and what they give.
# These hold the file itself. Nothing of a field tells, nor a value: some files are
# base64, letter by letter. Odoo goes by these names too, as it serves files.
RAW_FIELDS = {("ir.attachment", "raw"), ("ir.attachment", "db_datas")}


class BinaryField(RecordField):
    """Base64, and only for a client that asks for it by name."""

    operators = ("empty",)
    by_default = False

    @property
    def is_raw(self):
        """Whether ``read()`` gives the file, and ``write()`` takes it: no base64."""
        origin = get_origin(self.model, self.field)
        return (origin.model_name, origin.name) in RAW_FIELDS

    def get_value_schema(self):
        return {**super().get_value_schema(), "contentEncoding": "base64"}

    def to_json(self, value, values):
        if not value or not isinstance(value, (bytes, str)):
            return None  # Some are computed and no files, as the views of actions are.
        if isinstance(value, str):
            return value
        if self.is_raw or not value.isascii():
            value = base64.b64encode(value)
        return value.decode()

    def parse(self, value):
        try:
            content = base64.b64decode(wire.to_text(value), validate=True)
        except (ValueError, binascii.Error):
            raise ValueError("must be base64") from None
        return content if self.is_raw else value

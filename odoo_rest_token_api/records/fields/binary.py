"""Files and images."""

import base64
import binascii

from ... import wire
from .base import RecordField


class BinaryField(RecordField):
    """Base64, and only for a client that asks for it by name."""

    operators = ("empty",)
    by_default = False

    def get_value_schema(self):
        return {**super().get_value_schema(), "contentEncoding": "base64"}

    def to_json(self, value, values):
        if not value:
            return None
        return value.decode() if isinstance(value, bytes) else value

    def parse(self, value):
        try:
            base64.b64decode(wire.to_text(value), validate=True)
        except (ValueError, binascii.Error):
            raise ValueError("must be base64") from None
        return value

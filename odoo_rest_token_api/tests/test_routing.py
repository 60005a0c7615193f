from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, Rule

from odoo.tests.common import BaseCase

from ..routing import PartialMaps


class TestPartialMaps(BaseCase):
    """A path is compared with the rules that start as it does, and with no others."""

    def setUp(self):
        super().setUp()
        self.maps = PartialMaps(
            Map(
                [
                    Rule("/api/partners/", endpoint="search"),
                    Rule("/api/partners/<int:record_id>", endpoint="get"),
                    Rule("/api/orders/<int:record_id>", endpoint="get order"),
                    Rule("/api/<string:name>/about", endpoint="about"),
                    Rule("/api", endpoint="root"),
                ],
                strict_slashes=False,
            )
        )

    def _match(self, path):
        return self.maps.find(path).bind("localhost").match(path)

    def _get_endpoints(self, path):
        return [rule.endpoint for rule in self.maps.find(path).iter_rules()]

    def test_rules_match_as_in_the_whole_map(self):
        for path, match in (
            ("/api/partners", ("search", {})),
            ("/api/partners/", ("search", {})),
            ("/api/partners/7", ("get", {"record_id": 7})),
            ("/api/orders/7", ("get order", {"record_id": 7})),
            ("/api", ("root", {})),
        ):
            self.assertEqual(self._match(path), match)

    def test_other_rules_are_not_compared(self):
        self.assertEqual(self._get_endpoints("/api/partners/7"), ["search", "get"])

    def test_path_that_no_rule_starts_as(self):
        for path in ("/api/books/7", "/api/books/about", "/", ""):
            with self.assertRaises(NotFound):
                self._match(path)

from collections import defaultdict
from copy import copy

from werkzeug.routing import Map


class PartialMaps:
    """Maps of those rules of another map that start with the same two words.

    :param werkzeug.routing.Map routing_map: of all rules
    """

    def __init__(self, routing_map):
        self._whole = routing_map
        self._rules = defaultdict(list)
        for rule in routing_map.iter_rules():
            self._rules[get_start(rule.rule)].append(rule)
        self._maps = {}

    def find(self, path):
        """Find the map for a path.

        :param str path: of a request
        :return: a map of the rules that start as it does, maybe of none
        :rtype: werkzeug.routing.Map
        """
        start = get_start(path)
        if start not in self._rules:
            return Map()
        if start not in self._maps:
            self._maps[start] = self._make_map(self._rules[start])
        return self._maps[start]

    def _make_map(self, rules):
        rules = [copy(rule) for rule in rules]
        for rule in rules:
            rule.map = None  # so that it can be bound to another one
        whole = self._whole
        return Map(
            rules, strict_slashes=whole.strict_slashes, converters=whole.converters
        )


def get_start(path):
    """Return what a path, or the route of a rule, starts with: its first two words.

    :param str path: ``/api/partners/1``
    :return: ``/api/partners``
    :rtype: str
    """
    return "/".join(path.split("/", 3)[:3])

"""What is called by a path and a method of HTTP: one table for a database."""

from contextlib import suppress

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import BaseConverter, Map, Rule

RESOURCE = "rest_resource_path"  # argument of the paths of resources
PART = "part"  # argument of the paths of what a service has by name: its actions, files
NO_VERB = "-"
WORD = "[a-z][a-z0-9_-]*"  # in a path, that administrators choose


class ResourceConverter(BaseConverter):
    """Path of a resource, as administrators choose it."""

    regex = WORD


class PartConverter(BaseConverter):
    """Name of an action, a report or a file of a service.

    What a service declares by a path of its own goes before.
    """

    regex = WORD
    weight = 1000


def make_map(converters):
    """Make a map of paths that sends nobody from one to another.

    :param dict converters: by the names that paths call them
    :rtype: werkzeug.routing.Map
    """
    paths = Map(strict_slashes=False, converters=converters)
    paths.merge_slashes = False  # which Werkzeug does from 1.0 on
    return paths


class Table:
    """The operations of a database.

    :param dict converters: of Werkzeug, by the names that paths call them
    """

    def __init__(self, converters):
        converters = {
            **converters,
            "rest_resource": ResourceConverter,
            "rest_part": PartConverter,
        }
        self._services = make_map(converters)
        self._resources = make_map(converters)
        self._usages = set()
        self.operations = []
        self.roots = {}  # of their controllers' classes
        self.synced_models = set()  # names of models that services say are synced

    def add_root(self, controller_class):
        """Serve what there is below the root of a controller.

        :param controller_class: a ``RestTokenController``
        """
        self.roots[controller_class._root_path] = controller_class

    def add(self, operation):
        """Add an operation, whose root is served.

        :param Operation operation: of a service, or of whatever resource
        """
        self.operations.append(operation)
        is_resource = operation.usage is None
        usage = f"<rest_resource:{RESOURCE}>" if is_resource else operation.usage
        path = _strip(f"{operation.root}{usage}{operation.path}")
        rule = Rule(path, endpoint=operation, methods=self._get_verbs(operation))
        rule.merge_slashes = False
        if operation.verb == "GET" and not operation.only_reads:
            rule.methods.discard("HEAD")  # that Werkzeug adds
        (self._resources if is_resource else self._services).add(rule)
        self._usages.add((operation.root, operation.usage))

    def _get_verbs(self, operation):
        preflight = ["OPTIONS"] if "cors" in operation.routing else []
        return [operation.verb, *preflight]

    def match(self, path, verb):
        """Find the operation that a request is for.

        :param str path: of the request
        :param str verb: its method of HTTP
        :return: the rule, whose endpoint is the operation, and what the path says
        :rtype: (werkzeug.routing.Rule, dict)
        :raise werkzeug.exceptions.NotFound: there is none at that path
        :raise werkzeug.exceptions.MethodNotAllowed: none by that method: it says which
        """
        try:
            return self._match(self._services, path, verb)
        except NotFound:
            rule, arguments = self._match(self._resources, path, verb)
            if self.is_service(rule.endpoint.root, arguments[RESOURCE]):
                raise
            return rule, arguments

    def get_verbs(self, path):
        """Return the methods of HTTP that operations of a path declare.

        :rtype: list of str
        """
        with suppress(NotFound):
            try:
                self.match(path, NO_VERB)
            except MethodNotAllowed as error:
                return error.valid_methods
        return []

    def _match(self, rules, path, verb):
        return rules.bind("").match(_strip(path), verb, return_rule=True)

    def find_root(self, collection):
        """Find the root below which a collection of services is served.

        :param str collection: its name
        :return: such as ``/api/``, or None
        """
        for root, controller_class in self.roots.items():
            if controller_class._collection_name == collection:
                return root
        return None

    def get_operations(self, root, usage):
        """Return the operations of one service.

        :param str root: below which it is
        :param str usage: of the service, or None for that of resources
        :rtype: list of Operation
        """
        return [
            operation
            for operation in self.operations
            if (operation.root, operation.usage) == (root, usage)
        ]

    def get_resource_words(self):
        """Return the words that paths and operations of all resources begin with.

        What administrators name would not be found there.

        :rtype: set of str
        """
        operations = [each for each in self.operations if each.usage is None]
        paths = (word for each in operations for word in each.path.split("/"))
        return {each.name for each in operations} | {w for w in paths if "<" not in w}

    def is_service(self, root, usage):
        """Tell whether a service has a path, which no resource can have then.

        :rtype: bool
        """
        return (root, usage) in self._usages


def _strip(path):
    """Leave out final slashes: what Werkzeug makes of them depends on the method."""
    return path.rstrip("/") or "/"

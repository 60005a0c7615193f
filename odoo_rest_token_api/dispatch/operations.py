"""What can be called: methods of services, as ``restapi.method`` declares them."""

import inspect
import re
from contextlib import contextmanager
from copy import copy

from odoo.http import request

from odoo.addons.base_rest.controllers.main import _PseudoCollection
from odoo.addons.component.core import WorkContext

ROUTING_TYPE = "rest_token"
RESOURCE_SERVICE = "rest.resource.service"
RESOURCE_COLLECTION = "rest.token.services"
OUTERMOST = "odoo_rest_token_api.outermost"  # components that go over all others
KEPT = "odoo_rest_token_api.kept"  # for a request: an environment, and what is of it
ARGUMENT_RE = re.compile(r"<(?:[^<>]*:)?(\w+)>")
PART_RE = re.compile(r"<rest_part:\w+>")
READING_VERBS = {"GET", "HEAD", "OPTIONS"}
# What a controller says for methods that say nothing, and Odoo's own default
DEFAULTS = {"auth": "user", "cors": None, "csrf": False, "save_session": True}


class Operation:
    """One method of a service, at one path, by one method of HTTP.

    For Odoo it is the endpoint of a route, which is called with what the path says.

    :param controller_class: a ``RestTokenController``, which says below which root
    :param str usage: of the service, or None for whatever resource the path names
    :param str name: of the method of the service
    :param str path: below the path of the service, such as ``/<int:record_id>``
    :param str verb: method of HTTP
    :param dict declared: what ``restapi.method`` was told
    :param str declared_path: the first of the paths that were declared with this one:
        in its order the method takes what the path says
    """

    first_arg_is_req = False  # asked for up to 15.0

    def __init__(
        self, controller_class, usage, name, path, verb, declared, declared_path
    ):
        self.controller_class = controller_class
        self.root = controller_class._root_path
        self.usage = usage
        self.name = name
        self.path = path
        self.verb = verb
        self.is_alias = path != declared_path
        self.arg_names = ARGUMENT_RE.findall(declared_path)
        self.declared = declared
        self.part = None  # what the service has by name, once it is known which
        self.text = None  # of the method, if not told otherwise
        self.routing = {
            **get_routing(controller_class, declared),
            "type": ROUTING_TYPE,
            "methods": [verb],
            "readonly": False,
        }

    @property
    def only_reads(self):
        return only_reads(self.declared)

    @property
    def part_kind(self):
        """What a service has by names, of which the path says one, if it does."""
        return self.declared.get("part")

    def bind(self, part, text, **declared):
        """Make the operation of one part of a service.

        :param str part: its name in the path
        :param str text: what it does, a summary in its first line
        :param declared: what it says otherwise than the method, such as its scope
        :rtype: Operation
        """
        bound = copy(self)
        bound.part = part
        bound.text = text
        bound.path = PART_RE.sub(part, self.path)
        bound.routing = {**self.routing, **declared}
        return bound

    def get_id(self, usage):
        """Return the name of the operation in the document.

        :param str usage: of its service, or path of the resource
        :return: such as ``partners_search``
        :rtype: str
        """
        operation_id = f"{usage}_{self.routing.get('operation_id', self.name)}"
        if len(self.routing["routes"]) > 1:
            operation_id += f"_{self.verb.lower()}"
        return operation_id.replace(".", "_").replace("-", "_")

    def __repr__(self):
        return f"<{self.verb} {self.root}{self.usage or '<resource>'}{self.path}>"

    def __call__(self, **arguments):
        names = (name for name in self.arg_names if name in arguments)
        request.rest_call.args = [arguments[name] for name in names]
        return self.controller_class()._process_method(self.usage, self.name)

    @contextmanager
    def open_service(self, resource=None):
        """Open the service, in the environment of the request.

        :param resource: record of ``rest.resource``, in superuser mode, where the path
            names one
        :return: the component
        """
        if resource:
            yield get_resource_service(resource)
        else:
            with self.controller_class().service_component(self.usage) as service:
                yield service


def get_routing(controller_class, declared):
    """Complete what a method says of its route by what its controller says.

    As base_rest does it: ``public_or_default`` is the controller's own authentication,
    for whoever brings a credential.

    :param dict declared: what ``restapi.method`` was told
    :rtype: dict
    """
    routing = {
        name: getattr(controller_class, f"_default_{name}", default)
        for name, default in DEFAULTS.items()
    }
    auth = routing["auth"]
    routing.update(declared)
    if routing["auth"] == "public_or_default":
        routing["auth"] = f"public_or_{auth}"
    if not routing["cors"]:
        del routing["cors"]  # Odoo takes it for set, up to 15.0
    return routing


def get_declared(method):
    """Return what ``restapi.method`` was told of a method.

    base_rest calls it "original_routing" from Odoo 16.0.

    :rtype: dict, or None for a method that is not exposed
    """
    return getattr(method, "original_routing", None) or getattr(method, "routing", None)


def only_reads(declared):
    """Tell whether a method changes nothing, as far as its declaration says.

    :param dict declared: what ``restapi.method`` was told
    :rtype: bool
    """
    return all(verb in READING_VERBS for _paths, verb in declared["routes"])


def iter_operations(controller_class, service_class, usage):
    """Iterate over the operations that a service declares.

    :param controller_class: that serves it
    :param type service_class: of the component
    :param str usage: of the service, or None for that of resources
    :rtype: iterator of Operation
    """
    for name, method in inspect.getmembers(service_class, inspect.isfunction):
        declared = get_declared(method)
        for paths, verb in declared["routes"] if declared else ():
            for path in paths:
                yield Operation(
                    controller_class, usage, name, path, verb, declared, paths[0]
                )


def get_resource_service(resource):
    """Return the service of a resource, in the environment of the request.

    :param resource: record of ``rest.resource``, in superuser mode
    :rtype: the component ``rest.resource.service``
    """
    work = _make_work(request.env, request=request, resource=resource)
    return work.component_by_name(RESOURCE_SERVICE)


def get_resource_service_class(env):
    """Return the class of the service of all resources.

    :param odoo.api.Environment env: of the database whose components count
    :return: None where those components are not there
    """
    return _make_work(env).components_registry.get(RESOURCE_SERVICE)


def _make_work(env, **options):
    return WorkContext(
        model_name="rest.service.registration",
        collection=_PseudoCollection(RESOURCE_COLLECTION, env),
        authenticated_partner_id=None,
        **options,
    )


def open_service(env, collection, usage):
    """Open a service of a collection, in the environment of the request, once.

    :param odoo.api.Environment env: of the request
    :param str collection: that has the service
    :param str usage: of the service: its path
    :return: the component, or None
    """
    key = ("service", collection, usage)
    return keep(env, key, lambda: _open_service(env, collection, usage))


def keep(env, key, make):
    """Return what is made once for a request, as long as its environment stays.

    :param odoo.api.Environment env: of the request
    :param key: of what is made
    :param make: function that makes it
    :return: whatever that function does
    """
    environ = request.httprequest.environ
    kept_env, kept = environ.get(KEPT, (None, None))
    if kept_env is not env:  # that of a transaction before it
        kept = {}
        environ[KEPT] = (env, kept)
    if key not in kept:
        kept[key] = make()
    return kept[key]


def _open_service(env, collection, usage):
    table = env.registry.rest_operations
    root = table.find_root(collection)
    for operation in table.get_operations(root, usage)[:1]:
        with operation.open_service() as service:
            return service
    resources = env["rest.resource"].sudo()
    has_resources = bool(table.get_operations(root, None))
    found = resources._find_served(usage) if has_resources else None
    return get_resource_service(resources.browse(found[0])) if found else None


def reopen_service(service, env):
    """Open a service once more, in another environment of the same user.

    :param service: component
    :param odoo.api.Environment env: of the same database
    :return: the component
    """
    collection = _PseudoCollection(service.work.collection._name, env)
    work = service.work.work_on(collection=collection)
    if hasattr(work, "resource"):
        work.resource = work.resource.with_env(env(su=True))
    return work.component_by_name(service._name)


def find_services(env, collection, names):
    """Find which services of a collection have the records of which model.

    What an administrator exposes goes before what services have.

    :param odoo.api.Environment env: of the request
    :param str collection: whose services are meant
    :param names: of operations, of which they are to serve one at least
    :return: paths of services, by names of models
    :rtype: dict of list of str
    """
    exposed, declared = {}, {}
    for name in names:
        for service in iter_services(env, collection, name):
            model = getattr(service, "_model", None)
            if model and service._is_served(name):
                found = exposed if hasattr(service.work, "resource") else declared
                usages = found.setdefault(model, [])
                if service._usage not in usages:
                    usages.append(service._usage)
    return {**declared, **exposed}


def iter_services(env, collection, name):
    """Iterate over the services of a collection that have an operation.

    :param odoo.api.Environment env: of the request
    :param str collection: whose services are meant
    :param str name: of the method of the services
    :return: components, those of resources among them
    """
    table = env.registry.rest_operations
    operations = {
        operation.usage: operation
        for operation in table.operations
        if operation.name == name and operation.root == table.find_root(collection)
    }
    for usage, operation in operations.items():
        if usage is not None:
            with operation.open_service() as service:
                yield service
        else:
            for resource in env["rest.resource"].sudo().search([]):
                yield get_resource_service(resource)

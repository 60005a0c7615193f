import re

from werkzeug.exceptions import NotFound

import odoo.http
from odoo.http import request

from odoo.addons.base_rest.controllers.main import _PseudoCollection
from odoo.addons.component.core import WorkContext

from .main import COLLECTION, forbid_caching, prepare_call

# base_rest has a type of its own from Odoo 16.0.
ROUTE_TYPE = "restapi" if hasattr(odoo.http, "Dispatcher") else "http"
ROOT = "/odoo_rest_token_api/resource/"
RECORDS = ROOT + "<string:resource_path>"
RECORD = ROOT + "<string:resource_path>/<int:record_id>"
RESOURCE_RE = re.compile(r"/api/([a-z][a-z0-9_-]*)(/\d+)?/?")


def route(path, *methods):
    return odoo.http.route(
        path,
        type=ROUTE_TYPE,
        auth="rest_token",
        methods=list(methods),
        csrf=False,
        save_session=False,
    )


class ResourceController(odoo.http.Controller):
    """Routes of the resources that administrators expose.

    A request is routed here where no service has its path, but a resource has.
    """

    @route(RECORDS, "GET")
    def search(self, resource_path):
        return self._call(resource_path, "search")

    @route(RECORDS, "POST")
    def create(self, resource_path):  # pylint: disable=method-required-super
        return self._call(resource_path, "create")

    @route(RECORD, "GET")
    def get(self, resource_path, record_id):
        return self._call(resource_path, "get", record_id)

    @route(RECORD, "PATCH", "PUT")
    def update(self, resource_path, record_id):
        return self._call(resource_path, "update", record_id)

    @route(RECORD, "DELETE")
    def delete(self, resource_path, record_id):
        return self._call(resource_path, "delete", record_id)

    def _call(self, resource_path, method_name, *args):
        params = prepare_call(args)
        resource = request.env["rest.resource"].sudo()
        resource = resource.search([("path", "=", resource_path)])
        if not resource:
            raise NotFound()
        service = get_resource_service(resource)
        result = service.dispatch(method_name, *args, params=params)
        if not isinstance(result, odoo.http.Response):
            result = request.make_json_response(result)
        return forbid_caching(result)


def get_resource_route(path):
    """Return the path of the route that serves a resource.

    :param str path: that a client asked for
    :rtype: str, or None where there is no such resource
    """
    match = RESOURCE_RE.fullmatch(path)
    if not match:
        return None
    request.cr.execute(
        "SELECT FROM rest_resource WHERE path = %s AND active", (match.group(1),)
    )
    return (
        ROOT + match.group(1) + (match.group(2) or "") if request.cr.rowcount else None
    )


def get_resource_verbs(path):
    """Return the methods of HTTP that a resource allows at a path.

    :param str path: that a client asked for, of a resource
    :rtype: list of str
    """
    resource_path, record_id = RESOURCE_RE.fullmatch(path).groups()
    resource = request.env["rest.resource"].sudo()
    service = get_resource_service(resource.search([("path", "=", resource_path)]))
    return sorted(service._get_verbs(["/<int:record_id>" if record_id else "/"]))


def get_resource_service(resource):
    """Return the service of a resource, in the environment of the request.

    :param resource: record of ``rest.resource``, in superuser mode
    :rtype: the component ``rest.resource.service``
    """
    work = WorkContext(
        model_name="rest.service.registration",
        collection=_PseudoCollection(COLLECTION, request.env),
        request=request,
        resource=resource,
        authenticated_partner_id=None,
    )
    return work.component_by_name("rest.resource.service")

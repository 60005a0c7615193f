import json
import logging
from contextlib import contextmanager

from werkzeug.exceptions import NotFound

from odoo.http import request, route

from odoo.addons.base_rest.controllers.api_docs import (
    ApiDocsController as BaseApiDocsController,
)
from odoo.addons.component.exception import NoComponentError

from ..dispatch.operations import get_resource_service
from ..errors import is_database_failure
from ..openapi.document import get_version, merge_documents
from ..roots import roots
from .main import COLLECTION, ApiController

_logger = logging.getLogger(__name__)

VARY = "Authorization, access-token, Accept-Language"  # what the document depends on


class ApiDocsController(BaseApiDocsController):
    """Swagger UI shows what administrators expose beside the services."""

    @route(
        "/api/openapi.json",
        type="http",
        methods=["GET"],
        auth="public_or_rest_token",
        rest_token_scope=None,
        save_session=False,
    )
    def openapi(self):
        """Describe the whole API, or what the token of the request can call of it."""
        response = self._respond("openapi.json", self._make_document)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Vary"] = VARY
        return response

    @route()
    def api(self, collection, service_name):
        make = super().api
        collection = collection.strip("/")
        if not roots.is_ours(f"/{collection}/", request.db):
            return make(collection, service_name)
        key = (collection, service_name)
        return self._respond(key, lambda: make(collection, service_name).get_data())

    def _respond(self, key, make):
        """Answer with a description, which is kept for those whom anybody may be.

        :param key: what is described
        :param make: function that makes it, as JSON
        :rtype: odoo.http.Response
        """
        env = request.env
        if env.user._is_public() and not getattr(request, "rest_principal", None):
            lang = env.context.get("lang")
            # Others have no effect, and there is no end of them.
            if lang not in dict(env["res.lang"].get_installed()):
                lang = "en_US"
            key = (key, lang, env.uid)
            document = env["rest.resource"]._keep_description(key, make)
        else:
            document = make()
        return request.make_response(document, [("Content-Type", "application/json")])

    def _make_document(self):
        services = self._get_service_in_collection(COLLECTION)
        documents = map(
            self._describe, sorted(services, key=lambda service: service._usage)
        )
        documents = filter(None, documents)
        version = get_version(request.env)
        merged = merge_documents("Odoo REST API", version, documents)
        return json.dumps(merged, separators=(",", ":"))

    def _describe(self, service):
        """Describe a service, or leave it out if it is out of order.

        :rtype: dict, or None
        """
        try:
            return service.to_openapi(openapi_version="3.1.0")
        except Exception as error:
            if is_database_failure(error):
                raise
            _logger.exception("%r is left out of the document", service._usage)
            return None

    def _get_service_in_collection(self, collection_name):
        services = super()._get_service_in_collection(collection_name)
        services = [service for service in services if service._is_available()]
        if collection_name == COLLECTION:
            resources = request.env["rest.resource"].sudo().search([])
            services += [get_resource_service(resource) for resource in resources]
        return services

    @contextmanager
    def service_and_controller_class(self, collection_path, service_name):
        resource = request.env["rest.resource"].sudo().browse()
        if collection_path.strip("/") == ApiController._root_path.strip("/"):
            resource = resource.search([("path", "=", service_name)])
        if resource:
            yield get_resource_service(resource), ApiController
            return
        try:
            found = super().service_and_controller_class(collection_path, service_name)
            with found as (service, controller_class):
                if not service._is_available():
                    raise NotFound()
                yield service, controller_class
        except (NoComponentError, KeyError) as error:
            raise NotFound() from error

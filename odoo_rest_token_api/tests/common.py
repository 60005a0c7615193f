import re
from functools import cached_property
from urllib.parse import urlsplit

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.tests.common import RestTokenHttpCase


class Client:
    """Program that calls the test server with a token.

    Each method takes a path, and what ``requests.request`` takes beside it: ``json``,
    ``params``, ``headers``. It returns a ``requests.Response``.

    :param RestTokenHttpCase case: the test
    :param token: record of ``rest.token``, in superuser mode
    :param str secret: of the token
    """

    def __init__(self, case, token, secret):
        self._case = case
        self.token = token
        self.secret = secret

    def request(self, method, path, **options):
        return self._case._request(method, path, self.secret, **options)

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, **options):
        return self.request("POST", path, **options)

    def patch(self, path, **options):
        return self.request("PATCH", path, **options)

    def put(self, path, **options):
        return self.request("PUT", path, **options)

    def delete(self, path, **options):
        return self.request("DELETE", path, **options)


class RestApiCase(RestTokenHttpCase):
    """Test case for services of the API, in this addon or in yours::

        @tagged("post_install", "-at_install")
        class TestBooks(RestApiCase):
            def test_books_are_served(self):
                response = self.client.get("/api/books")
                self.assertEqual(self.assertDone(response)["count"], 0)
                self.assertAsDocumented(response)

    ``self.client`` has a token of ``self.holder``, an internal user. What a test writes
    is rolled back in the end. It has to be tagged ``post_install``, as HTTP needs all
    addons.
    """

    scope_audience = "rest.token.services"

    def setUp(self):
        super().setUp()
        self.client = self._new_client()

    def _new_client(self, user=None, scope=""):
        """Make a client with a token of its own.

        :param user: record of ``res.users``; ``self.holder`` if not given
        :param str scope: what the token is limited to, as in ``books:read books:lend``;
            nothing if not given
        :rtype: Client
        """
        return Client(self, *self._issue(user, scope=scope))

    def _add_group(self, user, group):
        """Make a user a member of a group.

        :param user: record of ``res.users``
        :param str group: its XML id
        """
        compat.add_to_group(user, self.env.ref(group))

    @cached_property
    def document(self):
        """The whole API in OpenAPI 3.1, as it is served to everybody.

        :rtype: dict
        """
        return self.assertDone(self._request("GET", "/api/openapi.json"))

    def assertDone(self, response, status=200):
        """Check the status of an answer, and return what it says.

        :param int status: HTTP status
        :return: the JSON of the body; ``None`` where there is none
        """
        self.assertEqual(response.status_code, status, response.text)
        return response.json() if response.content else None

    def assertError(self, response, code, description=None):
        """Check that a response is an error, in the shape that all errors have.

        :param int code: HTTP status
        :param str description: regular expression
        """
        self.assertEqual(response.status_code, code, response.text)
        self.assertEqual(response.headers["Content-Type"], "application/json")
        body = response.json()
        self.assertEqual(set(body), {"code", "name", "description"})
        self.assertEqual(body["code"], code)
        self.assertLess(len(response.content), 5000)
        if description:
            self.assertRegex(body["description"], description)
        if code == 401:
            self.assertIn("Bearer", response.headers["WWW-Authenticate"])

    def assertDocumented(self, method, path):
        """Check that the OpenAPI document knows an operation, and return it.

        :param str method: of HTTP
        :param str path: as it is called, ``/api/books/1``, or documented,
            ``/api/books/{record_id}``
        :return: what the document says of the operation
        :rtype: dict
        """

        def matches(documented):
            return re.fullmatch(re.sub(r"{\w+}", "[^/]+", documented), path)

        paths = self.document["paths"]
        candidates = sorted(filter(matches, paths), key=lambda each: each.count("{"))
        methods = paths[candidates[0]] if candidates else {}
        self.assertIn(method.lower(), methods, f"{method} {path} is not documented")
        return methods[method.lower()]

    def assertAsDocumented(self, response):
        """Check that an answer is one of those that the OpenAPI document tells of.

        Its status and its body count. This needs the Python package ``jsonschema``.
        """
        from jsonschema import Draft202012Validator

        request = response.request
        operation = self.assertDocumented(request.method, urlsplit(request.url).path)
        status = str(response.status_code)
        self.assertIn(status, operation["responses"], response.text)
        answer = self._follow(operation["responses"][status])
        if "content" not in answer:
            self.assertFalse(response.content)
            return
        schema = dict(answer["content"]["application/json"]["schema"])
        schema["components"] = self.document["components"]
        errors = [
            f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
            for error in Draft202012Validator(schema).iter_errors(response.json())
        ]
        self.assertFalse(errors, "the answer is not as documented")

    def _follow(self, described):
        """Return what a reference of the document stands for, if it is one."""
        if "$ref" not in described:
            return described
        _root, _components, kind, name = described["$ref"].split("/")
        return self.document["components"][kind][name]

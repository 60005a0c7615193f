from unittest.mock import patch

from lxml import etree

from odoo import fields
from odoo.sql_db import Cursor
from odoo.tests.common import HOST, HttpCase, TransactionCase, new_test_user
from odoo.tools import config, mute_logger


class RestTokenMixin:
    """Users, tokens and shortcuts that the tests share."""

    scope_audience = ""  # whose scopes are meant where others have the same names

    def setUp(self):
        super().setUp()
        self.tokens = self.env["rest.token"]
        self.holder = self._new_user("holder")

    def _new_user(self, login, groups="base.group_user"):
        login = f"rest_{login}"
        return new_test_user(self.env, login=login, groups=groups, password=login)

    def _issue(self, user=None, name="Test", expires_at=None, scope=""):
        """Issue a token as its owner.

        :param str scope: names of scopes, with spaces between them, if it is limited
        :return: the token, in superuser mode, and its secret
        """
        user = user or self.holder
        scopes = self.env["rest.token.scope"]
        scopes = scopes._parse(scope, self.scope_audience) if scope else scopes
        return self.tokens.with_user(user)._issue(user, name, expires_at, scopes)

    def _expire(self, token):
        token.expires_at = fields.Datetime.subtract(fields.Datetime.now(), hours=1)

    def _flush(self):
        flush = getattr(self.env, "flush_all", None) or self.env["base"].flush
        flush()

    def _invalidate(self):
        invalidate = getattr(self.env, "invalidate_all", None)
        (invalidate or self.env["base"].invalidate_cache)()

    def _record_statements(self, call):
        """Return the SQL statements that a call takes, but those that tests make.

        :rtype: list
        """
        statements = []
        execute = Cursor.execute

        def spy(cursor, query, *args, **kwargs):
            if "SAVEPOINT" not in str(query):
                statements.append(query)
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", spy):
            call()
        return statements

    def _install_french(self, *addons):
        """Install French, and what these addons say in it, if not this one alone."""
        self.env["res.lang"]._activate_lang("fr_FR")
        names = addons or ("odoo_rest_token",)
        modules = self.env["ir.module.module"].search([("name", "in", names)])
        modules._update_translations(["fr_FR"])

    def _get_french_texts(self, model, view_type, view=None):
        """Return the texts of a view, as it is shown in French.

        :param str view: XML id; the default one if not given
        :rtype: str
        """
        model = self.env[model].with_context(lang="fr_FR")
        view_id = self.env.ref(view).id if view else False
        get_view = getattr(model, "get_view", None) or model.fields_view_get
        arch = etree.fromstring(get_view(view_id, view_type)["arch"])
        attributes = arch.xpath("//@string | //@confirm | //@placeholder")
        return " ".join([*arch.itertext(), *attributes])

    def _set_parameter(self, name, value):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("odoo_rest_token." + name, value)


class RestTokenCase(RestTokenMixin, TransactionCase):
    pass


class RestTokenHttpCase(RestTokenMixin, HttpCase):
    def _request(self, method, path, secret=None, **kwargs):
        """Send a request to the test server.

        :param str secret: token to send in the header ``access-token``
        :param kwargs: of ``requests.request``
        :rtype: requests.Response
        """
        self._flush()
        headers = dict(kwargs.pop("headers", {}))
        if secret:
            headers["access-token"] = secret
        url = f"http://{HOST}:{config['http_port']}{path}"
        with mute_logger("odoo.http", "odoo.addons.odoo_rest_token.models.rest_token"):
            response = self.opener.request(method, url, headers=headers, **kwargs)
        self._invalidate()
        return response

    def _call(self, model, method, ids=(), args=(), **kwargs):
        """Call a method as the web client does, and return the answer.

        :rtype: dict
        """
        params = {
            "model": model,
            "method": method,
            "args": [list(ids), *args] if ids else list(args),
            "kwargs": kwargs,
        }
        path = f"/web/dataset/call_kw/{model}/{method}"
        return self._request("POST", path, json={"params": params}).json()

    def _give_password(self, action, password):
        """Answer Odoo's dialog that asks for it, and return the answer to that."""
        self.assertEqual(action["res_model"], "res.users.identitycheck")
        check = [action["res_id"]]
        self._call(action["res_model"], "write", check, [{"password": password}])
        # From Odoo 19.0, it is in the context.
        context = {"password": password}
        return self._call(action["res_model"], "run_check", check, context=context)

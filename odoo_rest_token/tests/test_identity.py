import time
import xmlrpc.client
from unittest.mock import patch

from odoo.http import root
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..identity import PROOF
from ..principal import Principal
from .common import RestTokenHttpCase

# What Odoo asks for the password before: model, values of the dialog, method
PROTECTED = [
    ("rest.token.issue", {"name": "Stolen"}, "action_issue"),
    ("res.users.apikeys.description", {"name": "Stolen"}, "make_key"),
    ("res.users", None, "api_key_wizard"),
]
# From Odoo 16.0, Odoo itself refuses them over RPC.
REFUSAL = "web client with it|can only be accessed over HTTP"
RPC = ["/xmlrpc/object", "/xmlrpc/2/object", "/jsonrpc"]


@tagged("post_install", "-at_install")
class TestIdentity(RestTokenHttpCase):
    """A proof of identity counts for a session's user, and for no program."""

    def setUp(self):
        super().setUp()
        self.thief = self._new_user("thief")
        self.token, self.secret = self._issue()
        keys = self.env["res.users.apikeys"].with_user(self.holder).sudo()
        # From Odoo 18.0, keys expire.
        expiry = [None] if "expiration_date" in keys._fields else []
        self.api_key = keys._generate(None, "Test", *expiry)
        self.keys = self._get_keys()

    def _get_keys(self):
        return self.env["res.users.apikeys"].search([("user_id", "=", self.holder.id)])

    def _prove(self, user):
        """Log a web session in, and have it prove the user's identity."""
        self.authenticate(user.login, user.login)
        action = self._call("res.users", "api_key_wizard", user.ids)["result"]
        answer = self._give_password(action, user.login)
        self.assertEqual(answer["result"]["res_model"], PROTECTED[1][0])

    def _open_session(self):
        """Open a web session of the holder's with the token."""
        self.authenticate(None, None)
        path = "/odoo_rest_token/test/session"
        response = self._request("POST", path, self.secret)
        self.opener.cookies.clear()
        self.opener.cookies["session_id"] = response.cookies["session_id"]

    def _stored_session(self):
        return root.session_store.get(self.opener.cookies.get_dict()["session_id"])

    def _rpc(self, path, password, model, method, *args):
        """Call a method as the holder, beside the cookie of the session.

        :return: body of the answer
        :rtype: str
        """
        params = [self.env.cr.dbname, self.holder.id, password, model, method, args]
        if path == "/jsonrpc":
            body = {"service": "object", "method": "execute_kw", "args": params}
            return self._request("POST", path, json={"params": body}).text
        body = xmlrpc.client.dumps((*params[:-1], list(args)), "execute_kw")
        headers = {"Content-Type": "text/xml"}
        return self._request("POST", path, data=body, headers=headers).text

    def _press(self, path, secret, model, method, record_id):
        path = f"/odoo_rest_token/test/{path}/{model}/{method}/{record_id}"
        headers = {"Authorization": f"Bearer {secret}"}
        return self._request("POST", path, headers=headers).text

    def _all_programs(self):
        """Yield a name and a function for each way of a program's to call a method.

        The function takes a model, a method and an id, and returns a text.
        """
        passwords = {
            "token": self.secret,
            "API key": self.api_key,
            "password": self.holder.login,
        }
        for path in RPC:
            for name, password in passwords.items():

                def call(model, method, record_id, path=path, password=password):
                    return self._rpc(path, password, model, method, [record_id])

                yield f"{path} with a {name}", call
        yield "route", lambda *args: self._press("press", self.secret, *args)

    def _all_protected(self):
        """Yield a model, a method and an id for each that is protected."""
        for model, values, method in PROTECTED:
            record = self.holder
            if values:
                record = self.env[model].with_user(self.holder).create(values)
            yield model, method, record.id

    def assertRefused(self, call):
        for protected in self._all_protected():
            with self.subTest(" ".join(map(str, protected))):
                answer = call(*protected)
                self.assertRegex(answer, REFUSAL)
        self.assertEqual(self.holder.rest_token_ids, self.token)
        self.assertEqual(self._get_keys(), self.keys)

    def test_proof_counts_for_no_program(self):
        for user in (self.thief, self.holder):
            self._prove(user)
            for name, call in self._all_programs():
                with self.subTest(f"{name}, session of {user.login}"):
                    self.assertRefused(call)

    def test_proof_does_not_count_for_an_api_key_as_bearer(self):
        if not hasattr(self.env["ir.http"], "_auth_method_bearer"):
            return  # before Odoo 18.0
        self._prove(self.holder)
        self.assertRefused(
            lambda *args: self._press("bearer/press", self.api_key, *args)
        )

    def test_proof_does_not_count_for_what_another_addon_authenticated(self):
        self._prove(self.thief)
        ir_http = type(self.env["ir.http"])

        def authenticate(cls):
            cls._set_rest_principal(Principal(self.holder.id))

        method = "_auth_method_rest_token"
        with patch.object(ir_http, method, classmethod(authenticate)):
            self.assertRefused(lambda *args: self._press("press", "", *args))

    def test_proof_does_not_count_for_a_call_that_is_tried_again(self):
        self._prove(self.thief)
        dialogs = type(self.env["res.users.identitycheck"])
        create = dialogs.create
        tries = []

        def fail_once(self, vals_list):
            tries.append(self.env.uid)
            if len(tries) == 1:
                self.env.cr.execute("DO $$ BEGIN RAISE serialization_failure; END $$")
            return create(self, vals_list)

        protected = next(self._all_protected())
        with patch.object(dialogs, "create", fail_once):
            with mute_logger("odoo.sql_db", "odoo.service.model"):
                answer = self._press("press", self.secret, *protected)
        self.assertEqual(len(tries), 2)
        self.assertRegex(answer, REFUSAL)
        self.assertEqual(self.holder.rest_token_ids, self.token)

    def test_session_of_a_token_proves_nothing(self):
        self._open_session()
        session = self._stored_session()
        self.assertEqual(session.uid, self.holder.id)
        for proof in (0, time.time()):  # whoever wrote it
            session[PROOF] = proof
            root.session_store.save(session)
            self.assertRefused(
                lambda model, method, record_id: str(
                    self._call(model, method, [record_id])
                )
            )

    def test_program_does_not_answer_the_dialog(self):
        self.authenticate(self.holder.login, self.holder.login)
        action = self._call("res.users", "api_key_wizard", self.holder.ids)["result"]
        dialog = action["res_id"]
        session = dict(self._stored_session())
        for path in RPC:
            answer = self._rpc(
                path, self.secret, action["res_model"], "run_check", [dialog]
            )
            self.assertRegex(answer, REFUSAL)
        self.assertEqual(dict(self._stored_session()), session)
        self.assertIn("result", self._give_password(action, self.holder.login))

    def test_program_does_not_read_what_is_typed_into_the_dialog(self):
        self.authenticate(self.holder.login, self.holder.login)
        action = self._call("res.users", "api_key_wizard", self.holder.ids)["result"]
        self._give_password(action, "typing error")
        model = action["res_model"]
        for path in RPC:
            for method, args in (
                ("read", [[action["res_id"]], ["password"]]),
                ("search", [[("password", "=like", "t%")]]),
                ("search_read", [[], ["password"]]),
                ("write", [[action["res_id"]], {"password": "mine"}]),
                ("create", [{"password": "mine"}]),
            ):
                with self.subTest(f"{path} {method}"):
                    answer = self._rpc(path, self.secret, model, method, *args)
                    self.assertRegex(answer, REFUSAL)

    def test_programs_leave_the_session_as_it_is(self):
        self._prove(self.holder)
        session = dict(self._stored_session())
        self.assertIn(PROOF, session)
        for _name, call in self._all_programs():
            call("res.users", "api_key_wizard", self.holder.id)
        self.assertEqual(dict(self._stored_session()), session)

    def test_person_is_not_asked_again_for_ten_minutes(self):
        self._prove(self.holder)
        wizard = self._call("rest.token.issue", "create", args=[{"name": "Page"}])
        for model, ids, method, shown in (
            ("res.users", self.holder.ids, "api_key_wizard", PROTECTED[1][0]),
            ("rest.token.issue", [wizard["result"]], "action_issue", "rest.token.show"),
        ):
            action = self._call(model, method, ids)["result"]
            self.assertEqual(action["res_model"], shown)
        session = self._stored_session()
        session[PROOF] = time.time() - 601
        root.session_store.save(session)
        action = self._call("res.users", "api_key_wizard", self.holder.ids)["result"]
        self.assertEqual(action["res_model"], "res.users.identitycheck")

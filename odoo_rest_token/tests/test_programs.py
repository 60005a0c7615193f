from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .. import compat
from .common import RestTokenCase, RestTokenHttpCase

PING = "/odoo_rest_token/test/whoami"


class ProgramMixin:
    def setUp(self):
        super().setUp()
        groups = "base.group_erp_manager,base.group_partner_manager,base.group_user"
        self.manager = self._new_user("manager", groups)

    def _make_program(self, name="Nightly export", group="base.group_user", **options):
        group = self.env.ref(group)
        users = self.env["res.users"].with_user(self.manager)
        return users._create_rest_program(name, group, **options).with_env(self.env)


@tagged("post_install", "-at_install")
class TestPrograms(ProgramMixin, RestTokenCase):
    """A program is a user who acts by tokens, and in no other way."""

    def test_program_has_what_its_groups_have_and_a_login_that_nobody_types(self):
        program = self._make_program()
        self.assertTrue(program.is_rest_program)
        self.assertTrue(program.has_group("base.group_user"))
        self.assertTrue(program.has_group("odoo_rest_token.group_rest_program"))
        self.assertFalse(program.has_group("base.group_erp_manager"))
        self.assertEqual(program.login, "program-nightly-export")
        program.active = False
        self.assertEqual(self._make_program().login, "program-nightly-export-2")
        self.assertEqual(self._make_program("日本").login, "program")

    def test_managers_alone_make_programs(self):
        users = self.env["res.users"].with_user(self.holder)
        with self.assertRaises(AccessError):
            users._create_rest_program("Mine", self.env.ref("base.group_user"))

    def test_program_gets_no_password_in_any_way(self):
        program = self._make_program()
        with self.assertRaisesRegex(UserError, "no password"):
            program.with_user(self.manager).write({"password": "secret"})
        self._invalidate()
        with suppress(UserError):
            program.with_user(self.manager).write({"new_password": "secret"})
        self._flush()
        self.env.cr.execute(
            "SELECT password FROM res_users WHERE id = %s", (program.id,)
        )
        self.assertEqual(self.env.cr.fetchone(), (None,))
        with self.assertRaises(UserError):
            self.env["res.users"].create(
                {
                    "name": "Program",
                    "login": "rest_program",
                    "is_rest_program": True,
                    "password": "secret",
                }
            )

    def test_program_does_not_log_in_even_with_a_password(self):
        program = self._make_program()
        hashed = program._crypt_context().hash("secret")
        self._flush()
        self.env.cr.execute(
            "UPDATE res_users SET password = %s WHERE id = %s", (hashed, program.id)
        )
        self._invalidate()
        users = self.env["res.users"].with_user(program)
        credential = {"type": "password", "login": program.login, "password": "secret"}
        for interactive in (True, False):
            for each in (credential, "secret"):
                with self.assertRaises(AccessDenied):
                    users._check_credentials(each, {"interactive": interactive})

    def test_program_is_sent_no_link_to_set_a_password(self):
        program = self._make_program(email="export@example.com")
        for values in ({"signup_type": "reset"}, {"signup_token": "secret"}):
            with self.assertRaisesRegex(UserError, "no password"):
                program.partner_id.write(values)

    def test_nobody_is_made_a_program_or_a_person_later(self):
        program = self._make_program()
        for user, is_program in ((program, False), (self.holder, True)):
            with self.assertRaises(UserError):
                user.write({"is_rest_program": is_program})
        program.write({"is_rest_program": True, "name": "Other"})

    def test_tokens_tell_whether_they_act_as_a_person(self):
        program = self._make_program()
        token, _secret = self.tokens.with_user(self.manager)._issue(program, "Test")
        own, _secret = self._issue()
        self.assertEqual(token.user_kind, "program")
        self.assertEqual(own.user_kind, "person")
        self.assertEqual(token.create_uid, self.manager)
        found = self.tokens.search([("user_kind", "=", "program")])
        self.assertIn(token, found)
        self.assertNotIn(own, found)

    def test_who_made_a_program_is_told_that_its_token_expires(self):
        program = self._make_program()
        tokens = self.tokens.with_user(self.manager)
        with patch.object(type(self.tokens), "_tell_owner") as tell:
            token, _secret = tokens._issue(program, "Test")
        tell.assert_not_called()
        self.assertEqual(token._get_person_to_tell(), self.manager)


@tagged("post_install", "-at_install")
class TestProgramsOverHttp(ProgramMixin, RestTokenHttpCase):
    def _issue_to_program(self):
        program = self._make_program()
        tokens = self.tokens.with_user(self.manager)
        return program, *tokens._issue(program.with_user(self.manager), "Test")

    def test_program_of_no_kind_of_users_is_served(self):
        program = self._make_program(group="base.group_partner_manager")
        _token, secret = self.tokens.with_user(self.manager)._issue(program, "Test")
        compat.clear_caches(self.registry)
        response = self._request("GET", PING, secret)
        self.assertEqual(response.status_code, 200, response.text)

    def test_wizard_makes_a_program_and_shows_its_token(self):
        self.authenticate("rest_manager", "rest_manager")
        group = self.env.ref("base.group_partner_manager")
        values = {"name": "Web Shop", "group_ids": [(6, 0, group.ids)]}
        values["networks"] = "127.0.0.0/8"
        model = "rest.token.program"
        dialog = self._call(model, "create", args=[values])["result"]
        action = self._call(model, "action_issue", [dialog])["result"]
        action = self._give_password(action, "rest_manager")["result"]
        secret = action["context"]["default_secret"]
        response = self._request("GET", PING, secret)
        self.assertEqual(response.text.split()[0], "program-web-shop")
        program = self.env["res.users"].search([("login", "=", "program-web-shop")])
        self.assertTrue(program.has_group("base.group_partner_manager"))
        self.assertEqual(program.rest_token_ids.networks, "127.0.0.0/8")
        self.assertEqual(program.email, self.env.company.email)

    def test_wizard_is_for_managers(self):
        self.authenticate("rest_holder", "rest_holder")
        values = {"name": "Web Shop"}
        answer = self._call("rest.token.program", "create", args=[values])
        self.assertIn("error", answer)

    def test_program_opens_no_web_session(self):
        _program, _token, secret = self._issue_to_program()
        response = self._request("POST", "/odoo_rest_token/test/session", secret)
        self.assertEqual(response.status_code, 403)
        self.assertIn("program", response.json()["description"])

    def test_session_of_a_program_is_none(self):
        program, _token, _secret = self._issue_to_program()
        self.assertFalse(program.with_user(program)._compute_session_token("sid"))

    @mute_logger("odoo.addons.base.models.res_users")
    def test_token_of_a_program_is_good_for_rpc(self):
        program, token, secret = self._issue_to_program()
        self._flush()
        users = self.env["res.users"]
        compat.check_password(users, program.id, secret)
        token.action_revoke()
        self._flush()
        with self.assertRaises(AccessDenied):
            compat.check_password(users, program.id, secret)

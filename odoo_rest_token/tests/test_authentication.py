import json
import os
import re
from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.tests.common import tagged
from odoo.tools import config

from ..models.rest_token import RestToken
from .common import RestTokenHttpCase

WHOAMI = "/odoo_rest_token/test/whoami"


@tagged("post_install", "-at_install")
class TestAuthentication(RestTokenHttpCase):
    def setUp(self):
        super().setUp()
        self.token, self.secret = self._issue()

    def assertRefused(self, response, error=None):
        self.assertEqual(response.status_code, 401)
        self.assertEqual(response.headers["Content-Type"], "application/json")
        self.assertEqual(set(response.json()), {"code", "name", "description"})
        challenge = response.headers["WWW-Authenticate"]
        self.assertTrue(challenge.startswith('Bearer realm="Odoo"'), challenge)
        told = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
        self.assertEqual(told.get("error"), error)

    def test_token_of_every_spelling_is_accepted(self):
        for headers in (
            {"access-token": self.secret},
            {"Access-Token": f"{self.secret} "},
            {"Authorization": f"Bearer {self.secret}"},
            {"Authorization": f"bearer  {self.secret}"},
            {"Authorization": "Basic eDp5", "access-token": self.secret},
        ):
            response = self._request("GET", WHOAMI, headers=headers)
            self.assertEqual(response.status_code, 200, headers)
            self.assertEqual(response.text.split()[0], "rest_holder")

    def test_route_that_only_reads_takes_tokens(self):
        path = "/odoo_rest_token/test/readonly"
        response = self._request("GET", path, self.secret)
        self.assertEqual(response.text, self.holder.login)
        self.token._revoke()
        self.assertRefused(self._request("GET", path, self.secret), "invalid_token")

    def test_missing_token_is_challenged(self):
        self.assertRefused(self._request("GET", WHOAMI))
        for authorization in ("Basic eDp5", "Bearer", self.secret):
            headers = {"Authorization": authorization}
            self.assertRefused(self._request("GET", WHOAMI, headers=headers))

    def test_language_that_is_not_installed_refuses_nobody(self):
        self.assertNotIn("nn_NO", dict(self.env["res.lang"].get_installed()))
        headers = {"Accept-Language": "nn-NO"}
        self.assertRefused(self._request("GET", WHOAMI, headers=headers))
        headers["access-token"] = "access_token_" + "0" * 40
        response = self._request("GET", WHOAMI, headers=headers)
        self.assertRefused(response, "invalid_token")
        headers["access-token"] = self.secret
        response = self._request("GET", WHOAMI, headers=headers)
        self.assertEqual(response.status_code, 200)

    def test_token_in_the_query_string_is_not_read(self):
        for name in ("access_token", "access-token"):
            response = self._request("GET", f"{WHOAMI}?{name}={self.secret}")
            self.assertRefused(response)

    def test_invalid_tokens_get_one_and_the_same_answer(self):
        revoked, revoked_secret = self._issue()
        revoked.action_revoke()
        expired, expired_secret = self._issue()
        self._expire(expired)
        answers = set()
        for secret in (
            revoked_secret,
            expired_secret,
            "access_token_" + 40 * "0",
            "x",
            self.secret.upper(),
            self.secret + "0",
            10000 * "a",
        ):
            response = self._request("GET", WHOAMI, secret)
            self.assertRefused(response, "invalid_token")
            answers.add(response.text)
        self.assertEqual(len(answers), 1)

    def test_json_route_answers_401_without_a_traceback(self):
        call = {"data": json.dumps({"params": {}})}
        call["headers"] = {"Content-Type": "application/json"}
        path = "/odoo_rest_token/test/json"
        self.assertRefused(self._request("POST", path, **call))
        response = self._request("POST", path, self.secret, **call)
        self.assertEqual(response.json()["result"], "rest_holder")

    def test_language_is_the_users(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.holder.lang = "fr_FR"
        response = self._request("GET", WHOAMI, self.secret)
        self.assertEqual(response.text, "rest_holder fr_FR")

    def test_requests_open_no_session(self):
        def sessions():
            return {
                name
                for _path, _dirs, names in os.walk(config.session_dir)
                for name in names
            }

        before = sessions()
        for secret in (self.secret, "unknown", None):
            response = self._request("GET", WHOAMI, secret)
            self.assertNotIn("Set-Cookie", response.headers)
        self.assertEqual(sessions(), before)

    def test_token_counts_where_a_session_is_open_too(self):
        self._new_user("somebody")
        self.authenticate("rest_somebody", "rest_somebody")
        response = self._request("GET", WHOAMI, self.secret)
        self.assertEqual(response.text.split()[0], "rest_holder")
        self.assertRefused(self._request("GET", WHOAMI))

    def test_use_is_noted_once_a_minute(self):
        self.assertFalse(self.token.last_used_at)
        self._request("GET", WHOAMI, self.secret)
        self.assertEqual(self.token.last_used_address, "127.0.0.1")
        for seconds, is_noted in ((30, False), (90, True)):
            before = fields.Datetime.now() - timedelta(seconds=seconds)
            self.token.usage_ids.used_at = before
            self._request("GET", WHOAMI, self.secret)
            self.assertEqual(self.token.last_used_at > before, is_noted)

    def test_refused_token_notes_no_use(self):
        self.token.action_revoke()
        self._request("GET", WHOAMI, self.secret)
        self.assertFalse(self.token.last_used_at)

    def test_database_out_of_reach_is_503_and_not_401(self):
        with patch.object(
            RestToken, "_authenticate", side_effect=psycopg2.OperationalError
        ):
            response = self._request("GET", WHOAMI, self.secret)
        self.assertEqual(response.status_code, 503)
        self.assertEqual(response.json()["code"], 503)

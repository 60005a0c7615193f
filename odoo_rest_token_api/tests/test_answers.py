from unittest.mock import patch

from cerberus import SchemaError

from odoo.tests.common import TransactionCase
from odoo.tools import config

from ..restapi import CerberusAnswer
from ..schemas import make_validator


class TestAnswers(TransactionCase):
    """What a method answers is held to its schema by tests, not by requests."""

    answer = CerberusAnswer({"count": {"type": "integer", "required": True}})
    wrong_answers = [{"count": "1"}, {"count": 1, "total": 1}, {}]

    def test_tests_refuse_what_the_schema_refuses(self):
        for answer in self.wrong_answers:
            with self.assertRaisesRegex(ValueError, "count|total"):
                self.answer.to_response(None, answer)

    def test_answer_is_sent_as_it_is(self):
        for answer, in_test in [
            ({"count": 1}, True),
            *((a, False) for a in self.wrong_answers),
        ]:
            with patch.dict(config.options, test_enable=in_test):
                self.assertIs(self.answer.to_response(None, answer), answer)


class TestValidators(TransactionCase):
    schema = {"name": {"type": "string", "required": True}}

    def test_known_schema_refuses_what_it_refused_before(self):
        for known in (False, True):
            validator = make_validator(self.schema, known)
            self.assertTrue(validator.validate({"name": "Ada"}))
            for document in ({"name": 1}, {}, {"name": "Ada", "city": "Namur"}):
                self.assertFalse(validator.validate(document))

    def test_schema_that_is_none_is_refused(self):
        with self.assertRaises(SchemaError):
            make_validator({"name": {"type": "no type"}})

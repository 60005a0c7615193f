from inspect import isfunction

from odoo.models import BaseModel
from odoo.tests.common import TransactionCase

from ..dispatch.call import RestCall


class TestCall(TransactionCase):
    def test_no_step_hides_a_method_of_the_orm(self):
        steps = {name for name, value in vars(RestCall).items() if isfunction(value)}
        self.assertIn("_answer", steps)
        self.assertFalse(steps.intersection(dir(BaseModel)))

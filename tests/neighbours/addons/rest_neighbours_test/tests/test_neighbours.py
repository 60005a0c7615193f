"""The tests of other addons, as they are when all addons are loaded.

Odoo runs most tests as soon as their addon is loaded, when whatever is loaded after it
can't yet be in its way.
"""

import inspect
from unittest import TestCase

from odoo.modules.module import load_information_from_description_file
from odoo.tests.common import tagged
from odoo.tests.loader import get_test_modules


def make_cases(addon):
    """Make a test case of each of an addon, under a name and a tag that say whose

    :rtype: iterator of type
    """
    for module in get_test_modules(addon):
        for name, case in inspect.getmembers(module, inspect.isclass):
            if issubclass(case, TestCase) and case.__module__ == module.__name__:
                copy = type(f"{addon}.{name}", (case,), {"__module__": case.__module__})
                yield tagged("post_install", "-at_install", addon)(copy)


manifest = load_information_from_description_file("rest_neighbours_test")
for neighbour in manifest["depends"]:
    for test_case in make_cases(neighbour):
        globals()[test_case.__name__] = test_case

from . import rest_test_letter

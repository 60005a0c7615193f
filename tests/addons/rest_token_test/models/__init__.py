from . import rest_test_tag
from . import rest_test_item
from . import rest_test_line

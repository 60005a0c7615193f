from . import rest_test_tag
from . import rest_test_item
from . import rest_test_line
from . import rest_test_node
from . import rest_test_even
from . import rest_test_report
from . import rest_test_secret

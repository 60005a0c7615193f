from . import test_auth_service
from . import test_errors
from . import test_issue_token
from . import test_log
from . import test_openapi
from . import test_request_params
from . import test_resource

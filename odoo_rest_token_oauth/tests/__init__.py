from . import test_backend
from . import test_client_credentials
from . import test_code
from . import test_endpoints
from . import test_page
from . import test_redirects
from . import test_refresh

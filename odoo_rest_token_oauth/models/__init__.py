from . import ir_http
from . import rest_oauth_application
from . import rest_oauth_connection
from . import rest_token
from . import rest_token_scope
from . import res_users

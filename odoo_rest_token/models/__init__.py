from . import ir_http
from . import res_users
from . import res_users_apikeys
from . import rest_token
from . import rest_token_announcement
from . import rest_token_scope
from . import rest_token_usage

from . import rest_token_service
from . import token_issuing_service
from . import auth_service
from . import session_service
from . import sky_token_service
from . import record_service
from . import partner_service
from . import resource_service

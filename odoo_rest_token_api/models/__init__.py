from . import ir_http
from . import res_users
from . import rest_idempotency_key
from . import rest_resource
from . import rest_resource_action
from . import rest_resource_parts
from . import rest_resource_report
from . import rest_service_registration

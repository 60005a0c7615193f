from . import order_service
from . import ping_services

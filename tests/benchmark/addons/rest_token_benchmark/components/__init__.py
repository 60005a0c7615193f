from . import ping_services

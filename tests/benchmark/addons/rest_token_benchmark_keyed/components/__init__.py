from . import ping_service

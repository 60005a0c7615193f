from . import oauth_service

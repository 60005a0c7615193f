from . import rest_oauth_secret

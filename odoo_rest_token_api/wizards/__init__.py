from . import rest_token_show

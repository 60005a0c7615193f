from . import rest_resource_button
from . import rest_token_show

from . import rest_resource_button
from . import rest_resource_choose
from . import rest_resource_expose
from . import rest_token_show

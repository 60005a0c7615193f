from . import res_users_identitycheck
from . import rest_token_issue
from . import rest_token_program
from . import rest_token_rotate
from . import rest_token_show

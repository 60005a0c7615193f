from . import controllers
from . import test_authentication
from . import test_issue
from . import test_life_cycle
from . import test_rights
from . import test_scopes
from . import test_wizard

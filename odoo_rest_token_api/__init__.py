from . import components
from . import controllers
from . import dispatch
from . import models
from . import wizards
from .edge import install
from .hooks import uninstall_hook

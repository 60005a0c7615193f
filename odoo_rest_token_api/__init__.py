from . import components
from . import controllers
from . import http
from . import models
from . import wizards

from . import log
from . import models
from . import wizards

from . import components
from . import controllers

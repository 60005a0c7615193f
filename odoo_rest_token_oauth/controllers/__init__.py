from . import authorize
from . import well_known

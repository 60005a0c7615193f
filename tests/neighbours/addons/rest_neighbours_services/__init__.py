from . import controllers
from . import datamodels
from . import protected_service
from . import typed_service

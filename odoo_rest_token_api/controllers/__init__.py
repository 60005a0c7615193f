from . import main
from . import api_docs

from . import echo_service
from . import item_service
from . import done_item_service
from . import read_only_item_service
from . import tag_service

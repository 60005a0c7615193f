from . import echo_service
from . import item_service
from . import done_item_service
from . import read_only_item_service
from . import tag_service
from . import library_service
from . import plain_service
from . import record_service

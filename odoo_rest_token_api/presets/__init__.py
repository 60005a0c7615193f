"""Resources that are ready to choose: what business models are for, declared once.

What a database or a series doesn't have is left out of them. Names with ``|`` between
them are what different series call the same.
"""

from .accounting import PRESETS as ACCOUNTING
from .contacts import PRESETS as CONTACTS
from .crm import PRESETS as CRM
from .inventory import PRESETS as INVENTORY
from .purchases import PRESETS as PURCHASES
from .sales import PRESETS as SALES

PRESETS = (*SALES, *ACCOUNTING, *INVENTORY, *PURCHASES, *CRM, *CONTACTS)

from . import invoice_service
from . import order_service
from . import picking_service
from . import listed_services

"""What has to be done before Odoo has read, routed and authenticated a request.

The parameters of requests to our services are left to our controllers: base_rest reads
them before anything can be caught, and takes them for arguments. JSON that it can't
read is answered by an HTML page, and a JSON array or a parameter that is called
``self`` by an error of the server.
"""

import odoo.http

if hasattr(odoo.http, "Application"):
    from . import application
else:
    from . import root
from . import guard
from . import request_handler

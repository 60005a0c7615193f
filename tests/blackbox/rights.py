"""What Odoo's RPC is to refuse, whatever the views show."""

from xmlrpc.client import Fault

import pytest

ACCESS_ERROR = 4
LATER = "2099-01-01 00:00:00"


def access_refused():
    return pytest.raises(Fault, check=lambda fault: fault.faultCode == ACCESS_ERROR)


def forged_token(owner):
    return {"name": "Forged", "user_id": owner.id, "expires_at": LATER}

"""What Odoo's RPC is to refuse, whatever the views show."""

import pytest

from .clients import RpcError

LATER = "2099-01-01 00:00:00"


def access_refused():
    return pytest.raises(RpcError, check=lambda error: error.name == "AccessError")


def forged_token(owner):
    return {"name": "Forged", "user_id": owner.id, "expires_at": LATER}

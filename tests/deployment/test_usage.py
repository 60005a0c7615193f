"""What a server has counted is written as it ends."""

import pytest
from blackbox.clients import Backend, Client
from servers import serving


@pytest.mark.parametrize("workers", ["0", "2"])
def test_no_call_is_lost_as_a_server_ends(server, workers):
    options = ["-d", server.db, "--db-filter", f"^{server.db}$", "--workers", workers]
    with serving("rest_ending", *options) as url, Client(url) as client:
        token = client.issue(server)
        token_id = client.token_id(token)
        for _number in range(20):
            assert client.get("/api/auth/tokens", token).status_code == 200
    admin = Backend(server, server.login, server.password)
    admin("rest.token", "action_revoke", [token_id])
    domain = [("token_id", "=", token_id), ("operation", "=", "auth_list_tokens")]
    usage = admin("rest.usage", "search_read", domain, ["calls"])
    assert sum(row["calls"] for row in usage) == 20

import json
from hashlib import sha256

import pytest

from .clients import RpcError

COLUMN = "secret_hash"
READINGS = [
    ("read", [COLUMN]),
    ("export_data", [COLUMN]),
    ("mapped", COLUMN),
    ("filtered", COLUMN),
]
SEARCHES = [
    ("search", [(COLUMN, "=like", "%")]),
    ("search", [("user_id.rest_token_ids." + COLUMN, "=like", "%")]),
    ("search_read", [], [COLUMN]),
    ("search", [], 0, 1, COLUMN),
    ("read_group", [], [COLUMN + ":max"], ["user_id"]),
    ("read_group", [], [], [COLUMN]),
]


def test_no_field_tells_secret_or_hash(caller, token, token_id):
    names = caller("rest.token", "fields_get")
    assert not [name for name in names if "secret" in name or "hash" in name]
    shown = json.dumps(
        [
            names,
            caller("rest.token", "read", [token_id]),
            caller("rest.token", "search_read", [("id", "=", token_id)]),
            caller("rest.token", "export_data", [token_id], list(names)),
        ],
        default=str,
    )
    digits = token.split("_")[-1]
    assert digits[:8] in shown
    assert digits not in shown
    assert sha256(token.encode()).hexdigest() not in shown


def test_column_of_the_hash_is_not_reached(caller, token, token_id):
    stored = sha256(token.encode()).hexdigest()
    for method, *args in READINGS:
        try:
            answer = caller("rest.token", method, [token_id], *args)
        except RpcError as error:
            assert stored not in error.text
        else:
            assert stored not in json.dumps(answer, default=str)
    for method, *args in SEARCHES:
        with pytest.raises(RpcError) as caught:
            caller("rest.token", method, *args)
        assert stored not in caught.value.text


@pytest.mark.parametrize(
    "method",
    [
        "_issue",
        "_authenticate",
        "_revoke",
        "_note_use",
        "_check_manage",
        "_check_limit",
        "_gc_tokens",
        "_log",
    ],
)
def test_private_method_is_not_called(caller, method):
    with pytest.raises(RpcError, match="[Pp]rivate method"):
        caller("rest.token", method, [])

"""Keeps calls that are made up off what is not the tests' own.

Such a call may name any record or token. Here it names those that the tests have made,
or none that is; and what ends a token is called with a token of its own. It is loaded
by schemathesis, which calls the hooks.
"""

import os

import requests
import schemathesis

URL = os.environ["SANDBOX_URL"]
TOKEN = os.environ["SANDBOX_TOKEN"]
CREDENTIALS = {
    "db": os.environ["SANDBOX_DB"],
    "login": os.environ["SANDBOX_LOGIN"],
    "password": os.environ["SANDBOX_PASSWORD"],
}
UNKNOWN_HEADER = "x-schemathesis-unknown-property"
ISSUE_TOKENS = {"auth_issue_token_get", "auth_issue_token_post"}
ROTATE_TOKENS = {"auth_rotate_token"}
END_TOKENS = {"auth_revoke_token", "auth_revoke_token_by_id", *ROTATE_TOKENS}
OF_MANY = ("_update_many", "_delete_many", "_update_batch", "_delete_batch")
END_SESSIONS = {"auth_close_session"}
NOBODYS = 10**6  # there are no records from this id on

own_records = {}  # by the path of their service
own_tokens = {}  # by the id of the call that they are for


def request(method, path, token=None, **options):
    headers = {"access-token": token} if token else {}
    response = requests.request(
        method, URL + path, headers=headers, timeout=60, **options
    )
    response.raise_for_status()
    return response


DOCUMENT = request("GET", "/api/openapi.json").json()
COMPANY = request("GET", "/api/auth/me", TOKEN).json()["company"]["id"]

# ------------------------------------------------------------
# Hooks
# ------------------------------------------------------------


@schemathesis.auth()
class Auth:
    def get(self, case, context):
        return TOKEN

    def set(self, case, data, context):
        case.headers["access-token"] = data


@schemathesis.hook
def filter_case(context, case):
    # Servers ignore headers that they don't know (RFC 9110, section 5.1).
    return UNKNOWN_HEADER not in (case.headers or {})


@schemathesis.hook
def before_call(context, case, kwargs):
    operation = get_operation(case)
    is_positive = case.meta is None or case.meta.generation.mode.is_positive
    if operation in ISSUE_TOKENS and is_positive:
        if case.method == "GET":
            case.query = {**(case.query or {}), **CREDENTIALS}
        elif isinstance(case.body, dict):
            case.body.update(CREDENTIALS)
    if operation in END_TOKENS:
        use_own_token(case)
    if operation in END_SESSIONS and is_positive:
        response = request("POST", "/api/auth/session", TOKEN)
        case.cookies = response.cookies.get_dict()
    use_own_records(case)
    if is_somebodys(case.headers.get("X-Company-Id")):
        case.headers["X-Company-Id"] = str(COMPANY)


@schemathesis.hook
def after_call(context, case, response):
    has_issued = get_operation(case) in ISSUE_TOKENS | ROTATE_TOKENS
    if has_issued and response.status_code == 200:
        revoke(response.json()["access_token"])
    if case.id in own_tokens:
        revoke(own_tokens.pop(case.id))


# ------------------------------------------------------------
# What is the tests' own
# ------------------------------------------------------------


def get_operation(case):
    return case.operation.definition.raw["operationId"]


def use_own_token(case):
    """Have a call end a token of its own, and no other."""
    token = request("POST", "/api/auth/token", json=CREDENTIALS).json()["access_token"]
    own_tokens[case.id] = token
    if case.headers.get("access-token") == TOKEN:
        case.headers["access-token"] = token
    parameters = case.path_parameters or {}
    if is_somebodys(parameters.get("token_id")):
        me = request("GET", "/api/auth/me", token).json()
        parameters["token_id"] = me["token"]["id"]


def revoke(token):
    requests.delete(
        f"{URL}/api/auth/token", headers={"access-token": token}, timeout=60
    )


def use_own_records(case):
    path = case.operation.path.split("/{")[0].split("/by/")[0].removesuffix("/batch")
    parameters = case.path_parameters or {}
    if is_somebodys(parameters.get("record_id")):
        parameters["record_id"] = get_own_record(path)
        if case.method == "DELETE":
            own_records.pop(path)
    if get_operation(case).endswith(OF_MANY):
        use_own_list(case, path)
    if isinstance(case.body, dict):
        parent = case.body.get("parent_id")
        if is_somebodys(parent.get("id") if isinstance(parent, dict) else parent):
            case.body["parent_id"] = create_record(path)


def use_own_list(case, path):
    """Have a call name two records of its own, and find nothing but one of them."""
    if isinstance(case.body, list):
        items = case.body[:2]
        for number, item in enumerate(items):
            if isinstance(item, dict) and is_somebodys(item.get("id")):
                items[number] = {**item, "id": create_record(path)}
            elif is_somebodys(item):
                items[number] = create_record(path)
        case.body = items
    elif "expected_count" in (case.query or {}):
        case.query = {"id": create_record(path), "expected_count": 1}


def get_own_record(path):
    if path not in own_records:
        if "post" in DOCUMENT["paths"][path]:
            own_records[path] = create_record(path)
        else:  # they are only read
            found = request("GET", f"{path}?limit=1", TOKEN).json()
            own_records[path] = found["data"][0]["id"]
    return own_records[path]


def create_record(path):
    return request("POST", path, TOKEN, json={"name": "Sandbox"}).json()["id"]


def is_somebodys(value):
    """Tell whether a record may have this id, which was made up."""
    return str(value).isdigit() and 0 < int(value) < NOBODYS

"""The requests that are measured, beside what a user would pick instead."""

from data import COUNTED, KEYS
from load import Request
from server import DATABASE

LOGIN = {"login": "demo", "password": "demo"}  # the tokens are the administrator's
ADMIN_ID = 2
DEEP_OFFSET = 900_000
LIST_FIELDS = (
    "name,email,phone,street,city,zip,ref,is_company,country_id,write_date".split(",")
)
PARTNER_FIELDS = (
    "name is_company parent_id child_ids email phone website street street2 zip city "
    "state_id country_id vat ref lang category_id company_id comment active "
    "create_date write_date"
).split()
ME_FIELDS = ["login", "name", "company_id", "partner_id", "lang", "tz"]
PARTNER = {"name": "Benchmark", "city": "Namur", "email": "benchmark@example.com"}
BATCH = [dict(PARTNER, ref=f"B{number}") for number in range(100)]


def get_token_headers(number="{secret}"):
    secret = number if isinstance(number, str) else f"{number:040x}"
    return {"access-token": f"access_token_{secret}"}


class Rpc:
    """Odoo's JSON-RPC with one of its own API keys, in the language of its user.

    A token's request is in that language, too, and so are those of ``odoorpc``.

    :param str key: of the administrator
    """

    def __init__(self, key):
        self.key = key

    def __call__(self, model, method, *args, **options):
        options = {"context": {"lang": "en_US"}, **options}
        call = [DATABASE, ADMIN_ID, self.key, model, method, args, options]
        params = {"service": "object", "method": "execute_kw", "args": call}
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        return Request("/jsonrpc", "POST", body=body)


def get_pings():
    token = get_token_headers(1)
    user, token_and_user = COUNTED
    return {
        "plain controller": Request("/bmk/ping/plain"),
        "ping of base_rest, none": Request("/bmk/ping/floor"),
        "ping, none": Request("/api/ping/floor"),
        "ping, token": Request("/api/ping/token", headers=token),
        "ping, counted": Request("/api/ping/token", headers=get_token_headers(user)),
        "ping, counted twice": Request(
            "/api/ping/token", headers=get_token_headers(token_and_user)
        ),
        "ping, OCA key, warm": Request("/bmk/ping/keyed", headers={"api-key": "key 1"}),
    }


def get_pings_of_tokens(count):
    """The ping beside its floor, with any of so many tokens."""
    token = Request("/api/ping/token", headers=get_token_headers(), count=count)
    return {"none": Request("/api/ping/floor"), "token": token}


def get_pings_of_keys():
    """Of so many of OCA's keys, none is among those that Odoo has in memory."""
    key = Request("/bmk/ping/keyed", headers={"api-key": "key {n}"}, count=KEYS)
    return {"token": get_pings_of_tokens(KEYS)["token"], "OCA key, cold": key}


def get_reads(rpc, partner_id):
    token = get_token_headers(1)
    return {
        "me": Request("/api/auth/me", headers=token),
        "me, JSON-RPC": rpc("res.users", "read", [ADMIN_ID], ME_FIELDS),
        "partner": Request(f"/api/partners/{partner_id}", headers=token),
        "partner, JSON-RPC": rpc("res.partner", "read", [partner_id], PARTNER_FIELDS),
        **get_lists(rpc),
    }


def get_lists(rpc):
    path = f"/api/partners?fields={','.join(LIST_FIELDS)}"
    search = {"fields": LIST_FIELDS, "limit": 80, "order": "id"}
    return {
        "list": Request(path, headers=get_token_headers(1)),
        "list, JSON-RPC": rpc("res.partner", "search_read", [], **search),
    }


def get_pages(rpc, cursors):
    """First and deep pages, in orders of which a cursor is given."""
    token = get_token_headers(1)
    path = f"/api/partners?fields={','.join(LIST_FIELDS)}"
    pages = get_lists(rpc)
    for order, cursor in cursors.items():
        ordered = f"{path}&order={order.replace(' ', '%20')}"
        pages[f"{order}, first page"] = Request(ordered, headers=token)
        pages[f"{order}, deep page"] = Request(
            f"{ordered}&cursor={cursor}", headers=token
        )
    return pages


def get_creates(rpc, partner_id):
    """One is created and answered with all its fields, which takes two calls of RPC."""
    token = get_token_headers(1)
    return {
        "create": Request("/api/partners", "POST", token, PARTNER),
        "create, JSON-RPC": rpc("res.partner", "create", PARTNER),
        "read it, JSON-RPC": rpc("res.partner", "read", [partner_id], PARTNER_FIELDS),
    }


def get_batches(rpc, partner_id):
    ids = [*range(partner_id - len(BATCH) + 1, partner_id + 1)]
    return {
        "batch of 100": Request("/api/partners", "POST", get_token_headers(1), BATCH),
        "batch of 100, JSON-RPC": rpc("res.partner", "create", BATCH),
        "read them, JSON-RPC": rpc("res.partner", "read", ids, PARTNER_FIELDS),
    }


def get_logins():
    session = {"params": {"db": DATABASE, **LOGIN}}
    return {
        "issue a token": Request("/api/auth/token", "POST", body=LOGIN),
        "open a session": Request("/web/session/authenticate", "POST", body=session),
    }

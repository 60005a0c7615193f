"""The requests that are measured, beside what a user would pick instead."""

from typing import NamedTuple

from data import COUNTED, KEYS
from load import Request
from server import DATABASE, HAS_KEYS

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
ORDER_FIELDS = ["name", "day", "state", "amount"]
LINE_FIELDS = ["name", "quantity", "price"]
EXPORT_PAGE = 1000
ME_FIELDS = ["login", "name", "company_id", "partner_id", "lang", "tz"]
PARTNER = {"name": "Benchmark", "city": "Namur", "email": "benchmark@example.com"}
BATCH = [dict(PARTNER, ref=f"B{number}") for number in range(100)]


def get_token_headers(number="{secret}"):
    secret = number if isinstance(number, str) else f"{number:040x}"
    return {"access-token": f"access_token_{secret}"}


class OrderIds(NamedTuple):
    """What a client that reads orders asks for afterwards."""

    partners: list = ()
    lines: list = ()

    @classmethod
    def of(cls, orders):
        """Take them from what ``search_read`` returned."""
        partners = sorted({order["partner_id"][0] for order in orders})
        return cls(partners, [i for order in orders for i in order["line_ids"]])


class Peer:
    """What a client can call instead, with one of Odoo's own API keys.

    It asks for the language of its user, which a token's request is in, too, and those
    of ``odoorpc`` are.

    :param str key: of the administrator
    """

    context = {"lang": "en_US"}

    def __init__(self, key):
        self.key = key

    def __call__(self, model, method, ids=(), **options):
        """Make the request that calls a method.

        :rtype: Request
        """
        raise NotImplementedError


class JsonRpc(Peer):
    def __call__(self, model, method, ids=(), **options):
        values = options.pop("vals_list", None)
        args = [argument for argument in (ids, values) if argument]
        options["context"] = self.context
        call = [DATABASE, ADMIN_ID, self.key, model, method, args, options]
        params = {"service": "object", "method": "execute_kw", "args": call}
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        return Request("/jsonrpc", "POST", body=body)


class Json2(Peer):
    def __call__(self, model, method, ids=(), **options):
        headers = {"Authorization": f"Bearer {self.key}"}
        body = {"context": self.context, **options, **({"ids": ids} if ids else {})}
        return Request(f"/json/2/{model}/{method}", "POST", headers, body)


def get_peers(key, has_json2):
    """Return what is there to be called instead, by its name.

    :rtype: dict of Peer
    """
    peers = {"JSON-RPC": JsonRpc(key)}
    return {**peers, "JSON-2": Json2(key)} if has_json2 else peers


def get_pings():
    token = get_token_headers(1)
    user, token_and_user = COUNTED
    pings = {
        "plain controller": Request("/bmk/ping/plain"),
        "ping of base_rest, none": Request("/bmk/ping/floor"),
        "ping, none": Request("/api/ping/floor"),
        "ping, token": Request("/api/ping/token", headers=token),
        "ping, counted": Request("/api/ping/token", headers=get_token_headers(user)),
        "ping, counted twice": Request(
            "/api/ping/token", headers=get_token_headers(token_and_user)
        ),
    }
    if HAS_KEYS:
        keyed = Request("/bmk/ping/keyed", headers={"api-key": "key 1"})
        pings["ping, OCA key, warm"] = keyed
    return pings


def get_pings_of_tokens(count):
    """The ping beside its floor, with any of so many tokens."""
    token = Request("/api/ping/token", headers=get_token_headers(), count=count)
    return {"none": Request("/api/ping/floor"), "token": token}


def get_pings_of_keys():
    """Of so many of OCA's keys, none is among those that Odoo has in memory."""
    key = Request("/bmk/ping/keyed", headers={"api-key": "key {n}"}, count=KEYS)
    return {"token": get_pings_of_tokens(KEYS)["token"], "OCA key, cold": key}


def get_reads(peers, partner_id):
    token = get_token_headers(1)
    reads = {
        "me": Request("/api/auth/me", headers=token),
        "partner": Request(f"/api/partners/{partner_id}", headers=token),
    }
    for name, call in peers.items():
        me = call("res.users", "read", [ADMIN_ID], fields=ME_FIELDS)
        partner = call("res.partner", "read", [partner_id], fields=PARTNER_FIELDS)
        reads |= {f"me, {name}": me, f"partner, {name}": partner}
    return reads | get_lists(peers)


def get_lists(peers):
    path = f"/api/partners?fields={','.join(LIST_FIELDS)}"
    search = {"domain": [], "fields": LIST_FIELDS, "limit": 80, "order": "id"}
    lists = {"list": Request(path, headers=get_token_headers(1))}
    for name, call in peers.items():
        lists[f"list, {name}"] = call("res.partner", "search_read", **search)
    return lists


def get_pages(peers, cursors):
    """First and deep pages, in orders of which a cursor is given."""
    token = get_token_headers(1)
    path = f"/api/partners?fields={','.join(LIST_FIELDS)}"
    pages = get_lists(peers)
    for order, cursor in cursors.items():
        ordered = f"{path}&order={order.replace(' ', '%20')}"
        pages[f"{order}, first page"] = Request(ordered, headers=token)
        pages[f"{order}, deep page"] = Request(
            f"{ordered}&cursor={cursor}", headers=token
        )
    return pages


def get_linked(rpc, order_ids):
    """A list of orders with what it links, which takes three calls of RPC.

    :param OrderIds order_ids: of the orders of the list, and of what they link
    """
    token = get_token_headers(1)
    partner = (f"partner_id.{name}" for name in LIST_FIELDS)
    lines = (f"line_ids.{name}" for name in LINE_FIELDS)
    names = ",".join([*ORDER_FIELDS, *partner, *lines])
    fields = [*ORDER_FIELDS, "partner_id", "line_ids"]
    search = {"fields": fields, "limit": 80, "order": "id"}
    return {
        "orders": Request(f"/api/bmk-orders?fields={names}", headers=token),
        "orders, JSON-RPC": rpc("bmk.order", "search_read", domain=[], **search),
        "partners, JSON-RPC": rpc(
            "res.partner", "read", order_ids.partners, fields=LIST_FIELDS
        ),
        "lines, JSON-RPC": rpc(
            "bmk.order.line", "read", order_ids.lines, fields=LINE_FIELDS
        ),
    }


def get_groups(rpc):
    """Orders by state and month, whose amounts are summed up."""
    path = "/api/bmk-orders/groups?by=state,day:month&sum=amount&count=true&limit=100"
    by = {"fields": ["amount"], "groupby": ["state", "day:month"], "lazy": False}
    groups = rpc("bmk.order", "read_group", domain=[], **by)
    return {
        "groups": Request(path, headers=get_token_headers(1)),
        "groups, JSON-RPC": groups,
    }


def get_synced(cursor):
    """The page of what has changed, the deep one among them."""
    path = f"/api/partners?fields={','.join(LIST_FIELDS)}&order=write_date"
    token = get_token_headers(1)
    return {
        "first page": Request(path, headers=token),
        "deep page": Request(f"{path}&cursor={cursor}", headers=token),
    }


def get_export(count):
    path = f"/api/partners?fields={','.join(LIST_FIELDS)}&limit={count}"
    headers = {**get_token_headers(1), "Accept": "application/x-ndjson"}
    return Request(path, headers=headers)


def get_export_pages(rpc, count):
    """The pages of 1,000 that a client would read in the place of an export."""
    for offset in range(0, count, EXPORT_PAGE):
        search = {"fields": LIST_FIELDS, "limit": EXPORT_PAGE, "offset": offset}
        yield rpc("res.partner", "search_read", domain=[], order="id", **search)


def get_creates(peers, partner_id):
    """One is created and answered with all its fields, which takes others two calls.

    Who prefers it is answered with nothing, as by the first of those.
    """
    token = get_token_headers(1)
    minimal = {**token, "Prefer": "return=minimal"}
    creates = {
        "create": Request("/api/partners", "POST", token, PARTNER),
        "create, minimal": Request("/api/partners", "POST", minimal, PARTNER),
    }
    for name, call in peers.items():
        read = call("res.partner", "read", [partner_id], fields=PARTNER_FIELDS)
        creates[f"create, {name}"] = call("res.partner", "create", vals_list=PARTNER)
        creates[f"read it, {name}"] = read
    return creates


def get_batches(peers, partner_id):
    ids = [*range(partner_id - len(BATCH) + 1, partner_id + 1)]
    token = get_token_headers(1)
    batches = {"batch of 100": Request("/api/partners", "POST", token, BATCH)}
    for name, call in peers.items():
        read = call("res.partner", "read", ids, fields=PARTNER_FIELDS)
        create = call("res.partner", "create", vals_list=BATCH)
        batches[f"batch of 100, {name}"] = create
        batches[f"read them, {name}"] = read
    return batches


def get_logins():
    session = {"params": {"db": DATABASE, **LOGIN}}
    return {
        "issue a token": Request("/api/auth/token", "POST", body=LOGIN),
        "open a session": Request("/web/session/authenticate", "POST", body=session),
    }

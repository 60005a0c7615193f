"""The story, by what openapi-python-client makes."""

from base64 import b64encode
from os import environ
from typing import TypeVar

from python_client import AuthenticatedClient
from python_client.api.auth import auth_issue_token_post, auth_revoke_token
from python_client.api.orders import orders_create, orders_get, orders_update_patch
from python_client.api.partners import (
    partners_create,
    partners_create_batch,
    partners_delete_batch,
    partners_get,
    partners_search,
)
from python_client.models import (
    AuthCredentials,
    AuthIssuedToken,
    Error,
    Order,
    OrderCreate,
    OrderOrderLineChangedLine,
    OrderOrderLineNewLine,
    OrderUpdate,
    Partner,
    PartnerCreate,
    PartnerList,
    PartnerPage,
    PartnersSearchFieldsItem,
)

T = TypeVar("T")


def must(kind: type[T], answer: object) -> T:
    assert isinstance(answer, kind), answer
    return answer


url, login, password = (environ[f"STORY_{n}"] for n in ("URL", "LOGIN", "PASSWORD"))
basic = b64encode(f"{login}:{password}".encode()).decode()
stranger = AuthenticatedClient(url, token=basic, prefix="Basic")
must(AuthIssuedToken, auth_issue_token_post.sync(client=stranger))
credentials = AuthCredentials(login=login, password=password)
issued = must(
    AuthIssuedToken, auth_issue_token_post.sync(client=stranger, body=credentials)
)
client = AuthenticatedClient(url, token=issued.access_token)

partner = must(
    Partner, partners_create.sync(client=client, body=PartnerCreate(name="Ada Client"))
)
page = must(
    PartnerPage,
    partners_search.sync(
        client=client,
        fields=[PartnersSearchFieldsItem.NAME, PartnersSearchFieldsItem.CITY],
        order=["name desc", "id"],
        name_ilike="ada cli",
        id_in=[partner.id, 1],
    ),
)
assert [found.id for found in page.data] == [partner.id]

new_line = OrderOrderLineNewLine(product_id=int(environ["STORY_PRODUCT"]))
create = OrderCreate(partner_id=partner.id, order_line=[new_line])
order = must(Order, orders_create.sync(client=client, body=create))
assert order.order_line
line = OrderOrderLineChangedLine(id=order.order_line[0].id, product_uom_qty=3)
changed = must(
    Order,
    orders_update_patch.sync(
        order.id, client=client, body=OrderUpdate(order_line=[line])
    ),
)
assert changed.order_line
assert [each.product_uom_qty for each in changed.order_line] == [3]
read = must(Order, orders_get.sync(order.id, client=client))
assert read.amount_total == changed.amount_total

others = must(
    PartnerList,
    partners_create_batch.sync(client=client, body=[PartnerCreate(name="Bo Client")]),
)
ids = [each.id for each in others.data]
deleted = partners_delete_batch.sync_detailed(client=client, body=ids)
assert deleted.status_code == 204
missing = must(Error, partners_get.sync(ids[0], client=client))
assert missing.code == 404
auth_revoke_token.sync(client=client)
print("told")

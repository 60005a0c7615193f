"""The story, by what the generator "python" of openapi-generator makes."""

import sys
from os import environ

sys.path.insert(0, "python")

from openapi_client import ApiClient, ApiException, Configuration  # noqa: E402
from openapi_client.api import AuthApi, OrdersApi, PartnersApi  # noqa: E402
from openapi_client.models import (  # noqa: E402
    AuthCredentials,
    Error,
    LinkInput,
    LinkResPartnerInput,
    OrderCreate,
    OrderOrderLineChangedLine,
    OrderOrderLineLineInput,
    OrderOrderLineNewLine,
    OrderUpdate,
    PartnerCreate,
)

url, login, password = (environ[f"STORY_{n}"] for n in ("URL", "LOGIN", "PASSWORD"))
stranger = ApiClient(Configuration(host=url, username=login, password=password))
assert AuthApi(stranger).auth_issue_token_post().access_token
stranger = ApiClient(Configuration(host=url))
credentials = AuthCredentials(login=login, password=password)
issued = AuthApi(stranger).auth_issue_token_post(credentials)
client = ApiClient(Configuration(host=url, access_token=issued.access_token))
partners, orders = PartnersApi(client), OrdersApi(client)

partner = partners.partners_create(PartnerCreate(name="Ada Client"))
page = partners.partners_search(
    fields=["name", "city"],
    order=["name desc", "id"],
    name__ilike="ada cli",
    id__in=[partner.id, 1],
)
assert [found.id for found in page.data] == [partner.id]

new_line = OrderOrderLineNewLine(product_id=LinkInput(int(environ["STORY_PRODUCT"])))
create = OrderCreate(
    partner_id=LinkResPartnerInput(partner.id),
    order_line=[OrderOrderLineLineInput(new_line)],
)
order = orders.orders_create(create)
line = OrderOrderLineChangedLine(id=order.order_line[0].id, product_uom_qty=3)
changed = orders.orders_update_patch(
    order.id, order_update=OrderUpdate(order_line=[OrderOrderLineLineInput(line)])
)
assert [each.product_uom_qty for each in changed.order_line] == [3]
assert orders.orders_get(order.id).amount_total == changed.amount_total

others = partners.partners_create_batch([PartnerCreate(name="Bo Client")])
ids = [each.id for each in others.data]
partners.partners_delete_batch(ids)
try:
    partners.partners_get(ids[0])
except ApiException as error:
    assert isinstance(error.data, Error)
    assert error.data.code == 404
else:
    raise AssertionError("still there")
AuthApi(client).auth_revoke_token()
print("told")

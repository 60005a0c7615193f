import { client } from "./hey_api/client.gen";
import {
    authIssueTokenPost,
    authRevokeToken,
    ordersCreate,
    ordersGet,
    ordersUpdatePatch,
    partnersCreate,
    partnersCreateBatch,
    partnersDeleteBatch,
    partnersGet,
    partnersSearch,
} from "./hey_api";
import { check, settings } from "./settings";

const { url, login, password, product } = settings;
client.setConfig({ baseUrl: url });
const { data: issued } = await authIssueTokenPost({
    body: { login, password },
    throwOnError: true,
});
client.setConfig({ headers: { "access-token": issued.access_token } });

const { data: partner } = await partnersCreate({
    body: { name: "Ada Client" },
    throwOnError: true,
});
const { data: found } = await partnersSearch({
    query: {
        fields: ["name", "city"],
        order: ["name desc", "id"],
        name__ilike: "ada cli",
        id__in: [partner.id, 1],
    },
    throwOnError: true,
});
check(found.data.map((each) => each.id), [partner.id]);

const { data: order } = await ordersCreate({
    body: { partner_id: partner.id, order_line: [{ product_id: product }] },
    throwOnError: true,
});
const line = order.order_line?.[0];
if (!line) throw new Error("no line");
const path = { record_id: order.id };
const { data: changed } = await ordersUpdatePatch({
    path,
    body: { order_line: [{ id: line.id, product_uom_qty: 3 }] },
    throwOnError: true,
});
check(changed?.order_line?.map((each) => each.product_uom_qty), [3]);
const { data: read } = await ordersGet({ path, throwOnError: true });
check(read?.amount_total?.amount, changed?.amount_total?.amount);

const { data: others } = await partnersCreateBatch({
    body: [{ name: "Bo Client" }],
    throwOnError: true,
});
const ids = others.data.map((each) => each.id);
const { response } = await partnersDeleteBatch({ body: ids });
check(response?.status, 204);
const { error } = await partnersGet({ path: { record_id: ids[0]! } });
check(error?.code, 404);
await authRevokeToken({ throwOnError: true });
console.log("told");

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
} from "./orval";
import { check, settings } from "./settings";

const { login, password, product } = settings;
const issued = await authIssueTokenPost({ login, password });
if (issued.status !== 200) throw new Error(issued.data.description);
const options = { headers: { "access-token": issued.data.access_token } };

const partner = await partnersCreate({ name: "Ada Client" }, undefined, options);
if (partner.status !== 201) throw new Error("no partner");
const found = await partnersSearch(
    {
        fields: ["name", "city"],
        order: ["name desc", "id"],
        name__ilike: "ada cli",
        id__in: [partner.data.id, 1],
    },
    options,
);
if (found.status !== 200) throw new Error(found.data.description);
check(found.data.data.map((each) => each.id), [partner.data.id]);

const order = await ordersCreate(
    { partner_id: partner.data.id, order_line: [{ product_id: product }] },
    undefined,
    options,
);
if (order.status !== 201) throw new Error("no order");
const line = order.data.order_line?.[0];
if (!line) throw new Error("no line");
const changed = await ordersUpdatePatch(
    order.data.id,
    { order_line: [{ id: line.id, product_uom_qty: 3 }] },
    undefined,
    options,
);
if (changed.status !== 200) throw new Error("not changed");
check(changed.data.order_line?.map((each) => each.product_uom_qty), [3]);
const read = await ordersGet(order.data.id, undefined, options);
if (read.status !== 200) throw new Error("not read");
check(read.data.amount_total?.amount, changed.data.amount_total?.amount);

const others = await partnersCreateBatch(
    [{ name: "Bo Client" }],
    undefined,
    options,
);
if (others.status !== 201) throw new Error("no others");
const ids = others.data.data.map((each) => each.id);
check((await partnersDeleteBatch(ids, options)).status, 204);
const missing = await partnersGet(ids[0]!, undefined, options);
if (missing.status !== 404) throw new Error("still there");
check(missing.data.code, 404);
check((await authRevokeToken(options)).status, 200);
console.log("told");

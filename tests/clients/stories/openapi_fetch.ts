import createClient from "openapi-fetch";
import type { paths } from "./types";
import { check, settings } from "./settings";

const { url, login, password, product } = settings;
const client = createClient<paths>({ baseUrl: url });

function must<T>(answer: { data?: T; error?: unknown }): T {
    if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
    return answer.data;
}

const issued = must(await client.POST("/api/auth/token", { body: { login, password } }));
client.use({
    onRequest({ request }) {
        request.headers.set("access-token", issued.access_token);
        return request;
    },
});

const partner = must(await client.POST("/api/partners", { body: { name: "Ada Client" } }));
const found = must(
    await client.GET("/api/partners", {
        params: {
            query: {
                fields: ["name", "city"],
                order: ["name desc", "id"],
                name__ilike: "ada cli",
                id__in: [partner.id, 1],
            },
        },
    }),
);
check(found.data.map((each) => each.id), [partner.id]);

const order = must(
    await client.POST("/api/orders", {
        body: { partner_id: partner.id, order_line: [{ product_id: product }] },
    }),
);
const line = order.order_line?.[0];
if (!line) throw new Error("no line");
const path = { record_id: order.id };
const changed = must(
    await client.PATCH("/api/orders/{record_id}", {
        params: { path },
        body: { order_line: [{ id: line.id, product_uom_qty: 3 }] },
    }),
);
check(changed.order_line?.map((each) => each.product_uom_qty), [3]);
const read = must(await client.GET("/api/orders/{record_id}", { params: { path } }));
check(read.amount_total?.amount, changed.amount_total?.amount);

const other = must(await client.POST("/api/partners/batch", { body: [{ name: "Bo Client" }] }));
const deleted = await client.DELETE("/api/partners/batch", {
    body: other.data.map((each) => each.id),
});
check(deleted.response.status, 204);
const missing = await client.GET("/api/partners/{record_id}", {
    params: { path: { record_id: other.data[0]!.id } },
});
check(missing.error?.code, 404);
must(await client.DELETE("/api/auth/token"));
console.log("told");

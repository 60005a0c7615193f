import {
    AuthApi,
    Configuration,
    OrdersApi,
    PartnersApi,
    ResponseError,
    ModelErrorFromJSON,
    type OrderOrderLineLineInput,
} from "./typescript_fetch";
import { check, settings } from "./settings";

const { url, login, password, product } = settings;
const anonymous = new AuthApi(new Configuration({ basePath: url }));
const issued = await anonymous.authIssueTokenPost({ authCredentials: { login, password } });
const configuration = new Configuration({ basePath: url, apiKey: issued.accessToken });
const partners = new PartnersApi(configuration);
const orders = new OrdersApi(configuration);

const partner = await partners.partnersCreate({ partnerCreate: { name: "Ada Client" } });
const found = await partners.partnersSearch({
    fields: ["name", "city"],
    order: ["name desc", "id"],
    nameIlike: "ada cli",
    idIn: [partner.id, 1],
});
check(found.data.map((each) => each.id), [partner.id]);

const order = await orders.ordersCreate({
    orderCreate: {
        partnerId: { id: partner.id, name: "" },
        // It takes alternatives for one type that has the keys of all of them.
        orderLine: [{ productId: { id: product, name: "" } } as OrderOrderLineLineInput],
    },
});
const line = order.orderLine?.[0];
if (!line) throw new Error("no line");
const changed = await orders.ordersUpdatePatch({
    recordId: order.id,
    orderUpdate: {
        orderLine: [{ id: line.id, productUomQty: 3 } as OrderOrderLineLineInput],
    },
});
check(changed?.orderLine?.map((each) => each.productUomQty), [3]);
const read = await orders.ordersGet({ recordId: order.id });
check(read.amountTotal?.amount, changed?.amountTotal?.amount);

const others = await partners.partnersCreateBatch({ partnerCreate: [{ name: "Bo Client" }] });
const ids = others.data.map((each) => each.id);
await partners.partnersDeleteBatch({ requestBody: ids });
try {
    await partners.partnersGet({ recordId: ids[0]! });
    throw new Error("still there");
} catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    check(ModelErrorFromJSON(await error.response.json()).code, 404);
}
await new AuthApi(configuration).authRevokeToken();
console.log("told");

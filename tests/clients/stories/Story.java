import java.util.List;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.AuthApi;
import org.openapitools.client.api.OrdersApi;
import org.openapitools.client.api.PartnersApi;
import org.openapitools.client.model.AuthCredentials;
import org.openapitools.client.model.Error;
import org.openapitools.client.model.LinkInput;
import org.openapitools.client.model.LinkResPartnerInput;
import org.openapitools.client.model.Order;
import org.openapitools.client.model.OrderCreate;
import org.openapitools.client.model.OrderOrderLineChangedLine;
import org.openapitools.client.model.OrderOrderLineLineInput;
import org.openapitools.client.model.OrderOrderLineNewLine;
import org.openapitools.client.model.OrderUpdate;
import org.openapitools.client.model.Partner;
import org.openapitools.client.model.PartnerCreate;

/** The story, by what the generator "java" of openapi-generator makes. */
public class Story {
    static void check(boolean holds) {
        if (!holds) throw new IllegalStateException();
    }

    static ApiClient connect(String token) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(System.getenv("STORY_URL"));
        client.setRequestInterceptor(
                request -> {
                    if (token != null) request.header("access-token", token);
                });
        return client;
    }

    public static void main(String[] arguments) throws ApiException, java.io.IOException {
        AuthCredentials credentials =
                new AuthCredentials()
                        .login(System.getenv("STORY_LOGIN"))
                        .password(System.getenv("STORY_PASSWORD"));
        String token =
                new AuthApi(connect(null))
                        .authIssueTokenPost(
                                AuthApi.APIAuthIssueTokenPostRequest.newBuilder()
                                        .authCredentials(credentials)
                                        .build())
                        .getAccessToken();
        ApiClient client = connect(token);
        PartnersApi partners = new PartnersApi(client);
        OrdersApi orders = new OrdersApi(client);

        Partner partner =
                partners.partnersCreate(
                        PartnersApi.APIPartnersCreateRequest.newBuilder()
                                .partnerCreate(new PartnerCreate().name("Ada Client"))
                                .build());
        List<Partner> found =
                partners.partnersSearch(
                                PartnersApi.APIPartnersSearchRequest.newBuilder()
                                        .fields(List.of("name", "city"))
                                        .order(List.of("name desc", "id"))
                                        .nameIlike("ada cli")
                                        .idIn(List.of(partner.getId(), 1))
                                        .build())
                        .getData();
        check(found.size() == 1 && found.get(0).getId().equals(partner.getId()));

        Integer product = Integer.valueOf(System.getenv("STORY_PRODUCT"));
        OrderOrderLineNewLine newLine =
                new OrderOrderLineNewLine().productId(new LinkInput(product));
        Order order =
                orders.ordersCreate(
                        OrdersApi.APIOrdersCreateRequest.newBuilder()
                                .orderCreate(
                                        new OrderCreate()
                                                .partnerId(new LinkResPartnerInput(partner.getId()))
                                                .addOrderLineItem(
                                                        new OrderOrderLineLineInput(newLine)))
                                .build());
        OrderOrderLineChangedLine line =
                new OrderOrderLineChangedLine()
                        .id(order.getOrderLine().get(0).getId())
                        .productUomQty(new java.math.BigDecimal(3));
        Order changed =
                orders.ordersUpdatePatch(
                        OrdersApi.APIOrdersUpdatePatchRequest.newBuilder()
                                .recordId(order.getId())
                                .orderUpdate(
                                        new OrderUpdate()
                                                .addOrderLineItem(
                                                        new OrderOrderLineLineInput(line)))
                                .build());
        check(changed.getOrderLine().get(0).getProductUomQty().intValue() == 3);
        Order read =
                orders.ordersGet(
                        OrdersApi.APIOrdersGetRequest.newBuilder().recordId(order.getId()).build());
        check(read.getAmountTotal().equals(changed.getAmountTotal()));

        Integer other =
                partners.partnersCreateBatch(
                                PartnersApi.APIPartnersCreateBatchRequest.newBuilder()
                                        .partnerCreate(
                                                List.of(new PartnerCreate().name("Bo Client")))
                                        .build())
                        .getData()
                        .get(0)
                        .getId();
        partners.partnersDeleteBatch(
                PartnersApi.APIPartnersDeleteBatchRequest.newBuilder()
                        .requestBody(List.of(other))
                        .build());
        try {
            partners.partnersGet(
                    PartnersApi.APIPartnersGetRequest.newBuilder().recordId(other).build());
            check(false);
        } catch (ApiException exception) {
            Error error =
                    ApiClient.createDefaultObjectMapper()
                            .readValue(exception.getResponseBody(), Error.class);
            check(error.getCode() == 404);
        }
        new AuthApi(client).authRevokeToken(
                AuthApi.APIAuthRevokeTokenRequest.newBuilder().build());
        System.out.println("told");
    }
}

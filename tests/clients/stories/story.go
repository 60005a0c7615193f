// The story, by what the generator "go" of openapi-generator makes.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	client "example.com/odoo"
)

func check(holds bool, what string) {
	if !holds {
		panic(what)
	}
}

func must[T any](value T, _ any, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	configuration := client.NewConfiguration()
	configuration.Servers = client.ServerConfigurations{{URL: os.Getenv("STORY_URL")}}
	api := client.NewAPIClient(configuration)
	ctx := context.Background()
	credentials := client.NewAuthCredentials(os.Getenv("STORY_LOGIN"), os.Getenv("STORY_PASSWORD"))
	issued := must(api.AuthAPI.AuthIssueTokenPost(ctx).AuthCredentials(*credentials).Execute())
	ctx = context.WithValue(ctx, client.ContextAccessToken, issued.AccessToken)

	partner := must(api.PartnersAPI.PartnersCreate(ctx).PartnerCreate(*client.NewPartnerCreate("Ada Client")).Execute())
	found := must(api.PartnersAPI.PartnersSearch(ctx).
		Fields([]string{"name", "city"}).
		Order([]string{"name desc", "id"}).
		NameIlike("ada cli").
		IdIn([]int32{partner.Id, 1}).
		Execute())
	check(len(found.Data) == 1 && found.Data[0].Id == partner.Id, "found")

	number, err := strconv.ParseInt(os.Getenv("STORY_PRODUCT"), 10, 32)
	check(err == nil, "product")
	product, partnerId := int32(number), partner.Id
	newLine := client.NewOrderOrderLineNewLine(client.LinkInput{Int32: &product})
	create := client.NewOrderCreate(client.LinkResPartnerInput{Int32: &partnerId})
	create.OrderLine = []client.OrderOrderLineLineInput{{OrderOrderLineNewLine: newLine}}
	order := must(api.OrdersAPI.OrdersCreate(ctx).OrderCreate(*create).Execute())
	check(len(order.OrderLine) == 1, "line")

	line := client.NewOrderOrderLineChangedLine(order.OrderLine[0].Id)
	line.SetProductUomQty(3)
	update := client.NewOrderUpdate()
	update.OrderLine = []client.OrderOrderLineLineInput{{OrderOrderLineChangedLine: line}}
	changed := must(api.OrdersAPI.OrdersUpdatePatch(ctx, order.Id).OrderUpdate(*update).Execute())
	check(changed.OrderLine[0].GetProductUomQty() == 3, "changed")
	read := must(api.OrdersAPI.OrdersGet(ctx, order.Id).Execute())
	check(read.AmountTotal.Amount == changed.AmountTotal.Amount, "total")

	others := must(api.PartnersAPI.PartnersCreateBatch(ctx).PartnerCreate([]client.PartnerCreate{*client.NewPartnerCreate("Bo Client")}).Execute())
	ids := []int32{others.Data[0].Id}
	_, err = api.PartnersAPI.PartnersDeleteBatch(ctx).RequestBody(ids).Execute()
	check(err == nil, "deleted")
	_, _, err = api.PartnersAPI.PartnersGet(ctx, ids[0]).Execute()
	var refusal *client.GenericOpenAPIError
	check(errors.As(err, &refusal), "refusal")
	model, isError := refusal.Model().(client.Error)
	check(isError && model.Code == 404, "missing")
	must(api.AuthAPI.AuthRevokeToken(ctx).Execute())
	fmt.Println("told")
}

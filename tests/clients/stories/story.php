<?php
// The story, by what the generator "php" of openapi-generator makes.

declare(strict_types=1);

use OpenAPI\Client\Api\AuthApi;
use OpenAPI\Client\Api\OrdersApi;
use OpenAPI\Client\Api\PartnersApi;
use OpenAPI\Client\ApiException;
use OpenAPI\Client\Configuration;
use OpenAPI\Client\Model\AuthCredentials;
use OpenAPI\Client\Model\Error;
use OpenAPI\Client\Model\OrderCreate;
use OpenAPI\Client\Model\OrderUpdate;
use OpenAPI\Client\Model\PartnerCreate;

error_reporting(E_ALL);
set_error_handler(function (int $number, string $text, string $file): bool {
    // The library that it calls is older than the PHP of today.
    return str_contains($text, 'deprecated') && !str_contains($file, 'php/lib') || throw new ErrorException($text);
}, E_ALL & ~E_DEPRECATED);

require '/usr/share/php/GuzzleHttp/autoload.php';
spl_autoload_register(function (string $name): void {
    $path = str_replace(['OpenAPI\\Client\\', '\\'], ['', '/'], $name);
    require "php/lib/$path.php";
});

function check(mixed $actual, mixed $expected): void
{
    if ($actual != $expected) {
        throw new Exception(json_encode($actual) . ' is not ' . json_encode($expected));
    }
}

$configuration = (new Configuration())->setHost(getenv('STORY_URL'));
$credentials = new AuthCredentials([
    'login' => getenv('STORY_LOGIN'),
    'password' => getenv('STORY_PASSWORD'),
]);
$auth = new AuthApi(null, $configuration);
$issued = $auth->authIssueTokenPost(auth_credentials: $credentials);
$configuration->setApiKey('access-token', $issued->getAccessToken());
$partners = new PartnersApi(null, $configuration);
$orders = new OrdersApi(null, $configuration);

$partner = $partners->partnersCreate(partner_create: new PartnerCreate(['name' => 'Ada Client']));
$found = $partners->partnersSearch(
    fields: ['name', 'city'],
    order: ['name desc', 'id'],
    name__ilike: 'ada cli',
    id__in: [$partner->getId(), 1],
);
check(array_map(fn ($each) => $each->getId(), $found->getData()), [$partner->getId()]);

$order = $orders->ordersCreate(order_create: new OrderCreate([
    'partner_id' => $partner->getId(),
    'order_line' => [['product_id' => (int) getenv('STORY_PRODUCT')]],
]));
$line = ['id' => $order->getOrderLine()[0]->getId(), 'product_uom_qty' => 3];
$changed = $orders->ordersUpdatePatch(
    $order->getId(),
    order_update: new OrderUpdate(['order_line' => [$line]]),
);
check($changed->getOrderLine()[0]->getProductUomQty(), 3);
check($orders->ordersGet($order->getId())->getAmountTotal(), $changed->getAmountTotal());

$others = $partners->partnersCreateBatch(partner_create: [new PartnerCreate(['name' => 'Bo Client'])]);
$ids = array_map(fn ($each) => $each->getId(), $others->getData());
$partners->partnersDeleteBatch($ids);
try {
    $partners->partnersGet($ids[0]);
    throw new Exception('still there');
} catch (ApiException $exception) {
    $error = $exception->getResponseObject();
    check($error instanceof Error && $error->getCode() === 404, true);
}
$auth->authRevokeToken();
echo "told\n";

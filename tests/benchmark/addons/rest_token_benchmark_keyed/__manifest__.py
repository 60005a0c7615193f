{
    "name": "REST Token Benchmark: OCA's API Key",
    "summary": "A service that does nothing, behind a key of OCA's auth_api_key",
    "version": "1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "REST Token contributors",
    "depends": ["rest_token_benchmark", "base_rest_auth_api_key"],
}

{
    "name": "REST Token Benchmark",
    "summary": "Services and records, to measure what it takes to call them",
    "version": "1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "REST Token contributors",
    "depends": ["odoo_rest_token_api"],
    "data": ["security/ir.model.access.csv"],
}

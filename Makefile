.DEFAULT_GOAL := help
.PHONY: help demo test benchmark lint postman stop clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## a real Odoo with both addons, and the story of a token told over HTTP
	@tests/server/demo

test: ## Odoo's own tests, black-box tests and browser tests
	@tests/server/test

benchmark: ## how fast the addons are, beside what else there is (15 minutes)
	@tests/server/benchmark

lint: ## ruff, pylint-odoo, shellcheck and well-formed XML
	@tests/server/lint

postman: ## the Postman collection, made anew from the demo's OpenAPI document
	@tests/server/postman

stop: ## ends the demo's Odoo and its PostgreSQL
	@tests/server/odoo down

clean: ## ends them, and removes .odoo/, where everything was set up
	@tests/server/clean

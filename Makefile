.DEFAULT_GOAL := help
.PHONY: help demo test fuzz benchmark worst-cases sweep clients neighbours lint docs i18n screenshots postman stop clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## a real Odoo with the addons, and the story of a token; SERIES=19.0: of that Odoo
	@tests/server/demo

test: ## all tests, from Odoo's own to those in a browser (half an hour); SERIES=19.0: of that Odoo
	@tests/server/test

fuzz: ## 100000 requests that are wrong in all ways, to a server of their own
	@tests/server/fuzz

benchmark: ## how fast the addons are, beside what else there is (half an hour)
	@tests/server/benchmark

worst-cases: ## what the requests of strangers cost a server, at their worst (6 minutes)
	@tests/server/worst-cases

sweep: ## all models of Odoo's business apps, beside what the ORM says (an hour)
	@tests/server/sweep

clients: ## clients of ten generators, compiled, and a story that each tells (10 minutes)
	@tests/server/clients

neighbours: ## the tests of OCA's addons on base_rest, without ours and beside them (20 minutes)
	@tests/server/neighbours

lint: ## all hooks of .pre-commit-config.yaml; they fix what they can
	@tests/server/lint

docs: ## the addons' README.rst and index.html, made anew from their readme/
	@tests/server/docs

postman: ## the Postman collection, made anew from the demo's OpenAPI document
	@tests/server/postman

i18n: ## the translation templates, made anew by Odoo's export, and the translations updated
	@tests/server/i18n

screenshots: ## the pictures of the documentation, taken anew by the browser tests
	@tests/server/screenshots

stop: ## ends the demo's Odoo and its PostgreSQL, those of SERIES
	@tests/server/odoo down

clean: ## ends them, and removes .odoo/, where everything was set up
	@tests/server/clean

# `make demo` shows the portal, `make test` tests it, `make help` has the rest.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PYTEST := $(BIN)/pytest $(if $(CI),-n auto)
PLUGIN := $(shell find tests/plugin -type f -not -path "*/build/*" -not -path "*.egg-info/*" -not -name "*.pyc" 2>/dev/null)
PLUGIN_NAME := $(shell sed -n 's/^name = "\(.*\)"/\1/p' tests/plugin/pyproject.toml)

.PHONY: help demo test services stop-services test-all site-to-visit test-without-plugin search-eval search-bench screenshots lint check format catalogue no-plugin

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 28

demo: .venv/portal no-plugin catalogue ## Load the demo and serve it on http://localhost:8000 (PORT=8001 for another port)
	@echo "Making the database and its content"
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) demo
	@$(BIN)/python scripts/serve.py

demo: export PORT ?= 8000
demo: export BASE_URL ?= http://localhost:$(PORT)

test: .venv/plugin catalogue ## Run the default suite on SQLite
	$(PYTEST)

services: ## Start a real PostgreSQL, Elasticsearch and OpenSearch of our own, and make Chromium available
	@scripts/services start
	@scripts/search_servers start

stop-services: ## Stop them and forget their data
	@scripts/services stop
	@scripts/search_servers stop

test-all: .venv/plugin catalogue ## Run the suite on PostgreSQL, a visitor's and an editor's way in Chromium, then the search on its servers
	scripts/services with bash -c "$(MAKE) --silent site-to-visit & $(PYTEST) && wait && DATABASE_URL= $(PYTEST) -m e2e"
	scripts/search_servers with $(PYTEST) -m search_server

site-to-visit: # Made while the tests of one core wait for the database that those of the other make
	DATABASE_URL= $(MANAGE) shell --no-imports --command "from tests.e2e.site import kept_site; kept_site()"

test-without-plugin: .venv/tools no-plugin catalogue ## Run what knows of plugins on the portal alone
	$(PYTEST) -m "not e2e and not plugin" tests/test_plugin.py tests/test_frame.py tests/test_fields.py tests/test_events.py

search-eval: .venv/portal no-plugin catalogue ## Judge how well the search finds, on the demo and pages that resemble it
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo >/dev/null
	$(MANAGE) search_eval $(if $(OPENSEARCH_URL),--opensearch $(OPENSEARCH_URL))

search-bench: .venv/portal no-plugin catalogue ## Measure what the search costs, on 2,000, 20,000 and 100,000 pages
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo >/dev/null
	$(MANAGE) search_bench --pages 2000 20000 100000 $(if $(OPENSEARCH_URL),--opensearch $(OPENSEARCH_URL))

search-eval search-bench: export DATA_DIR ?= var/eval

screenshots: .venv/tools catalogue ## Take the pictures of the README anew, of the demo in Chromium
	WITHOUT_PLUGINS=1 scripts/services with $(BIN)/pytest -m e2e tests/e2e/screenshots.py

lint: .venv/tools ## Look at style, and at how code and templates are set
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djangofmt check .

check: lint .venv/plugin catalogue ## Everything that is checked without running the portal
	$(BIN)/lint-imports --no-logo
	$(BIN)/ty check --exit-zero-on-warning
	$(BIN)/python scripts/catalogue.py check
	$(MANAGE) makemigrations --check --dry-run
	BASE_URL=https://samverka.example $(MANAGE) check --deploy --fail-level WARNING

format: .venv/tools ## Set code and templates as lint wants them
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format
	$(BIN)/djangofmt --quiet .
	$(BIN)/djangofmt check --fix --quiet .
	$(BIN)/djangofmt --quiet .

catalogue: .venv/portal
	@$(BIN)/python scripts/catalogue.py compile

no-plugin:
	@rm -f .venv/plugin
	@$(BIN)/pip uninstall -qqq --yes $(PLUGIN_NAME)

# What is installed, one file each: made anew when what it is made from has changed

.venv/portal: requirements.txt
	@echo "Installing the portal in .venv"
	@[ -x $(BIN)/python ] || "$$(scripts/python)" -m venv --clear .venv
	@$(BIN)/pip install --quiet "pip>=25.1"
	@$(BIN)/pip install --quiet --requirement $<
	@touch $@

.venv/tools: pyproject.toml .venv/portal
	@echo "Installing the tools"
	@$(BIN)/pip install --quiet --group dev --constraint requirements.txt
	@touch $@

.venv/plugin: .venv/tools $(PLUGIN)
	@rm -rf tests/plugin/build
	@$(BIN)/pip install -qq --no-deps --no-build-isolation --force-reinstall ./tests/plugin
	@touch $@

# Every step a person or CI takes is a target here. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
STAMPS := .stamps
NODE_FOLDER := .node
export PATH := $(CURDIR)/$(VENV)/bin:$(CURDIR)/$(NODE_FOLDER)/bin:$(PATH)
export NEXT_TELEMETRY_DISABLED := 1

LIGHTHOUSE := lighthouse@12.8.2

BACKEND_LOCK := backend/requirements.lock
DEV_LOCK := backend/requirements-dev.lock
# What runs side by side is shown one after the other, where make can.
WHOLE_OUTPUT := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
FRONTEND_SOURCES := $(shell find frontend -type f -not -path '*/node_modules/*' -not -path '*/.next/*' -not -path '*/out/*' 2>/dev/null)

.PHONY: help
help: ## List the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: $(STAMPS)/runtime frontend/out/index.html ## Set up what is missing and serve everything on http://localhost:8000 (PORT, TRADESENSE_DATA_DIR)
	@exec $(BIN)/tradesense run

.PHONY: test
test: $(STAMPS)/dev $(STAMPS)/node_modules $(STAMPS)/newman frontend/out/index.html browser strace nginx ## Set up what is missing and run every check and test
	@$(MAKE) --no-print-directory -j2 $(WHOLE_OUTPUT) test-frontend types lint client-check
	$(BIN)/python -m pytest -m 'not wall_clock'
	$(BIN)/python -m pytest -m wall_clock -n0 $$(grep -rlw --include='test_*.py' wall_clock tests)

# The same tests in parts that take about as long as each other, each for a machine of its own.
PART_backend := -m 'not wall_clock' tests/unit tests/architecture tests/contract tests/faults
PART_integration := -m 'not wall_clock' tests/integration
PART_security := -m 'not wall_clock' tests/security
PART_browser := -m 'not wall_clock' tests/e2e
PART_clock = -m wall_clock -n0 $$(grep -rlw --include='test_*.py' wall_clock tests)
PART_stack := -n0 --through topology tests/contract tests/integration tests/security
PART_stack-browser := -n0 --through topology tests/e2e

.PHONY: test-part
test-part: $(STAMPS)/dev $(STAMPS)/node_modules $(STAMPS)/newman frontend/out/index.html browser strace nginx ## Set up what is missing and run one part of the tests (PART=backend, integration, security, browser, clock, stack, stack-browser)
	$(if $(PART_$(PART)),,$(error PART is one of those that the Makefile names))
	$(BIN)/python -m pytest $(PART_$(PART))

.PHONY: test-frontend
test-frontend: $(STAMPS)/node_modules
	cd frontend && npm test

.PHONY: bench
bench: $(STAMPS)/dev $(STAMPS)/peers ## Measure speed against the peers in one run and print the ratios
	$(BIN)/python -m tests.benchmarks

.PHONY: bench-browser
bench-browser: $(STAMPS)/node_modules frontend/out/index.html browser ## Measure a ticking 500-row chain in a real browser: long tasks, tick to cell, memory
	node tests/benchmarks/browser_chain.mjs 180 "$$(bash tests/e2e/find-browser.sh)"

.PHONY: bench-pages
bench-pages: $(STAMPS)/dev $(STAMPS)/node_modules $(STAMPS)/$(LIGHTHOUSE) frontend/out/index.html browser nginx ## Measure the pages with Lighthouse, behind nginx as people meet them
	$(BIN)/python -m tests.benchmarks.browser_pages .lighthouse

.PHONY: stories
stories: $(STAMPS)/dev $(STAMPS)/node_modules frontend/out/index.html browser ## Walk every story in a real browser and keep a picture of how it ended (PICTURES)
	PICTURES=$${PICTURES:-$(CURDIR)/pictures} $(BIN)/python -m pytest -n0 tests/e2e

.PHONY: stack-test
stack-test: $(STAMPS)/dev $(STAMPS)/node_modules $(STAMPS)/newman frontend/out/index.html browser nginx ## Run the stories of API, stream and browser through nginx, two workers and a feed
	$(BIN)/python -m pytest $(PART_stack)
	$(BIN)/python -m pytest $(PART_stack-browser)

.PHONY: validate
validate: $(STAMPS)/dev ## Import every market-data file at hand and compare our numbers with the venues' own
	$(BIN)/python -m tests.validation

.PHONY: fuzz
fuzz: $(STAMPS)/dev ## Fuzz the running API from its own OpenAPI file
	$(BIN)/python -m pytest tests/contract/test_openapi_fuzz.py --fuzz-examples 100

.PHONY: faults
faults: $(STAMPS)/dev strace ## Break every part as often as the fault table asks and print what was measured
	$(BIN)/python -m pytest tests/faults -n0 --full-faults --timeout 1800

.PHONY: soak
soak: $(STAMPS)/dev ## Run the program for an hour with 50 clients that come and go, and tell what grew (SOAK_SECONDS)
	$(BIN)/python -m tests.soak $(SOAK_SECONDS)

.PHONY: rolling
rolling: $(STAMPS)/dev nginx ## Replace every process of several and change the tables under 100 requests a second and 500 sockets
	$(BIN)/python -m tests.rolling

.PHONY: images
images: $(STAMPS)/dev ## Build the images from their Dockerfiles without an engine, on stand-in bases, and try their programs (as root)
	$(BIN)/python -m tests.images $${IMAGES:-$(CURDIR)/.images}

.PHONY: security
security: $(STAMPS)/dev $(STAMPS)/node_modules frontend/out/index.html browser nginx ## Run the tests of the security bar and print it row by row
	$(BIN)/python -m tests.tools.security_table

.PHONY: lint
lint: $(STAMPS)/dev $(STAMPS)/node_modules ## Style and import rules, backend and frontend
	$(BIN)/ruff check backend tests scripts
	$(BIN)/ruff format --check backend tests scripts
	cd backend && ../$(BIN)/lint-imports --config importlinter.toml
	cd frontend && npm run lint

.PHONY: types
types: $(STAMPS)/dev $(STAMPS)/node_modules ## Strict types, backend and frontend
	$(BIN)/mypy --config-file backend/pyproject.toml backend/tradesense backend/clients/python/tradesense_client
	cd frontend && npm run types

.PHONY: client
client: $(STAMPS)/dev $(STAMPS)/node_modules ## Write the OpenAPI file and generate the frontend's client from it
	$(BIN)/tradesense openapi --output frontend/openapi.json
	$(BIN)/tradesense asyncapi --output docs/asyncapi.json
	cd frontend && npm run client
	$(BIN)/python backend/clients/python/make_models.py
	@$(MAKE) --no-print-directory postman

.PHONY: postman
postman: $(STAMPS)/dev ## Write the Postman collection from the OpenAPI file
	$(BIN)/python scripts/postman.py

.PHONY: client-check
client-check: $(STAMPS)/dev $(STAMPS)/node_modules ## Fail when the generated client is not what the API says
	@$(BIN)/tradesense openapi --output $(STAMPS)/openapi.json
	@cmp $(STAMPS)/openapi.json frontend/openapi.json || { echo "frontend/openapi.json is stale: run 'make client'"; exit 1; }
	@$(BIN)/tradesense asyncapi --output $(STAMPS)/asyncapi.json
	@cmp $(STAMPS)/asyncapi.json docs/asyncapi.json || { echo "docs/asyncapi.json is stale: run 'make client'"; exit 1; }
	cd frontend && npm run client:check
	@$(BIN)/python backend/clients/python/make_models.py --check || { echo "the Python client's models are stale: run 'make client'"; exit 1; }
	@$(BIN)/python scripts/postman.py --check

.PHONY: format
format: $(STAMPS)/dev ## Rewrite the Python files in the house style
	$(BIN)/ruff check --fix backend tests scripts
	$(BIN)/ruff format backend tests scripts

.PHONY: lock
lock: $(STAMPS)/venv ## Resolve the Python dependencies anew
	cd backend && ../$(UV) pip compile pyproject.toml --generate-hashes --universal --no-emit-index-url --no-header -q -o requirements.lock
	cd backend && ../$(UV) pip compile pyproject.toml --group dev -c requirements.lock --generate-hashes --universal --no-emit-index-url --no-header -q -o requirements-dev.lock

.PHONY: browser
browser: $(STAMPS)/dev
	@bash tests/e2e/find-browser.sh >/dev/null

.PHONY: strace
strace:
	@bash tests/tools/find-strace.sh

.PHONY: nginx
nginx:
	@bash tests/tools/find-nginx.sh

.PHONY: clean
clean: ## Remove what the targets above built, but no data
	rm -rf $(VENV) .venv-peers .lighthouse $(NODE_FOLDER) $(STAMPS) tests/postman/node_modules frontend/node_modules frontend/.next frontend/out

$(STAMPS)/venv:
	@mkdir -p $(STAMPS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "TradeSense needs Python 3.11 or later; '$(PYTHON)' is older. Try: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@touch $@

# The development packages hold the runtime ones at the same versions, so a set-up for tests is never thinned by `make run`.
$(STAMPS)/runtime: $(BACKEND_LOCK) backend/pyproject.toml | $(STAMPS)/venv
	@if [ -f $(STAMPS)/dev ]; then $(MAKE) --no-print-directory $(STAMPS)/dev; \
	else $(UV) pip sync --quiet --python $(BIN)/python --require-hashes $(BACKEND_LOCK) && $(MAKE) --no-print-directory install-project; fi
	@touch $@

$(STAMPS)/dev: $(DEV_LOCK) backend/pyproject.toml | $(STAMPS)/venv
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes $(DEV_LOCK)
	@$(MAKE) --no-print-directory install-project
	@touch $@ $(STAMPS)/runtime

.PHONY: install-project
install-project:
	$(UV) pip install --quiet --python $(BIN)/python --no-deps -e backend -e backend/clients/python
	@echo "Compiling the option maths, once."
	@$(BIN)/python -c 'from tradesense import quant; quant.warm()'

# Node 20 or later from the machine; otherwise the one that comes as a Python wheel.
$(STAMPS)/node: | $(STAMPS)/venv
	@if ! node -e 'process.exit(+process.versions.node.split(".")[0] < 20)' 2>/dev/null || ! command -v npm >/dev/null; then bash tests/tools/node-from-wheel.sh $(UV) $(BIN)/python $(NODE_FOLDER); fi
	@touch $@

$(STAMPS)/node_modules: frontend/package-lock.json $(STAMPS)/node
	cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(STAMPS)/newman: tests/postman/package-lock.json $(STAMPS)/node
	cd tests/postman && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

frontend/out/index.html: $(FRONTEND_SOURCES) | $(STAMPS)/node_modules
	cd frontend && npm run build
	@touch $@

$(STAMPS)/peers: tests/benchmarks/peers.txt | $(STAMPS)/venv
	$(PYTHON) -m venv .venv-peers
	$(UV) pip install --quiet --python .venv-peers/bin/python -r tests/benchmarks/peers.txt
	@touch $@

# A tool to measure with, beside the project's own packages.
$(STAMPS)/$(LIGHTHOUSE): | $(STAMPS)/node
	@mkdir -p .lighthouse && echo '{}' > .lighthouse/package.json
	cd .lighthouse && npm install --no-save --no-audit --no-fund --ignore-scripts --loglevel=error $(LIGHTHOUSE)
	@touch $@

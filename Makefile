# The same commands on a laptop and in CI. `make help` lists them.
# Needs: Python 3.11 or newer, make, git; for `make test` a Chromium (installed where this machine allows it).
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory

PORT ?= 8000
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
RUN := $(BIN)/python
WORKERS ?= 2

.PHONY: help
help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

# --- Running it -------------------------------------------------------------------------------------------------------

.PHONY: demo
demo: $(BIN)/.base ## Set up and run the whole demo on http://127.0.0.1:8000 (PORT=… changes it)
	@DJANGO_SETTINGS_MODULE=config.settings.demo PORT=$(PORT) exec $(RUN) -u manage.py demo --port $(PORT)

.PHONY: demo-reset
demo-reset: $(BIN)/.base ## Throw the demo's data away; the next `make demo` starts over
	@$(RUN) -c "import os, pathlib, shutil; \
	[shutil.rmtree(p) if p.is_dir() else p.unlink() for n in ('demo.sqlite3*', 'sandbox.sqlite3*', 'media', 'mail', 'log') \
	for p in pathlib.Path(os.environ.get('KRIYA_LOCAL') or '.local').glob(n)]"
	@echo "The demo's data is gone. 'make demo' starts over."

# --- Testing it -------------------------------------------------------------------------------------------------------

.PHONY: test
test: $(BIN)/.dev browser check ## Everything: checks, unit tests in parallel, then browser tests
	@$(RUN) manage.py compile_translations --settings=config.settings.test --verbosity 0
	@echo "== Unit and concurrency tests"
	$(RUN) -m pytest -m "not browser" -n $(WORKERS) --dist loadgroup -q
	@echo "== Browser tests"
	$(RUN) -m pytest -m browser -q

.PHONY: check
check: $(BIN)/.dev ## Linters, types, layering, file sizes
	@echo "== Checks"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=site:. $(BIN)/lint-imports
	$(BIN)/djlint themes --lint --quiet
	$(RUN) -m tests.architecture.file_sizes

.PHONY: format
format: $(BIN)/.dev ## Let ruff format the Python code
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

.PHONY: bench
bench: $(BIN)/.dev browser ## Measure how fast the till answers in a browser (reports, decides nothing)
	@$(RUN) -m benchmarks.till

.PHONY: browser
browser: $(BIN)/.dev
	@$(RUN) -m tests.browser.install

# --- Keeping it -------------------------------------------------------------------------------------------------------

.PHONY: messages
messages: $(BIN)/.base ## Compile the translations
	@$(RUN) manage.py compile_translations

.PHONY: lock
lock: $(BIN)/.uv ## Pin requirements/*.in anew, with hashes
	@for set in base dev; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header requirements/$$set.in -o requirements/$$set.txt; done

# --- The environment --------------------------------------------------------------------------------------------------

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing. Debian: apt-get install python3 python3-venv; macOS: brew install python@3.11"; exit 1; }
	@echo "Making a Python environment in .venv …"
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing. Debian: apt-get install python3-venv"; rm -rf .venv; exit 1; }

$(BIN)/.uv: requirements/uv.txt | $(BIN)/python
	@$(BIN)/pip install --quiet --require-hashes -r requirements/uv.txt
	@touch $@

$(BIN)/.base: requirements/base.txt $(BIN)/.uv
	@test $(BIN)/.dev -nt requirements/base.txt || { echo "Installing what the site runs on …"; \
		$(BIN)/uv pip install --quiet --require-hashes -r requirements/base.txt; }
	@touch $@

$(BIN)/.dev: requirements/dev.txt requirements/base.txt $(BIN)/.uv
	@echo "Installing what testing needs …"
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

# The one door to the project: `make` alone lists what can be asked for.
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,\
	$(shell command -v $(name) >/dev/null 2>&1 && \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
# Enough for tools that read the settings and never ask a server.
TOOL_SETTINGS := SECRET_KEY=tools DATABASE_URL=postgres://nobody@127.0.0.1/none
SOURCES := accounts bench certificates config core courses deploy expertise finance registry tests
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-annotate

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo demo-reset manage test check check-format check-lint \
	check-types check-layers check-templates check-migrations check-translations \
	format bench lock

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: python ## install all that the portal needs; again: only what changed
	@$(PYTHON) -m deploy.setup

setup-dev: python ## the same, with what tests and checks need
	@$(PYTHON) -m deploy.setup --dev

.PHONY: python
python:
ifeq ($(PYTHON),)
	@echo "Python 3.11 or later is needed: install python3, or say PYTHON=/path/to/python3."
	@exit 1
endif

demo: setup ## serve the portal with demo data on http://localhost:8000 (PORT=…)
	@$(BIN)/python -m config.demo

demo-reset: setup ## the same, all data made anew
	@$(BIN)/python -m config.demo --reset

manage: ## a management command on the running demo: make manage c="check_course …"
	@set -a && . ./.data/demo.env && $(BIN)/python manage.py $(c)

test: setup-dev ## all tests, those in the browser too (TESTS=tests/core for some)
	@$(BIN)/python -m pytest -n auto --cov --cov-report=term $(TESTS)

check: setup-dev ## style, types, layers, migrations, translations
	@$(MAKE) --no-print-directory --keep-going check-format check-lint check-types \
		check-layers check-templates check-migrations check-translations

check-format:
	$(BIN)/ruff format --check .

check-lint:
	$(BIN)/ruff check .

check-types:
	$(TOOL_SETTINGS) $(BIN)/mypy $(wildcard $(SOURCES))

check-layers:
	$(TOOL_SETTINGS) $(BIN)/lint-imports

check-templates:
	$(BIN)/djlint --check --lint --quiet templates

check-migrations:
	$(BIN)/python -m config.embedded $(BIN)/python manage.py makemigrations --check --dry-run

check-translations:
	$(TOOL_SETTINGS) $(BIN)/python manage.py check_translations

format: setup-dev ## put code and templates in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint --reformat --quiet templates

bench: setup-dev ## measure against the peers, write docs/performance.md
	@$(BIN)/python -m bench

lock: setup-dev ## take the newest versions that *.in allow, with their hashes
	$(LOCK) --upgrade requirements.in -o requirements.txt
	$(LOCK) --upgrade requirements-dev.in -o requirements-dev.txt
	$(LOCK) --upgrade deploy/setup/uv.in -o deploy/setup/uv.txt

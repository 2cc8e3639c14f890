# Two commands matter: `make run` and `make test`. Each sets up what it needs first; the second time that takes no time.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
JOBS ?= auto
export PORT
# Bytecode is kept: otherwise each of the many processes that tests start compiles everything again.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile -q --no-config --generate-hashes --universal --python-version 3.11 --custom-compile-command 'make lock'

.PHONY: help run setup dev check lint test format packages lock upgrade wheel clean

help:  ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

run: setup  ## set up, load the demo fair on first start, serve on http://127.0.0.1:$(PORT)
	@exec $(BIN)/fairapp start

setup:  ## set up only; the command is then .venv/bin/fairapp
	@$(PYTHON) tools/install.py

dev:  ## set up with everything that the checks need
	@$(PYTHON) tools/install.py --dev

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python tools/containers.py

check: lint  ## the fast part: lint, types, floors, rules, the house itself (under a minute)
	$(BIN)/python -m pytest tests/rules tests/house

test: lint  ## everything: also both databases, the web, a real browser
	$(BIN)/python tests/chromium.py
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

format: dev  ## put the code into its shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

packages: dev  ## write the list of packages into setup.cfg
	$(BIN)/python tools/packages.py --write

lock: setup  ## bring the lock files in step with setup.cfg and requirements/*.in
	for name in uv node build; do $(LOCK) requirements/$$name.in -o requirements/$$name.txt || exit 1; done
	$(LOCK) setup.cfg -o requirements/runtime.txt
	$(LOCK) requirements/dev.in -o requirements/dev.txt

upgrade:  ## the same, with the newest versions allowed
	$(MAKE) lock LOCK="$(LOCK) --upgrade"

wheel: setup  ## build dist/*.whl, front end included
	$(BIN)/python -m pip wheel -q --no-deps --no-build-isolation --no-index -w dist .

clean:  ## remove what was built; instance/ stays
	rm -rf .venv .cache node_modules static/vendor build dist fairapp.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

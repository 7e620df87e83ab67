# Wendu. Bare `make` lists what can be done.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
DEV := WENDU_DEBUG=1 WENDU_DATA_DIR=$(CURDIR)/var/dev

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: help runtime env demo test dev check fix test-pg e2e bench bench-value faults spark counts screens room docs wheel locks messages

runtime:
	@scripts/environment runtime

env:
	@scripts/environment all

demo: runtime ## a company with two years of history, in your browser (Ctrl-C stops it)
	@WENDU_DATA_DIR="$${WENDU_DATA_DIR:-$(CURDIR)/var/demo}" .venv/bin/wendu demo

test: env ## every test that can run here: SQLite, PostgreSQL, Chromium
	@scripts/test

dev: env ## the site with reload on change, on a database of its own
	@mkdir -p var/dev
	$(DEV) $(PY) manage.py migrate --verbosity 0
	$(DEV) $(PY) manage.py runserver

check: env ## everything a change must pass besides its tests
	@$(PY) scripts/check.py

fix: env ## let the tools mend what they can
	.venv/bin/ruff check --fix-only --quiet . || true
	.venv/bin/ruff format --quiet .
	$(PY) scripts/messages.py

test-pg: env ## the tests on PostgreSQL only
	@scripts/test postgres

e2e: env ## the tests in a real browser only
	@scripts/test e2e

bench-value: env ## time RFM, fit and scores beside two packages for it (SIZE=10000000 for more, ALONE=1 without them)
	$(if $(ALONE),,@scripts/rival)
	@$(PY) scripts/bench_value.py $(if $(SIZE),--customers $(SIZE)) $(if $(ALONE),--alone)

bench: runtime ## time the budgets at 200,000 customers (SIZE=1000000 for more)
	@.venv/bin/wendu bench $(if $(SIZE),--customers $(SIZE))

faults: env ## kill processes at random while touches are logged; none may be lost
	.venv/bin/pytest -q -m faults tests

spark: env ## the value pipeline on a Spark of this machine's own (needs Java 17)
	@scripts/spark

counts: env ## record the number of queries per page anew
	WENDU_RECORD_COUNTS=1 .venv/bin/pytest -q tests -k query_counts

screens: env ## take the pictures under docs/screens anew
	@$(PY) scripts/screens.py

room: env ## scaffold a room: make room NAME=offers ABOVE=discovery
	@$(PY) scripts/room.py "$(NAME)" "$(ABOVE)"

docs: env ## write the generated pages anew (events)
	@$(PY) scripts/docs.py

wheel: env ## build the wheel, install it in an empty venv, serve from it (FOLDER=dist keeps it)
	@$(PY) scripts/wheel.py $(FOLDER)

locks: ## move nothing, lock what pyproject.toml asks for (UPGRADE=1 moves the pins)
	@scripts/locks $(if $(UPGRADE),--upgrade)

messages: env ## gather translations and compile them
	@$(PY) scripts/messages.py

# Koto-digi. `make` lists the targets; none asks a question.
PY := .venv/bin/python
export FLASK_APP := run
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

MO := translations/fi/LC_MESSAGES/messages.mo translations/sv/LC_MESSAGES/messages.mo

setup: .venv/ready $(MO) ## make the virtual environment from the hashed lock

.venv/ready: requirements.txt
	@sh bin/system-packages run
	python3 -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/ready-test: requirements/dev.txt .venv/ready
	@sh bin/system-packages test
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

%.mo: %.po .venv/ready
	@$(PY) -m app.texts.catalogue compile

run: setup ## migrate, load reference data and invented clients, serve on 127.0.0.1:8080
	@exec sh bin/run

run-training: export KOTO_ENVIRONMENT := training
run-training: export KOTO_INSTANCE_DIR ?= instance-training
run-training: export KOTO_PORT ?= 8081
run-training: setup ## the training environment: the same beside it on 127.0.0.1:8081, with a database and keys of its own
	@exec sh bin/run

test: setup .venv/ready-test ## run every test
	$(PY) -m pytest -q -n auto --dist loadfile --no-loadscope-reorder

lint: .venv/ready-test ## style of code and templates, and import layers
	.venv/bin/ruff check . && .venv/bin/djlint --lint --quiet app/templates && .venv/bin/lint-imports

types: .venv/ready-test ## static types
	.venv/bin/mypy app config.py

texts: .venv/ready ## extract, check and compile the catalogues
	$(PY) -m app.texts.catalogue update
	$(PY) -m app.texts.catalogue check
	$(PY) -m app.texts.catalogue compile

docs: .venv/ready ## write the tables of docs/tables from the code
	$(PY) -m docs.generate

screenshots: setup .venv/ready-test ## write contact sheets of every type of page to tests/out/screenshots
	$(PY) -m tests.screenshots

bench: .venv/ready-test ## measure the list page at 100,000 and at a million clients, and the rest of bench/README.md; takes minutes
	$(PY) -m bench.list_page
	$(PY) -m bench.list_page 1000000
	$(PY) -m bench.membership
	$(PY) -m bench.work_queue
	$(PY) -m bench.moving_in
	$(PY) -m bench.reports

.venv/ready-mutants: requirements/mutants.txt .venv/ready-test
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/mutants.txt
	@touch $@

mutants: setup .venv/ready-mutants ## change each line of the rules in turn and write docs/evidence/mutation.md; takes a quarter of an hour
	nice -n 19 $(PY) -m tests.mutants

lock: .venv/ready-test ## resolve requirements/*.in into hashed locks
	.venv/bin/pip-compile -q --no-header --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --allow-unsafe -o requirements.txt requirements/base.in
	.venv/bin/pip-compile -q --no-header --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --allow-unsafe -o requirements/dev.txt requirements/dev.in
	.venv/bin/pip-compile -q --no-header --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --allow-unsafe -o requirements/mutants.txt requirements/mutants.in

clean: ## remove what the other targets made, data included
	rm -rf .venv instance instance-training .pytest_cache .ruff_cache .mypy_cache .mutants tests/out

.PHONY: help setup run run-training test lint types texts docs screenshots bench mutants lock clean

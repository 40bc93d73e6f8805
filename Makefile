# One definition of each check; people, hooks and CI call these. `make` alone shows this list.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help setup talk test check lint types content cover-flows lock fuzz bench-start bench-search bench-parts bench-growth bench-telegram

help:    ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/	/'

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock 1>&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e . 1>&2
	@$(BIN)/bansou search 協議体 >/dev/null || true  # the index is built now, not at the first question
	@touch $@

setup: $(STAMP)   ## put everything into .venv/ (quick when nothing changed)

talk: $(STAMP)    ## the chat in this terminal
	@$(BIN)/bansou talk

test: check       ## every check and every test
	@$(BIN)/python -c "from tests.talk import real_library; real_library().search('')"  # the index, before coverage slows it
	@$(BIN)/python -m pytest -n 2 --cov --cov-report=term:skip-covered -q
	@$(BIN)/python tests/coverage_floors.py

check: lint types content   ## ruff, mypy, import-linter, bansou check --deep

lint: $(STAMP)    ## style and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache | tail -n 4

types: $(STAMP)   ## mypy strict
	@$(BIN)/mypy

content: $(STAMP) ## every fault in knowledge/ and flows/, all answers of every flow examined
	@$(BIN)/bansou check --deep

cover-flows: $(STAMP) ## what no talk in tests/talks/ meets, by flow
	@$(BIN)/python -m tests.flow_coverage

fuzz: $(STAMP)    ## property tests, long and random
	@BANSOU_FUZZ=long $(BIN)/python -m pytest -q -m "fuzz or not fuzz" -k "propert or fuzz"

bench-search: $(STAMP) ## how well and how fast the search finds, beside plain methods
	@$(BIN)/python tests/bench_search.py

bench-parts: $(STAMP) ## what each part of the search adds
	@$(BIN)/python tests/bench_search.py parts

bench-growth: $(STAMP) ## the search with 10 and 100 times the entries (some minutes)
	@$(BIN)/python tests/bench_search.py growth

bench-telegram: $(STAMP) ## 200 people x 20 turns on Telegram, beside the library's defaults (some minutes)
	@$(BIN)/python -m tests.bench_telegram

bench-start: $(STAMP) ## how long a cold start takes
	@$(BIN)/python tests/bench_start.py

lock:             ## resolve requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock

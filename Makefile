# Everything a newcomer needs: `make demo` runs the main job, `make test` runs all checks.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := 0.13.9
READY  := $(VENV)/.ready

.PHONY: bytecode poppler demo serve lint test quick fits validate bench stories soak tree lock clean

# Where the files of real outcomes are; they are no part of the project.
OUTCOMES ?= ../shared/data

# One virtual environment, synced from the hashed lock and byte-compiled once.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv==$(UV)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $(READY)

# Compiled once, so that each command and each test of one starts without compiling the house.
bytecode: $(READY)
	$(BIN)/python -m compileall -q kernel documents models underwriting claims api

# A second opinion on signatures and pages comes from poppler; tests without it say so and skip.
poppler:
	@command -v pdfsig >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	  && { apt-get install -y -qq poppler-utils >/dev/null 2>&1 || { apt-get update -qq && apt-get install -y -qq poppler-utils; } >/dev/null 2>&1; }; } \
	  || echo "poppler is not here: install poppler-utils (pdfsig, pdftoppm) for its second opinion on paper; those tests are skipped"

demo: bytecode
	$(BIN)/zhibao demo --out demo-out

serve: bytecode
	$(BIN)/zhibao serve

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Tests run on SQLite and on a PostgreSQL that the environment brings along.
test: bytecode poppler lint
	$(BIN)/pytest -n 2

# The same without what takes over ten seconds a test.
quick: bytecode poppler lint
	$(BIN)/pytest -n 2 -m "not slow"

# Freeze the laws that rest on published figures, after a row of theirs was changed.
fits: $(READY)
	$(BIN)/python -m models.training.freeze

# Hold every model against real outcomes, and write docs/methods/validation.md.
validate: $(READY)
	$(BIN)/python -m models.training.validate $(OUTCOMES) docs/methods/validation.md

# Measure what must be fast, as ratios within one run.
bench: $(READY)
	$(BIN)/python tests/bench/run.py

# Four claims from first notice to close, over HTTP: their papers, timelines and transcripts.
stories: bytecode
	ZHIBAO_STORIES=build/stories $(BIN)/pytest tests/stories/test_stories_told.py

# The model of claims beside the house, for 20,000 steps on each database.
soak: bytecode
	ZHIBAO_MODEL_STEPS=20000 $(BIN)/pytest -s tests/claims/model

# Write the tree of docs/architecture.md anew, after a module was added, removed or re-described.
tree: $(READY)
	$(BIN)/python tests/house_tree.py

# Pin anew. No registry address may stand in the lock.
lock: $(VENV)/bin/python
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv==$(UV)
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --universal --extra test --extra train --python-version 3.11 --output-file requirements.lock pyproject.toml

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

clean:
	rm -rf $(VENV) demo-out build .pytest_cache .mypy_cache .ruff_cache .hypothesis

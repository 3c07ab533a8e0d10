# Everything here needs only Python 3.11 or later and make; the rest comes from the lock file.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check bench chaos clean

demo: $(STAMP)
	@echo "Starting comity with a local Slack; stop it with Ctrl-C."
	@$(BIN)/comity demo $(ARGS)

test: $(STAMP)
	@echo "Running the tests on SQLite and on a PostgreSQL of their own."
	@$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term $(ARGS)

check: $(STAMP)
	@echo "Checking style, types and import rules."
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(STAMP)
	@echo "Measuring; the figures are ratios within this one run."
	@$(BIN)/python -m tests.bench $(ARGS)

chaos: $(STAMP)
	@echo "Killing what runs, losing answers and restarting the database, for some minutes on each database."
	@$(BIN)/python -m tests.chaos --database postgres $(ARGS)
	@$(BIN)/python -m tests.chaos --database sqlite $(ARGS)

clean:
	rm -rf $(VENV) .comity

$(STAMP): uv.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit('comity needs Python 3.11 or later; this is ' + sys.version.split()[0]) if sys.version_info < (3, 11) else None"
	@test -x $(BIN)/python || { echo "Making a virtual environment in $(VENV)."; $(PYTHON) -m venv $(VENV); }
	@test -x $(BIN)/uv || { echo "Installing the installer."; $(BIN)/python -m pip install --quiet --disable-pip-version-check uv; }
	@echo "Installing what the lock file names."
	@VIRTUAL_ENV= UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --quiet --frozen --inexact --python $(BIN)/python
	@touch $(STAMP)

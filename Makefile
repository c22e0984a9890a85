# Two commands on a fresh machine with Python, git and make:
#   make site   sets up and builds the demo into output/
#   make test   sets up and passes every test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site test bench browser checker clean

site: $(VENV)/.site
	$(BIN)/digest build

test: $(VENV)/.test browser checker
	$(BIN)/ruff check digest tests
	$(BIN)/ruff format --check digest tests
	$(BIN)/mypy
	$(BIN)/pytest -n auto

# How builds compare, as ratios, and how fast imports are.
bench: $(VENV)/.site
	$(BIN)/python tests/bench/bench_build.py
	$(BIN)/python tests/bench/bench_import.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.test: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,test]'
	touch $@ $(VENV)/.site

# The browser tests drive the Chromium of the system; install it where that is possible, else say so and go on.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium; } \
	  || echo "make test: no Chromium here and it cannot be installed: the browser tests will be skipped"

# The Nu HTML checker is a Java program that npm brings; without either, its tests say that they were not run.
checker:
	@[ -f $(VENV)/nu/node_modules/vnu-jar/build/dist/vnu.jar ] || ! command -v java >/dev/null || ! command -v npm >/dev/null \
	  || npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(VENV)/nu vnu-jar@26 \
	  || echo "make test: the Nu HTML checker cannot be installed: its tests will be skipped"

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

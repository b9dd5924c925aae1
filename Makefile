# Needs Python 3.11 or newer and nothing else. Another Python: make demo PYTHON=python3.13
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8765
ARGS ?=
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: demo run test check bench docs picture lock clean

demo: $(VENV)/run.stamp  ## the sandbox in the browser
	@$(BIN)/python -m bot demo --port $(PORT) $(ARGS)

run: $(VENV)/run.stamp  ## the bot itself, with the settings in .env
	@$(BIN)/python -m bot run

test: $(VENV)/dev.stamp  ## all tests
	$(BIN)/pytest -n logical --dist worksteal $(ARGS)

check: $(VENV)/dev.stamp  ## style, types, layers, and whether the docs are up to date
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m bot docs --check

bench: $(VENV)/dev.stamp  ## the measurements of benchmarks/, beside the peer
	@$(INSTALL:--require-hashes=) -r benchmarks/requirements.txt
	@$(BIN)/python -m benchmarks.all --rounds 3 $(ARGS)

docs: $(VENV)/run.stamp  ## docs/commands.md and docs/settings.md, from the code
	@$(BIN)/python -m bot docs

picture: $(VENV)/dev.stamp  ## docs/images/sandbox.png, from the running sandbox
	@$(BIN)/python docs/picture.py

lock:  ## requirements*.txt, from pyproject.toml
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  -p 3.11 pyproject.toml -o requirements.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  -p 3.11 pyproject.toml --extra postgres --group dev -c requirements.txt -o requirements-dev.txt

clean:  ## remove what make made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/run.stamp: requirements.txt | $(BIN)/python
	@$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt | $(BIN)/python
	@$(INSTALL) -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

# $(error …) says one line and no more.
$(BIN)/python:
	$(if $(shell command -v $(PYTHON)),,\
	  $(error $(PYTHON) is not there: install Python 3.11 or newer, or name yours with PYTHON=python3.13))
	$(if $(shell $(PYTHON) -c 'import sys; print("1" * (sys.version_info >= (3, 11)))'),,\
	  $(error $(shell $(PYTHON) -V) is too old: install Python 3.11 or newer, or name yours with PYTHON=python3.13))
	$(if $(shell $(PYTHON) -c 'import venv, ensurepip; print(1)' 2>/dev/null),,\
	  $(error $(PYTHON) has no venv module: on Debian and Ubuntu, apt install python3-venv))
	@$(PYTHON) -m venv $(VENV)

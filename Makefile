# Two commands do everything: `make demo` reads an article, `make test` passes the tests. Both make .venv themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
READY := $(VENV)/.ready

.PHONY: demo test lint types check quality bench docs lock locked audit release clean

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

demo: $(READY)
	$(BIN)/readout read examples/visit.txt --published 2025-03-10

test: $(READY) lint types
	$(BIN)/pytest -n $(WORKERS) --dist loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

quality: $(READY)
	$(BIN)/python benchmarks/quality.py

bench: $(READY)
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/speed.py

# What the site needs is not in [dev]: a dozen packages and 60 MB for one test. Once they are there, `make test` builds the site, too.
# Not --quiet: with it a strict build does not count warnings.
docs: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict
	@echo 'site/index.html'

# What a release is made with (releasing/README.md) has an environment of its own.
RELEASING := build/releasing
LOCKING := $(RELEASING)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

$(RELEASING)/.ready: releasing/requirements.txt
	$(PYTHON) -m venv $(RELEASING)
	$(RELEASING)/bin/python -m pip install --quiet --disable-pip-version-check -r releasing/requirements.txt
	@touch $@

lock: $(RELEASING)/.ready
	$(LOCKING) --upgrade --extra postgresql --output-file locked/runtime.txt pyproject.toml
	$(LOCKING) --upgrade --all-extras --constraint locked/runtime.txt --output-file locked/dev.txt pyproject.toml

locked:
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locked/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

audit: $(RELEASING)/.ready
	$(RELEASING)/bin/pip-audit --strict --disable-pip --require-hashes --requirement locked/runtime.txt

release: $(RELEASING)/.ready
	rm -rf dist
	$(RELEASING)/bin/python -m build
	$(RELEASING)/bin/python releasing/sbom.py dist/readout-news.cdx.json
	cd dist && sha256sum * > SHA256SUMS

clean:
	rm -rf $(VENV) build dist site .mypy_cache .ruff_cache .pytest_cache

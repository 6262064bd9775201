# `make demo` and `make test` do all their set-up themselves, from hashed locks.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
TRAIN_VENV ?= .venv-train
TRAIN_BIN := $(TRAIN_VENV)/bin
PIP_FLAGS := --quiet --disable-pip-version-check --require-hashes

.PHONY: help demo test check soak run lint format types train-test train evaluate benchmarks lock clean

help:  ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

# A stamp per lock: the environment is made again only when its lock changes.
$(VENV)/.runtime: requirements.txt
	@echo "Preparing the run-time environment in $(VENV) (once; a minute or two) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install $(PIP_FLAGS) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "Adding the tools for tests …"
	@$(BIN)/python -m pip install $(PIP_FLAGS) -r requirements-dev.txt
	@touch $@

$(TRAIN_VENV)/.train: training/requirements.txt training/torch.txt
	@echo "Preparing the training environment in $(TRAIN_VENV) …"
	@test -x $(TRAIN_BIN)/python || $(PYTHON) -m venv $(TRAIN_VENV)
	@$(TRAIN_BIN)/python -m pip install $(PIP_FLAGS) -r training/requirements.txt
	@$(TRAIN_BIN)/python -m pip install $(PIP_FLAGS) --no-deps -r training/torch.txt
	@touch $@

demo: $(VENV)/.runtime  ## Watch the whole job at work against a local newsroom
	@$(BIN)/python -m monitor demo

run: $(VENV)/.runtime  ## Run the live service with the shipped sources
	@$(BIN)/python -m monitor run

# Branches are counted where the gate on them stands; everywhere else that would only cost time.
CORE := tests/domain tests/text tests/pipeline

test: $(VENV)/.dev  ## Run every check that takes minutes: lint, types, tests, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto -m "not soak and not training" $(CORE)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	$(BIN)/python -m pytest -n auto -m "not soak and not training" $(CORE:%=--ignore=%)

check: test

train-test: $(TRAIN_VENV)/.train  ## Test training end to end on a tiny random model (needs torch)
	$(TRAIN_BIN)/python -m pytest -m training tests/training

train: $(TRAIN_VENV)/.train  ## Train the next model: make train DATA=path/to/data [PREVIOUS=path/to/version/2.1.0]
	$(TRAIN_BIN)/python -m training.train --data $(DATA) $(if $(PREVIOUS),--previous $(PREVIOUS))

evaluate: $(TRAIN_VENV)/.train  ## Evaluate the shipped model: make evaluate [DATA=path/to/data]
	$(TRAIN_BIN)/python -m training.evaluate $(if $(DATA),--data $(DATA))

soak: $(VENV)/.dev  ## Run the long tests: kills, load
	$(BIN)/python -m pytest -m soak

benchmarks: $(TRAIN_VENV)/.train  ## Print speed ratios against baselines, each in one run
	$(TRAIN_BIN)/python -m benchmarks.classifier
	$(TRAIN_BIN)/python -m benchmarks.pipeline
	$(TRAIN_BIN)/python -m benchmarks.extraction
	$(TRAIN_BIN)/python -m benchmarks.feeds
	$(TRAIN_BIN)/python -m benchmarks.duplicates
	$(TRAIN_BIN)/python -m benchmarks.polling
	$(TRAIN_BIN)/python -m benchmarks.latency
	$(TRAIN_BIN)/python -m benchmarks.detection
	$(TRAIN_BIN)/python -m benchmarks.archive
	$(TRAIN_BIN)/python -m benchmarks.health
	$(TRAIN_BIN)/python -m benchmarks.delivery
	$(TRAIN_BIN)/python -m benchmarks.noise

format: $(VENV)/.dev  ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock:  ## Write the locks anew (needs uv)
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) pyproject.toml --group dev -o requirements-dev.txt
	$(LOCK) pyproject.toml training/requirements.in --group pyproject.toml:dev -o training/requirements.txt

clean:  ## Remove environments and caches
	rm -rf $(VENV) $(TRAIN_VENV) .pytest_cache .mypy_cache .ruff_cache .coverage demo-output

# Every target sets up what it needs. Python 3.11 or newer, and the package registry; no other network.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: anchors-report clean demo engines-report evaluate evaluate-gate gpu-check help image image-check lint llama-check measure memory ray-check resume-check server-check test throughput venv

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 24

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --disable-pip-version-check --progress-bar off -q -c constraints.txt torch==2.13.0
	$(BIN)/pip install --disable-pip-version-check --progress-bar off -q -c constraints.txt -e '.[dev]'
	touch $@

venv: $(READY) ## the virtual environment with pinned dependencies

demo: $(READY) ## set up, build the embedded checkpoint (once), digest an example page
	$(BIN)/yoji models build embedded
	$(BIN)/yoji digest examples/dev-001.txt

lint: $(READY) ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint ## set up and run every test CI runs
	$(BIN)/python -m pytest -m 'not gpu and not heavy'

measure: $(READY) ## reading, passages, the anchors' share and speed on the example corpus (minutes)
	$(BIN)/python -m benchmarks.reading tests/fixtures/articles_dev.jsonl
	$(BIN)/python -m benchmarks.passages tests/fixtures/articles_dev.jsonl
	$(BIN)/python -m benchmarks.anchors_share tests/fixtures/articles_dev.jsonl
	$(BIN)/python -m benchmarks.speed tests/fixtures/articles_dev.jsonl

# No image and audio encoders: they take longer to compile than the rest.
LLAMA := CMAKE_ARGS=-DLLAVA_BUILD=OFF $(BIN)/pip install --disable-pip-version-check --progress-bar off -q -c constraints.txt

llama-check: $(READY) ## compile llama.cpp (minutes) and hold it to transformers on the embedded model
	$(LLAMA) -e '.[dev,llama]'
	$(BIN)/python -m pytest -m heavy tests/models/generation/test_llama_cpp.py

server-check: $(READY) ## compile llama.cpp (minutes), serve the base with it and run profile server's code against it
	$(LLAMA) -e '.[dev,llama]' 'llama-cpp-python[server]'
	$(BIN)/python -m pytest -m heavy tests/models/generation/test_llama_server.py

image: ## build the container image without a daemon (buildah; see docker/build.sh)
	docker/build.sh

image-check: ## run the image's server and batch: read-only, any user, no network
	docker/check.sh

engines-report: $(READY) ## engines and number formats on the embedded model, in turn (about six minutes)
	$(BIN)/python -m benchmarks.engines tests/fixtures/articles_dev.jsonl --write docs/engines.md

gpu-check: $(READY) ## whether all works on this machine's GPU: 0 yes, 1 no, 2 there is none
	$(BIN)/python -m benchmarks.gpu_check tests/fixtures/articles_dev.jsonl

anchors-report: $(READY) ## false alarms, misses and coverage of the anchors' verifier
	$(BIN)/python -m benchmarks.anchors_report

DATA ?= ../shared/data
evaluate: $(READY) ## score the embedded profile on all reference sets (hours on two cores; DATA=folder)
	$(BIN)/yoji evaluate --suite quality --data $(DATA)

evaluate-gate: $(READY) ## the same on 120 items a set: fails when a floor is broken
	$(BIN)/yoji evaluate --suite quality --data $(DATA) --sample 120 --gate

throughput: $(READY) ## how busy a batch keeps the engine, and its rate beside CTranslate2 alone (minutes)
	$(BIN)/python -m benchmarks.throughput tests/fixtures/articles_dev.jsonl

memory: $(READY) ## peak memory of batches of 10,000, 50,000 and 100,000 short articles, without a network
	$(BIN)/python -m benchmarks.memory

ray-check: $(READY) ## install Ray and run a batch and the service on it (minutes)
	$(BIN)/pip install --disable-pip-version-check --progress-bar off -q -c constraints.txt -e '.[dev,ray]'
	$(BIN)/yoji models build embedded
	$(BIN)/python -m pytest -m heavy tests/service/ray

resume-check: $(READY) ## 2,000 pages, killed ten times: here and on Ray, compared with a run that was not
	$(BIN)/pip install --disable-pip-version-check --progress-bar off -q -c constraints.txt -e '.[dev,ray]'
	$(BIN)/python -m benchmarks.resume --engine local
	$(BIN)/python -m benchmarks.resume --engine ray

clean: ## remove the virtual environment (the cache of built checkpoints stays)
	rm -rf $(VENV)

# Liseuse. `make demo` and `make test` need Python 3.11 or later, make and a package registry, no more.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test check bench bench-engine bench-memory oracle kill-index eval-search fuzz-search folders round-trips hostile-quotes faults kill-add kill-notes power-cuts offline soak fuzz eval-stems eval-formats eval-entities eval-anchors keys pictures snapshots audit sbom lock clean

help:
	@echo "make demo   install what is needed and open the sample collection"
	@echo "make test   install what is needed and run every check and test"
	@echo "make check  types, style, walls"
	@echo "make bench  measure, side by side with the peers"
	@echo "make bench-engine SIZE=10000  the index beside stock Whoosh, SQLite FTS5 and tantivy"
	@echo "make bench-memory  the memory that adding takes, at several sizes"
	@echo "make oracle  10,000 random collections and queries, ours against stock Whoosh"
	@echo "make kill-index  200 kills of a committing program, and kills at each system call of a commit"
	@echo "make eval-search  are the right articles first? beside the peers, on judged questions"
	@echo "make fuzz-search  100,000 random and mutated queries, over a collection of 3,000 articles or HOME_DIR=home"
	@echo "make kill-add ARTICLES=FILE  kill the adding of a large collection twenty times and compare"
	@echo "make kill-notes  kill a writer of notes 10,000 times"
	@echo "make power-cuts  cut the power 3,000 times while notes are written (simulated; needs strace)"
	@echo "make faults  kill and fail the program at forty system calls of each kind (needs strace)"
	@echo "make folders  1,200 generated folders, changed and read again in any order"
	@echo "make round-trips  10,000 generated notebooks through JSON Lines and JSON-LD and back"
	@echo "make hostile-quotes  4,000 quotes that would act, as CommonMark reads them"
	@echo "make offline  every test, without any network (needs unshare)"
	@echo "make soak   an hour of random keys; ARTICLES=folder, MINUTES=60"
	@echo "make eval-stems     how well the forms of a word meet under one stem"
	@echo "make eval-formats   how well pages, feeds and encodings are read"
	@echo "make eval-entities  how well names are found, against hand-made gold"
	@echo "make eval-anchors   how surely notes find their passages in changed articles"
	@echo "make fuzz   ten minutes of fuzzing for each target; SECONDS=600 (Linux, CPython 3.11 to 3.13)"
	@echo "make keys   write docs/keys.md anew"
	@echo "make pictures   take the README's pictures anew, of the sample collection"
	@echo "make snapshots  take the screens' snapshots anew; then read the difference"
	@echo "make audit  what each dependency does when it is imported"
	@echo "make sbom   a bill of materials (CycloneDX) of what is installed, into SBOM=sbom.json"
	@echo "make lock   pin the dependencies anew (needs uv)"

# What runs, with exact versions and hashes; compiled, since an uncompiled
# Textual takes four times as long to start.
$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Liseuse needs Python 3.11 or later: make PYTHON=python3.12") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	-env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q -j 0 $(VENV)/lib reader index notes
	touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

demo: $(VENV)/run.stamp
	$(BIN)/liseuse demo

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/pytest -n auto --dist worksteal

bench: $(VENV)/dev.stamp
	PYTHONPATH=.:tests $(BIN)/python tests/bench/run.py
	$(MAKE) bench-engine
	$(MAKE) eval-search

SIZE ?= 10000
bench-engine: $(VENV)/dev.stamp
	PYTHONPATH=.:tests:tests/bench $(BIN)/python tests/bench/engine.py --size $(SIZE)

bench-memory: $(VENV)/dev.stamp
	PYTHONPATH=.:tests:tests/bench $(BIN)/python tests/bench/memory.py 3750 7500 15000 30788 61576 92364

oracle: $(VENV)/dev.stamp
	LISEUSE_ORACLE=10000 $(BIN)/pytest tests/index/test_oracle.py

kill-index: $(VENV)/dev.stamp
	LISEUSE_INDEX_KILLS=200 LISEUSE_FAULTS=40 $(BIN)/pytest tests/faults/test_index_killed.py

eval-search: $(VENV)/dev.stamp
	PYTHONPATH=tests $(BIN)/python tests/bench/relevance.py

fuzz-search: $(VENV)/dev.stamp
	PYTHONPATH=tests $(BIN)/python tests/fuzz/searches.py $(HOME_DIR)

folders: $(VENV)/dev.stamp
	LISEUSE_FOLDERS=400 $(BIN)/pytest -n auto tests/index/test_sync_properties.py

round-trips: $(VENV)/dev.stamp
	LISEUSE_ROUND_TRIPS=10000 $(BIN)/pytest -n 0 --durations=0 tests/notes/test_round_trips.py

hostile-quotes: $(VENV)/dev.stamp
	LISEUSE_HOSTILE_QUOTES=4000 $(BIN)/pytest -n 0 --durations=0 tests/notes/test_export_markdown.py -k hostile

faults: $(VENV)/dev.stamp
	LISEUSE_FAULTS=40 $(BIN)/pytest tests/faults

offline: $(VENV)/dev.stamp
	unshare --map-root-user --net $(BIN)/pytest -n auto --dist worksteal

ARTICLES ?= reader/samples
MINUTES ?= 60
kill-add: $(VENV)/dev.stamp
	PYTHONPATH=. $(BIN)/python tests/faults/kill_add.py $(ARTICLES)

kill-notes: $(VENV)/dev.stamp
	PYTHONPATH=. $(BIN)/python tests/faults/kill_notes.py

power-cuts: $(VENV)/dev.stamp
	LISEUSE_CUTS=3000 $(BIN)/pytest tests/faults/test_power.py

soak: $(VENV)/dev.stamp
	PYTHONPATH=tests $(BIN)/python tests/faults/soak.py $(ARTICLES) --minutes $(MINUTES)

eval-stems: $(VENV)/dev.stamp
	PYTHONPATH=. $(BIN)/python tests/eval/stems.py

eval-formats: $(VENV)/dev.stamp
	PYTHONPATH=. $(BIN)/python tests/eval/formats.py

eval-entities: $(VENV)/dev.stamp
	PYTHONPATH=tests/eval $(BIN)/python tests/eval/entities.py

keys: $(VENV)/dev.stamp
	PYTHONPATH=. $(BIN)/python tests/eval/keys.py

pictures: $(VENV)/dev.stamp
	PYTHONPATH=. $(BIN)/python tests/eval/pictures.py

snapshots: $(VENV)/dev.stamp
	SNAPSHOTS=write $(BIN)/pytest tests/screens/test_snapshots.py

eval-anchors: $(VENV)/dev.stamp
	PYTHONPATH=.:tests/eval $(BIN)/python tests/eval/anchors.py

SECONDS := 600
TARGETS = $(shell PYTHONPATH=.:tests $(BIN)/python -c 'from fuzz.targets import DISTINCT; print(*DISTINCT)')
fuzz: $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/fuzz.txt
	for target in $(TARGETS); do \
		mkdir -p .fuzz/$$target && echo "== $$target" && \
		PYTHONPATH=.:tests $(BIN)/python tests/fuzz/run.py $$target $(SECONDS) .fuzz/$$target 2>&1 | grep -E "number_of_executed|Error|crash|timeout" ; done
	PYTHONPATH=.:tests $(BIN)/python tests/fuzz/mutations.py $(SECONDS)

audit: $(VENV)/dev.stamp
	PYTHONPATH=tests $(BIN)/python tests/supply/audit.py

SBOM ?= sbom.json
SUPPLY := .venv-supply
$(SUPPLY)/stamp: requirements/supply.txt
	$(PYTHON) -m venv $(SUPPLY)
	$(SUPPLY)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/supply.txt
	touch $@

sbom: $(SUPPLY)/stamp
	$(SUPPLY)/bin/cyclonedx-py requirements requirements/run.txt --pyproject pyproject.toml --output-reproducible --of JSON -o $(SBOM)
	$(PYTHON) tests/supply/bill.py $(SBOM)

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url pyproject.toml --group build -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --group fuzz -o requirements/fuzz.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --group supply -o requirements/supply.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url pyproject.toml --group build --group dev -c requirements/run.txt -o requirements/dev.txt

clean:
	rm -rf $(VENV) $(SUPPLY) sbom.json .mypy_cache .ruff_cache .pytest_cache .hypothesis

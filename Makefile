# Two commands for a fresh machine with Python 3.11+ and make:  make run   make test
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Tests start the program many times: it is compiled once, also where the machine is set to keep no bytecode.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-postgres test-versions check lock statements contract keep-register pictures bench speed torture monkey palette clean

run: $(VENV)/.installed
	$(BIN)/feedback-tui demo

test: $(VENV)/.installed-dev check
	$(BIN)/pytest -n 2 --dist worksteal --durations=20 --durations-min=1

# The long walks through the program, from its screens and in a terminal: published cases typed in, each thing by as many
# keys as the docs say, hostile words on every screen, wide pictures, random lives exported and imported, processes killed.
.PHONY: walks
walks: $(VENV)/.installed-dev
	$(BIN)/pytest -n 2 --dist worksteal -m walk

# The same tests on a PostgreSQL server, which it starts and stops. Where none is installed, root gets Debian's package.
test-postgres: $(VENV)/.installed-dev
	.ci/postgresql
	$(BIN)/python -m tests.postgres $(BIN)/pytest -n 2

# The same tests on each version of Python that people have, with its own SQLite; it says which could not be tried.
# make test-versions ON="3.14" tries that one alone.
ON ?= 3.11 3.12 3.13 3.14
test-versions:
	.ci/versions $(ON)

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	touch $@

# What the program promises of its register, put to the test at length, with the counts printed (a quarter of an hour).
torture: $(VENV)/.installed-dev
	$(BIN)/python -m tests.torture

# Every attack on a register on a server, as each role; and 10,000 statements made at random (some minutes).
.PHONY: torture-server
torture-server: $(VENV)/.installed-dev
	.ci/postgresql
	$(BIN)/python -m tests.torture server-attacks server-attacker server-together server-crashes

# A monkey at the keys of the fictional council, at length: 5,000 from each of two seeds, and no case lost. The seeds are
# printed; make monkey SEEDS="17 4" takes those of an earlier run.
SEEDS ?= $(shell $(PYTHON) -c 'import random; print(random.randrange(10**6), random.randrange(10**6))')
monkey: $(VENV)/.installed-dev
	MONKEY_KEYS=5000 MONKEY_SEEDS="$(SEEDS)" $(BIN)/pytest -n 2 -v tests/screens/test_monkey.py

# Every action that the palette offers, on every screen, taken from the palette itself (a quarter of an hour).
palette: $(VENV)/.installed-dev
	PALETTE_ALL=1 $(BIN)/pytest -n 2 tests/screens/test_palette_actions.py

# The memory of the real program over 6,000 keys: the last half adds less than 5 MB (five minutes; Linux).
.PHONY: memory
memory: $(VENV)/.installed-dev
	$(BIN)/python -m tests.benchmarks.all_day

# Each figure is a ratio of two things measured side by side in one run, at moderate sizes (a quarter of an hour).
bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.benchmarks.start 100 10000
	$(BIN)/python -m tests.benchmarks.commands 100 10000
	$(BIN)/python -m tests.benchmarks.tasks 5000 20000
	$(BIN)/python -m tests.benchmarks.keys 100 10000
	$(BIN)/python -m tests.benchmarks.answers 4000
	$(BIN)/python -m tests.benchmarks.late_holiday 20000
	$(BIN)/python -m tests.benchmarks.imports 20000
	$(BIN)/python -m tests.benchmarks.searching 100000
	$(BIN)/python -m tests.benchmarks.keeping backup 100000
	$(BIN)/python -m tests.benchmarks.year 100000
	$(BIN)/python -m tests.benchmarks.keeping check 10000
	$(BIN)/python -m tests.benchmarks.growth 100 1000 10000

# The same at full size, written into docs/speed.md part by part (an hour, and once a quarter of one more for a register
# of a million cases, which is kept). PARTS="search keys" measures these alone.
speed: $(VENV)/.installed-dev
	$(BIN)/python -m tests.benchmarks.table $(PARTS)

# The pictures of the docs, made by the program itself.
pictures: $(VENV)/.installed-dev
	$(BIN)/python -m tests.pictures

# The statements that are kept as text (desk/statements), made again from what builds them.
statements: $(VENV)/.installed-dev
	$(BIN)/python -m tests.statements

# What the program promises from outside (commands, JSON, schema, profiles, keys, words), written down as it is now: for a
# change that adds to it. What release 0.1 promised stays as it was.
contract: $(VENV)/.installed-dev
	$(BIN)/python -m tests.contract

# A new migration with the next number: make migration NAME=what_it_does. docs/changing.md says what it needs.
.PHONY: migration
migration: $(VENV)/.installed-dev
	$(BIN)/python -m tests.new_migration "$(NAME)"

# A register of the newest schema, kept with the tests for good (tests/storage/registers): once for each release that has a
# new one. Every later version must open it, find it sound, and print the same year.
keep-register: $(VENV)/.installed-dev
	.ci/postgresql
	$(BIN)/python -m tests.storage.released
	$(BIN)/python -m tests.postgres $(BIN)/python -m tests.storage.migrated

# The lock files, made again from pyproject.toml (needs uv). The constraints have no hashes: pip asks for one of every
# package then, and a checkout has none.
EXTRAS := --extra browser --extra encrypted --extra keyring --extra postgres
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header $(EXTRAS) -c requirements.lock -c requirements-dev.lock pyproject.toml -o requirements-extras.lock
	uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate $(EXTRAS) -c requirements-extras.lock pyproject.toml -o constraints.txt

# The manual page, made from the commands as they are: man dist/feedback-tui.1.
.PHONY: man
man: $(VENV)/.installed
	mkdir -p dist
	$(BIN)/feedback-tui help --man >dist/feedback-tui.1

# What is given out, in dist/: the wheel, the source, and for each system a bundle that installs without a package index.
# LOCK=requirements-extras.lock puts the extras into the bundles too (encryption, keyring, browser, PostgreSQL).
LOCK ?= requirements.lock
.PHONY: dist
dist: $(VENV)/.installed-dev
	rm -rf dist build
	$(PYTHON) -m venv build
	build/bin/pip install --quiet --disable-pip-version-check "hatchling>=1.27"
	build/bin/python -m hatchling build -d dist
	$(MAKE) man
	$(BIN)/python -m tests.offline_bundle dist $(LOCK)
	ls -l dist

clean:
	rm -rf $(VENV) build dist

PYTHON ?= .venv/bin/python
BIN := $(dir $(PYTHON))

# The README's second command, word for word: a test compares them.
README_TEST := python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e '.[dev]' && .venv/bin/pytest

.PHONY: check format lint types contracts test bench rules rules-check evaluation screenshots catalogue constraints prism

check: lint types contracts test  ## Everything that CI runs

lint:  ## Format and lint, without changing anything
	$(BIN)ruff format --check .
	$(BIN)ruff check .

format:  ## Put the code into its form
	$(BIN)ruff format .
	$(BIN)ruff check --fix .

types:  ## mypy, strict
	$(BIN)mypy

contracts:  ## Who may import whom
	$(BIN)lint-imports

test:  ## The README's test command
	$(README_TEST)

bench:  ## Benchmarks, apart from the tests
	$(PYTHON) -m pytest -o addopts= -o python_files='bench_*.py' --benchmark-disable-gc --benchmark-columns=median,max,rounds tests/bench

rules:  ## Compile the rules and the words, and write their pages (needs Debian's hunspell dictionaries)
	$(PYTHON) -m policy.making
	$(PYTHON) -m policy.making --pages

rules-check:  ## Make all word tables anew and compare them with the ones that are shipped (minutes)
	$(PYTHON) -m pytest -m thorough tests/unit/policy/test_data.py

evaluation:  ## Judge the labelled messages and write docs/rules/evaluation.md
	$(PYTHON) -m tests.yardstick.report

screenshots:  ## Draw every picture in screenshots/ from the demo
	$(PYTHON) screenshots/draw.py

catalogue:  ## Bring the Polish catalogue up to date with the code, and compile it
	$(BIN)pybabel -q extract -F babel.cfg -k N_ --no-location --sort-output -o tui/locale/okienko.pot tui
	$(BIN)pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 100 -D okienko -i tui/locale/okienko.pot -d tui/locale
	$(BIN)pybabel -q compile -D okienko -d tui/locale
	rm tui/locale/okienko.pot

constraints:  ## Write down the versions of this environment
	@echo '# The versions that CI ran with; no index is named here.' > constraints.txt
	$(BIN)pip freeze --exclude-editable --exclude okienko >> constraints.txt

prism:  ## The mock server of the contract tests (needs node and npm)
	npm install --no-save --no-fund --no-audit --silent --prefix .prism @stoplight/prism-cli@5.14.2

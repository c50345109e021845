# `make run` serves the site, `make test` passes all tests; both build what they need.
PYTHON ?= python3
PORT ?= 8000
SECONDS ?= 600
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PURE := psychometrics questions markup formats guidance
LINTED := careerquiz assessments tests manage.py

.PHONY: run port test fuzz round-trips admin lint lint-items lock assets bench bench-measurement lighthouse verify-bank screenshots gallery axe clean

run: port $(VENV)/run
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_content
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@PORT=$(PORT) deploy/serve

port:
	@PORT=$(PORT) deploy/serve --only-ask

admin: $(VENV)/run
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createsuperuser

test: $(VENV)/dev
	$(BIN)/python -m pytest $(ARGS)

# Broken files into every reader, SECONDS for each format: make fuzz FORMATS="gift qti"
fuzz: $(VENV)/dev
	PYTHONPATH=. $(BIN)/python -m tests.formats.fuzz $(SECONDS) $(FORMATS)

# Thousands of questions out and in again, for each format
round-trips: $(VENV)/dev
	ROUND_TRIPS=2000 $(BIN)/python -m pytest tests/formats -k "round_trip or comes_back or survives" $(ARGS)

lint: $(VENV)/dev
	$(BIN)/ruff check $(LINTED)
	$(BIN)/ruff format --check $(LINTED)
	$(BIN)/mypy
	$(BIN)/mypy --strict $(addprefix --package assessments.,$(PURE))
	$(BIN)/djlint --check --lint templates
	$(MANAGE) makemigrations --check --dry-run

lock: $(VENV)/run
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-bank.in -o requirements-bank.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-bench.in -o requirements-bench.txt

assets:
	npm ci
	npm run build

lint-items: $(VENV)/run
	$(MANAGE) lint_items

verify-bank: $(VENV)/run .venv-bank/ready
	$(MANAGE) verify_bank --interpreter $(CURDIR)/.venv-bank/bin/python $(ARGS)

bench: $(VENV)/dev
	$(BIN)/python -m pytest tests/benchmarks -n 0 -p no:randomly $(ARGS)

bench-measurement: .venv-bench/ready
	PYTHONPATH=. .venv-bench/bin/python tests/benchmarks/measurement.py $(ARGS)

lighthouse: $(VENV)/dev node_modules/.bin/lighthouse
	PYTHONPATH=. $(BIN)/python tests/benchmarks/lighthouse.py

screenshots: $(VENV)/dev
	$(MANAGE) shell --settings tests.settings --command "from tests.browser.screenshots import main; main()"

node_modules/.bin/lighthouse: package-lock.json
	npm ci
	@touch $@

gallery: $(VENV)/dev
	DJANGO_ALLOW_ASYNC_UNSAFE=true $(MANAGE) shell --settings tests.settings --command "from tests.browser.gallery import main; main()"

# Every page in every state at three widths, light and dark
axe: $(VENV)/dev
	FULL=1 $(BIN)/python -m pytest tests/browser/test_accessible.py --dist worksteal $(ARGS)

clean:
	rm -rf $(VENV) .venv-bank .venv-bench .pytest_cache .mypy_cache .ruff_cache

.venv-bench/ready: requirements-bench.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

.venv-bank/ready: requirements-bank.txt
	$(PYTHON) -m venv .venv-bank
	.venv-bank/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bank.txt
	@touch $@

$(VENV)/run: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev: $(VENV)/run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

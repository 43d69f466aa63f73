PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: serve test check wsdl stubs bench fuzz clean

# The demo panel on 2082 (HTTP) and 2083 (TLS); ARGS takes further flags of `apnscpd serve`.
serve: $(STAMP)
	$(BIN)/apnscpd serve --demo $(ARGS)

# The whole suite; ARGS takes further flags of pytest.
test: $(STAMP)
	$(BIN)/pytest -n 2 --dist loadgroup $(ARGS)

# What CI checks beside the tests: lint, format, types, import directions.
check: $(STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# Write wsdl/apnscp.wsdl anew from the registry.
wsdl: $(STAMP)
	$(BIN)/apnscpd wsdl > wsdl/apnscp.wsdl.new
	mv wsdl/apnscp.wsdl.new wsdl/apnscp.wsdl

# Write the client's typed stubs, and its tables of answers, anew from the registry.
stubs: $(STAMP)
	$(BIN)/apnscpd stubs --answers > client/apnscp/client/util_api/answers.py.new
	mv client/apnscp/client/util_api/answers.py.new client/apnscp/client/util_api/answers.py
	$(BIN)/apnscpd stubs > client/apnscp/client/util_api/methods.pyi.new
	mv client/apnscp/client/util_api/methods.pyi.new client/apnscp/client/util_api/methods.pyi

# One table of measurements; needs nginx, php-fpm and wrk for the comparison with PHP.
bench: $(STAMP)
	$(BIN)/python bench/run.py $(ARGS)

# The state machine of the account engine at length.
fuzz: $(STAMP)
	APNSCP_FUZZ=2000 $(BIN)/pytest tests/opcenter/test_state_machine.py $(ARGS)

clean:
	rm -rf $(VENV)

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $(STAMP)

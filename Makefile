VENV := .venv
BIN := $(VENV)/bin
SERVES := $(VENV)/.installed
TESTS := $(VENV)/.installed-for-tests
SUITE ?= trixie
# a Python 3.11 or newer; looked for when not given
export PYTHON

.PHONY: serve test test-on check wsdl stubs docs screenshots lock env bench performance fuzz clean

# The demo panel on 2082 (HTTP) and 2083 (TLS); ARGS takes further flags of `apnscpd serve`.
serve: $(SERVES)
	$(BIN)/apnscpd serve --demo $(ARGS)

# The whole suite; ARGS takes further flags of pytest.
test: $(TESTS)
	$(BIN)/pytest -n 2 --dist loadgroup $(ARGS)

# The same on a bare Debian, in a folder of its own, as an ordinary user: SUITE=trixie has Python 3.13, SUITE=sid 3.14.
test-on:
	tools/test-on $(SUITE)

# What CI checks beside the tests: lint, format, types, import directions.
check: $(TESTS)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# Write wsdl/apnscp.wsdl anew from the registry.
wsdl: $(TESTS)
	$(BIN)/apnscpd wsdl > wsdl/apnscp.wsdl.new
	mv wsdl/apnscp.wsdl.new wsdl/apnscp.wsdl

# Write the client's typed stubs, and its tables of answers, anew from the registry.
stubs: $(TESTS)
	$(BIN)/apnscpd stubs --answers > client/apnscp/client/util_api/answers.py.new
	mv client/apnscp/client/util_api/answers.py.new client/apnscp/client/util_api/answers.py
	$(BIN)/apnscpd stubs > client/apnscp/client/util_api/methods.pyi.new
	mv client/apnscp/client/util_api/methods.pyi.new client/apnscp/client/util_api/methods.pyi

# Write docs/coverage.md and docs/modules/ anew from the registry.
docs: $(TESTS)
	$(BIN)/python -m tools.pages

# Make the pictures of docs/images anew; needs Chromium.
screenshots: $(TESTS)
	$(BIN)/python -m tools.screenshots

# Write constraints.txt anew: the versions with which the suite of this commit passes, for every Python and system.
lock: $(TESTS)
	$(BIN)/python -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	echo setuptools | build/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev \
	    --no-annotate --custom-compile-command 'make lock' pyproject.toml - > build/lock/constraints.txt
	mv build/lock/constraints.txt constraints.txt
	rm -r build/lock

# Put the commands on the PATH of a shell: eval "$$(make -s env)"
env: $(SERVES)
	@printf "export PATH='%s':\"\$$PATH\"\n" "$$(cd $(BIN) && pwd | sed "s/'/'\\\\''/g")"

# One table of measurements (bench/README.md). ONLY=whoami,writers takes some of them, QUICK=1 a short try.
bench: $(TESTS)
	$(BIN)/python bench/run.py $(if $(ONLY),--only $(ONLY)) $(if $(QUICK),--quick) $(ARGS)

# Write the figures of the last `make bench` into docs/performance.md.
performance: $(TESTS)
	$(BIN)/python bench/report.py

# The state machines of the account engine at length.
fuzz: $(TESTS)
	APNSCP_FUZZ=2000 $(BIN)/pytest tests/opcenter/test_state_machine.py tests/opcenter/test_people_state_machine.py \
	    tests/opcenter/test_services_state_machine.py $(ARGS)

clean:
	rm -rf $(VENV)

$(SERVES): pyproject.toml constraints.txt
	@tools/environment $(VENV) serve
	@touch $@

$(TESTS): pyproject.toml constraints.txt
	@tools/environment $(VENV) test
	@touch $(SERVES) $@

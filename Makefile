# The workshop's commands. `make help` lists them; tests/workshop/ has what they run.
# They need Python 3.11 or later with venv, and nothing else: what they use is installed below .venvs/.

PYTHON ?= python3
WORKSHOP = PYTHONPATH=tests $(PYTHON) -m workshop

# Further arguments, for pytest or for the simulator, as in: make unit ARGS="-k retries"
ARGS ?=
pytest_arguments = $(if $(ARGS),-- $(ARGS))

.DEFAULT_GOAL := help
.PHONY: help demo simulator test quick lint unit e2e promises rulebooks browser sanity molecule docs package release format keys pictures bench-tasks clean

help: ## List these commands
	@echo "The collection hosted_power.turbostack: see README.md to use it, docs/ to change it."
	@echo
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'
	@echo
	@echo "unit and e2e pass ARGS on to pytest:       make unit ARGS='-k retries'"
	@echo "A single step, such as one ansible-core:   make e2e-2.19 ARGS='-k inventory'"

demo: ## See the collection do its whole job against a simulated platform
	@$(WORKSHOP).demo

simulator: ## Start the simulated platform and say how to connect to it
	@$(WORKSHOP).serve $(ARGS)

test: ## Check everything; this is what has to pass
	@$(WORKSHOP)

quick: ## Linters, types, and the unit tests on the newest ansible-core: before each commit
	@$(WORKSHOP) lint unit-quick

lint: ## Formatters, linters and types
unit: ## Unit tests, on the newest and the oldest Python and ansible-core
e2e: ## End-to-end tests, on each ansible-core of the matrix
promises: ## Mistakes that would break a promise, each in a copy where its tests have to fail (docs/promises.md)
rulebooks: ## The event sources in ansible-rulebook, where a Java is there or can be installed
browser: ## The fleet report's page in headless Chromium, which is installed where that is possible
sanity: ## ansible-test sanity, on each ansible-core of the matrix
molecule: ## Molecule scenarios
docs: ## The documentation: checked, and made into the site build/site/html
package: ## Build the tarball and try it out where nothing else is

lint unit e2e promises rulebooks browser sanity molecule docs package:
	@$(WORKSHOP) $@ $(pytest_arguments)

# A step by its own name, as the table at the end of `make test` has it.
unit-% e2e-% sanity-%:
	@$(WORKSHOP) $@ $(pytest_arguments)

release: ## Make a release, up to the upload: VERSION=1.2.3, and DRY=1 to rehearse it in a copy
	@$(WORKSHOP).release $(VERSION) $(if $(DRY),--dry)

format: ## Format the Python files
	@$(WORKSHOP).tool ruff check --quiet --fix
	@$(WORKSHOP).tool ruff format

keys: ## Write the pages that are made from tables: of keys, with the JSON Schema for editors, and of promises
	@$(WORKSHOP).tool python -c "import sys; sys.path[:0] = ['build/linked', 'tests']; \
		from promises import page as promises; from workshop import configuration_keys as keys, json_schema; \
		[page.PAGE.write_text(page.page(), encoding='utf-8') for page in (keys, json_schema, promises)]"

pictures: ## Take the pictures of the documents anew, from simulated platforms
	@$(WORKSHOP).tool python -c "import sys; sys.path[:0] = ['build/linked', 'tests']; \
		from pictures import take; take.main()"

bench-tasks: ## What a task costs over 100 hosts, against Ansible's floor (docs/performance.md)
	@PYTHONPATH=tests $(PYTHON) benchmarks/tasks_on_the_controller.py $(ARGS)

clean: ## Remove whatever these commands made
	rm -rf build .venvs .mypy_cache .pytest_cache .ruff_cache .ansible .hypothesis

.PHONY: help dev test build cli fmt lint check deny unit-test replay network-test network-test-long localnet setup

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 24

dev: ## install what is missing, build the node, run it for development
	@scripts/dev

test: ## install what is missing, pass all tests
	@scripts/test

setup: ## install what building and testing need, asking before anything is done as root
	@scripts/setup --tests

build: ## build the node and the command line, lints included
	@scripts/build

cli: ## build the command line
	@scripts/build cli

fmt: ## format the Rust code
	@scripts/fmt

check: ## check what changed: format, graph, lints, unit tests
	@scripts/check

lint: ## check formatting, the dependency graph, and every crate's lints
	@scripts/check-graph
	@scripts/fmt --check
	@scripts/build
	@scripts/unit-test --no-run

unit-test: ## run the tests of every crate
	@scripts/unit-test

deny: ## check licences, duplicate versions, sources and advisories of what we depend on
	@scripts/deny

replay: ## replay traces of the specification: those of the folder MAINSTAY_TRACES, or forty new ones
	@scripts/unit-test mainstay-economy-tests replay:: -- --nocapture

network-test: build ## run the stories on a network of validators
	@scripts/network-test

network-test-long: build ## run the long stories
	@scripts/network-test --long

localnet: ## run a local network of four validators until Ctrl-C
	@scripts/localnet

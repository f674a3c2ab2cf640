# The short way in. Every target works alone on a fresh Debian 12 and says what it does and how long
# it takes; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup build run test clean format tidy asan tsan fuzz wasm page web bench
SHELL := /bin/bash
STEP := .ci/step

RELEASE := build/release
KARVAN := $(RELEASE)/karvan
# What `make run` does before a terminal, after its question: make run SERVE='--port 9000'
PAGE = $(MAKE) --no-print-directory page
SERVE =

help: ## this list
	@awk -F ':.*## ' '/^[a-z ]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install the Debian packages needed to build and test
	@$(STEP) "install what is missing" .ci/setup build test

build: ## build the command karvan into build/release
	@$(STEP) "install what is missing" .ci/setup build
	@$(STEP) "configure release" .ci/configure release
	@$(STEP) "build karvan" cmake --build --preset release --target apps
	@test -x $(KARVAN) && echo "built $(KARVAN)"

run: build ## ask a first question; before a terminal, build the page too and serve both
	@echo
	$(KARVAN) plan --from xian --to constanta --cargo 80TEU --goods machinery --depart 2026-03-02
	@echo
	@echo "Where to look next:"
	@echo "  $(KARVAN) check      does the data hold together, and where do its numbers come from"
	@echo "  $(KARVAN) show       places, links and services of the corridor"
	@echo "  $(KARVAN) map        the corridor as GeoJSON, for any map"
	@echo "  $(KARVAN) --help     all questions it answers"
	@echo "  README.md, docs/     what stands behind the answers"
	@echo
	@if [ -t 0 ] && [ -t 1 ]; then \
	  $(PAGE) || echo "the page is not built; the API is served without it"; \
	  echo "Open the address that follows; Ctrl-C ends it."; exec $(KARVAN) serve $(SERVE); \
	else \
	  echo "The corridor on a map:  make page && $(KARVAN) serve,  then open http://127.0.0.1:8080/"; \
	fi

test: ## build the release and run all tests
	@$(STEP) "install what is missing" .ci/setup build test
	@$(STEP) "configure release" .ci/configure release -DKARVAN_TESTS=ON
	@$(STEP) "build release and tests" cmake --build --preset release
	@$(STEP) "test release" .ci/test release

format: ## rewrite all C++ files in the house format
	@$(STEP) "install what is missing" .ci/setup ci
	@$(STEP) "format" bash -c "git ls-files -z -co --exclude-standard -- '*.h' '*.cc' \
	  | xargs -0 -r clang-format-19 -i"

tidy: ## clang-tidy on what differs from the parent commit; KARVAN_TIDY_BASE=all on every file
	@$(STEP) "install what is missing" .ci/setup build test ci
	@$(STEP) "clang-tidy" .ci/check_tidy

asan tsan: ## build and test with the address or the thread sanitizer
	@$(STEP) "install what is missing" .ci/setup build test ci
	@$(STEP) "configure $@" .ci/configure $@
	@$(STEP) "build $@" cmake --build --preset $@
	@$(STEP) "test $@" .ci/test $@ -LE slow

fuzz: ## build the fuzzers and let each run; KARVAN_FUZZ_SECONDS=600 for longer than 30 s
	@$(STEP) "install what is missing" .ci/setup build test ci
	@$(STEP) "configure asan" .ci/configure asan
	@$(STEP) "build fuzzers" cmake --build --preset asan --target fuzzers
	@$(STEP) "fuzzers" .ci/fuzz

wasm: ## build the engine as WebAssembly, run it in node and compare with the release
	@$(STEP) "install what is missing" .ci/setup build test wasm
	@$(STEP) "configure release" .ci/configure release -DKARVAN_TESTS=ON
	@$(STEP) "build the native program" cmake --build --preset release --target fingerprints
	@$(STEP) "configure wasm" .ci/configure wasm
	@$(STEP) "build wasm" cmake --build --preset wasm
	@$(STEP) "test wasm" .ci/test wasm -LE web

page: ## build the page with the engine in it into build/web
	@$(STEP) "install what is missing" .ci/setup build wasm web
	@$(STEP) "configure wasm" .ci/configure wasm
	@$(STEP) "build the engine" cmake --build --preset wasm --target browser
	@$(STEP) "install packages of the page" npm --prefix web ci --ignore-scripts --no-fund --no-audit
	@$(STEP) "check types" npm --prefix web run check
	@$(STEP) "build the page" npm --prefix web run build

web: page ## the same, and walk through it in a browser
	@$(STEP) "install what is missing" .ci/setup build test wasm web
	@$(STEP) "configure release" .ci/configure release -DKARVAN_TESTS=ON
	@$(STEP) "build the native programs" cmake --build --preset release --target fingerprints apps
	@$(STEP) "test the page" .ci/test wasm -L web

bench: ## build the benchmarks into build/bench/bin
	@$(STEP) "install what is missing" .ci/setup build bench
	@$(STEP) "configure bench" .ci/configure bench
	@$(STEP) "build bench" cmake --build --preset bench --target benchmarks

clean: ## remove build/
	rm -rf build

# Each target is a line or two over CMake and tools/; `make` alone builds build/heddle.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory

PREFIX ?= /usr/local
export DESTDIR

SOURCES = git ls-files -z --cached --others --exclude-standard -- \
	$(foreach dir,src firmware tests bench,$(foreach type,hpp cpp c h,'$(dir)/*.$(type)'))

.PHONY: heddle all configure firmware-tools run test sanitized clang bench format lint install clean

heddle: configure
	cmake --build build --target heddle

all: configure
	cmake --build build

configure:
	tools/setup
	cmake --preset release

firmware-tools:
	tools/setup --firmware

run: heddle
	tools/run-examples

# The tests of firmware build it, with compilers of its own.
test: firmware-tools all sanitized
	ctest --test-dir build --output-on-failure -j2

# Each sanitizer over what can run under it: both over the unit tests, AddressSanitizer over the conformance and
# stress tests too.
sanitized: configure
	cmake --preset tsan && cmake --build build-tsan
	ctest --test-dir build-tsan --output-on-failure -j2 -L unit
	cmake --preset asan-ubsan && cmake --build build-asan
	ctest --test-dir build-asan --output-on-failure -j2 -L 'unit|conformance'

# What `heddle check` finds must be the same with another compiler: its tests, and the unit tests.
clang: configure
	cmake --preset clang && cmake --build build-clang
	ctest --test-dir build-clang --output-on-failure -j2 -L 'unit|check'

bench:
	tools/setup --bench
	cmake --preset release
	cmake --build build --target bench_tools
	bench/run

format:
	tools/setup --lint
	$(SOURCES) | xargs -0 -r clang-format -i

# Builds first: the sources include headers that the build generates.
lint: all
	tools/setup --lint
	$(SOURCES) | xargs -0 -r clang-format --dry-run -Werror
	run-clang-tidy -quiet -p build '^$(CURDIR)/src/.*\.cpp$$'

install: all
	cmake --install build --prefix $(PREFIX)

clean:
	rm -rf build build-*

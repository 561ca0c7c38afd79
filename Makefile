# Everything from a fresh clone to a page in the browser. Needs Debian 12 (or newer) with make,
# rustup's stable Rust and Node 20.19 (or newer); the rest is installed on the way.
#
#   make serve    build, then serve the page on http://localhost:8080 (PORT=… for another), the studio beside it
#   make test     check, build and test everything
#   make module | studio | office | command | page | bench | bench-browser | clean
#   make package       the npm package for portals, in target/package
#   make examples      a site with the examples, from that package, in target/examples
#   make screenshots   takes the pictures of each page and state anew
#
# WASM_TOOLCHAIN=rustup|debian says where Rust's standard library for WebAssembly comes from.

PORT ?= 8080
WASM_TOOLCHAIN ?= auto

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
ifndef TOGETHER
.NOTPARALLEL:
endif
# V=1 shows the commands too.
ifndef V
.SILENT:
endif
.PHONY: serve test bench bench-browser module studio office command together page package examples screenshots clean tools browser engines \
        test-format test-lint test-lint-wasm test-rust test-module test-rules test-types test-node test-browser test-engines

# The page imports what lies in target/, so it cannot lie elsewhere.
export CARGO_TARGET_DIR := $(CURDIR)/target
MODULE := target/module
COMMAND := target/release/duibiao
BINDGEN := target/debug/bindgen
NPM := node_modules/.package-lock.json
BENCH := target/bench
PEERS := benches/node_modules/.package-lock.json
STANDARD := $(MODULE)/changzhou-2023.wasm
SCRIPT := $(MODULE)/changzhou-2023.js
PLAIN := $(MODULE)/duibiao-check.nowasm.js
PAGE := www/dist/index.html
PACKAGE := target/package/packed
EXAMPLES := target/examples/built

CARGO_FILES := Cargo.toml Cargo.lock build.rs
CORE_FILES := $(shell find src -type f -not -path 'src/bin/*' -not -path 'src/author/*' -not -path 'src/diff/*' -not -path 'src/office/*' -not -path 'src/wasm/*')
STUDIO_FILES := $(shell find src -type f -not -path 'src/bin/*' -not -path 'src/office/*' -not -path src/wasm/office.rs -not -name '*.d.ts')
OFFICE_FILES := $(shell find src -type f -not -path 'src/bin/*' -not -path 'src/author/*' -not -path src/wasm/studio.rs -not -name '*.d.ts')
COMMAND_FILES := $(shell find src -type f)
RULE_FILES := $(shell find rules/changzhou-2023 -type f)
ALL_RULE_FILES := $(shell find rules -type f -name '*.rhai')
PAGE_FILES := $(shell find www -type f -not -path 'www/dist/*' -not -path '*/node_modules/*')

say = printf '\n▸ %s\n' '$(1)'

serve: together $(PAGE)
	$(call say,Serving the page. Ctrl+C stops it.)
	echo '  self-check  http://localhost:$(PORT)/'; echo '  studio      http://localhost:$(PORT)/studio.html'
	node_modules/.bin/vite preview www --port $(PORT)

test: test-format test-lint test-lint-wasm test-rust together test-module test-rules test-types page test-node test-browser test-engines
	$(call say,All passed.)

# What each step costs and how that grows, then the module beside other rule engines: writes benches/RESULTS.md anew.
# QUICK=1 takes three minutes: shows one short round of the module and its peers, and leaves that file as it is.
bench: $(COMMAND) $(BENCH)/rhai/rhai_bg.wasm $(PEERS)
ifdef QUICK
	$(call say,The module and its peers in one short round: three minutes.)
	node benches/peers/run.mjs --quick
else
	$(call say,Building the benchmarks in Rust: three minutes the first time.)
	DUIBIAO_MODULE=$(MODULE)/duibiao_bg.wasm cargo bench --quiet --bench steps --no-run
	$(call say,The steps in Rust: two minutes.)
	DUIBIAO_MODULE=$(MODULE)/duibiao_bg.wasm cargo bench --quiet --bench steps | tee $(BENCH)/steps.txt
	$(call say,The module and its peers (each row in a process of its own): a quarter of an hour.)
	node benches/peers/run.mjs --steps $(BENCH)/steps.txt
endif

# Writes benches/BROWSER.md anew.
bench-browser: $(PAGE) target/tools/browser
	$(call say,Keystrokes and first views in the browser: a minute.)
	node benches/browser.mjs

# The end of each of these builds keeps one core busy alone: two at a time.
together: $(MODULE)/duibiao_bg.wasm
	$(MAKE) --no-print-directory -j2 TOGETHER=1 $(COMMAND) $(MODULE)/studio_bg.wasm $(MODULE)/office_bg.wasm

module: $(MODULE)/duibiao_bg.wasm
studio: $(MODULE)/studio_bg.wasm
office: $(MODULE)/office_bg.wasm
command: $(COMMAND)
page: $(PAGE)
package: $(PACKAGE)
examples: $(EXAMPLES)

clean:
	rm -rf target node_modules benches/node_modules www/dist

# ── Tools ────────────────────────────────────────────────────────────────────────────────────────
# Each is installed only where it is missing, and looked for only once.

# $(1): packages. `--no-remove`: better to stop than to take a package that somebody else uses.
apt = { if ! command -v apt-get >/dev/null; then echo 'No Debian system. Install what these packages hold, then try again: $(1)' >&2; exit 1; fi; \
	sudo=; if [ "$$(id -u)" != 0 ]; then sudo=sudo; fi; \
	{ $$sudo apt-get update && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends --no-remove $(1); } >target/tools/apt.log 2>&1 || \
	{ grep '^E:' target/tools/apt.log >&2 || true; echo 'Could not install the packages (all of it: target/tools/apt.log). Try: sudo apt-get install $(1)' >&2; exit 1; }; }

tools: target/tools/checked
target/tools/checked:
	mkdir -p $(@D)
	cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 || \
		{ echo 'Rust with rustfmt and clippy is needed: install it from https://rustup.rs, then try again.' >&2; exit 1; }
	node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' || \
		{ echo 'Node 20.19 or newer is needed: see https://nodejs.org, then try again.' >&2; exit 1; }
	command -v cc >/dev/null || { printf '\n▸ Installing a C linker for Rust: half a minute.\n'; $(call apt,gcc libc6-dev); }
	touch $@

$(NPM): package-lock.json | tools
	$(call say,Installing the npm packages: half a minute.)
	npm ci --no-audit --no-fund --loglevel=error
	touch $@

browser: target/tools/browser
target/tools/browser: | tools
	command -v chromium >/dev/null || { printf '\n▸ Installing Chromium for the tests: a minute.\n'; $(call apt,chromium); }
	fc-list :lang=zh 2>/dev/null | grep -q . || { printf '\n▸ Installing Chinese fonts: half a minute.\n'; $(call apt,fontconfig fonts-noto-cjk); }
	command -v pdftotext >/dev/null || { printf '\n▸ Installing what reads PDFs for the tests: some seconds.\n'; $(call apt,poppler-utils); }
	touch $@

engines: target/tools/engines
target/tools/engines: target/tools/browser
	command -v firefox-esr >/dev/null && command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null || \
		{ printf '\n▸ Installing Firefox and WebKitGTK for the tests: a minute.\n'; $(call apt,firefox-esr webkit2gtk-driver xvfb); }
	touch $@

# ── The checker module ───────────────────────────────────────────────────────────────────────────
# The standard library is built from source with the module: the prebuilt one uses newer WebAssembly
# features than old browsers know. Its source comes from rustup or, where rustup's server cannot be
# reached, with the Rust in Debian's packages, which lacks a linker for WebAssembly: rustup's has one.
# RUSTC_BOOTSTRAP makes stable Rust take the unstable flags that this needs.

# A panic is a bug and the page shows none: without its message and place the module is a tenth smaller.
# wasm-opt must not put functions that are called once into their callers: gzip packs many small functions,
# which look alike, a twentieth better than few large ones. What it knows of alignment, engines do not use.
WASM_RUSTFLAGS := -Ctarget-cpu=mvp -Ctarget-feature=+mutable-globals \
	-Zlocation-detail=none -Zunstable-options -Cpanic=immediate-abort
WASM_CARGO = . target/tools/wasm.sh && RUSTFLAGS='$(WASM_RUSTFLAGS)' cargo
WASM_ARGS := --lib --target wasm32-unknown-unknown --no-default-features \
	-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size

# Another choice than last time is made anew.
$(shell grep -qsx '# $(WASM_TOOLCHAIN)' target/tools/wasm.sh || rm -f target/tools/wasm.sh)

target/tools/wasm.sh: | tools
	$(call say,Looking for the source of the standard library of Rust: a minute.)
	source="$$(rustc --print sysroot)/lib/rustlib/src/rust/library"; \
	choice='$(WASM_TOOLCHAIN)'; \
	if [ $$choice != debian ]; then \
		if [ -d "$$source" ] || timeout 60 rustup component add rust-src 2>target/tools/rustup.log; then choice=rustup; \
		elif [ $$choice = rustup ]; then echo 'rustup could not add rust-src (why: target/tools/rustup.log). Try WASM_TOOLCHAIN=debian.' >&2; exit 1; \
		else echo 'rustup could not add rust-src: taking the packages of Debian.'; choice=debian; fi; \
	fi; \
	{ echo '# $(WASM_TOOLCHAIN)'; echo 'export RUSTC_BOOTSTRAP=1'; } > $@.new; \
	if [ $$choice = debian ]; then \
		dpkg -s rustc-web cargo-web rust-web-src rust-web-clippy >/dev/null 2>&1 || $(call apt,rustc-web cargo-web rust-web-src rust-web-clippy); \
		{ echo 'host=$$(rustc -vV | sed -n "s/host: //p")'; \
		  echo 'export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$$(rustc --print sysroot)/lib/rustlib/$$host/bin/rust-lld"'; \
		  echo 'export PATH="/usr/bin:$$PATH" RUSTC=/usr/bin/rustc'; } >> $@.new; \
	fi; \
	mv $@.new $@; echo "Standard library: $$choice"

$(BINDGEN): tests/tools/bindgen.rs Cargo.lock | tools
	$(call say,Building wasm-bindgen: a minute.)
	cargo build --quiet --no-default-features --features bindgen --bin bindgen
	touch $@

$(MODULE)/duibiao_bg.wasm: Makefile $(CARGO_FILES) $(CORE_FILES) target/tools/wasm.sh $(BINDGEN) $(NPM)
	$(call say,Building the checker module: a minute.)
	$(WASM_CARGO) build --quiet --profile module $(WASM_ARGS)
	rm -rf target/bindgen && mkdir -p $(MODULE)
	$(BINDGEN) target/wasm32-unknown-unknown/module/duibiao.wasm target/bindgen duibiao
	cat target/bindgen/duibiao.js src/wasm.js > target/bindgen/both.js
	node_modules/.bin/rolldown target/bindgen/both.js -o $(MODULE)/duibiao.js --format esm --minify >/dev/null
	node_modules/.bin/wasm-opt target/bindgen/duibiao_bg.wasm -o $@ --mvp-features --enable-mutable-globals \
		-O2 --shrink-level=2 --converge --one-caller-inline-max-function-size=10 --dealign --strip-debug --strip-producers --strip-target-features

# For browsers without WebAssembly, and pages whose policy refuses it: the module in JavaScript.
$(PLAIN): $(MODULE)/duibiao_bg.wasm www/package/plain.mjs $(NPM)
	$(call say,The module in JavaScript: half a minute.)
	node www/package/plain.mjs $< $@ $(MODULE)/nowasm.mjs

test-module: $(MODULE)/duibiao_bg.wasm $(MODULE)/office_bg.wasm $(STANDARD)
	$(call say,Size and features of the module: a second.)
	node tests/module-facts.mjs $< $(MODULE)/duibiao.js $(STANDARD)
	node tests/module-facts.mjs $(MODULE)/office_bg.wasm $(MODULE)/office.js --budget 800

# ── The studio module ────────────────────────────────────────────────────────────────────────────

# The studio's module holds Rhai, for authors only: newer browsers, and no budget but their patience.
# Rhai asks the browser for randomness; a script that nests deeply needs more than the usual stack.
STUDIO_RUSTFLAGS := $(WASM_RUSTFLAGS) --cfg getrandom_backend="wasm_js" -Clink-arg=-zstack-size=4194304
STUDIO_CARGO = . target/tools/wasm.sh && RUSTFLAGS='$(STUDIO_RUSTFLAGS)' cargo
STUDIO_ARGS := $(WASM_ARGS) --features author

$(MODULE)/studio_bg.wasm: Makefile $(CARGO_FILES) $(STUDIO_FILES) target/tools/wasm.sh $(BINDGEN) $(NPM)
	$(call say,Building the studio module: two minutes the first time.)
	$(STUDIO_CARGO) build --quiet --profile studio $(STUDIO_ARGS)
	rm -rf target/bindgen-studio && mkdir -p $(MODULE)
	$(BINDGEN) target/wasm32-unknown-unknown/studio/duibiao.wasm target/bindgen-studio studio
	cp target/bindgen-studio/studio.js $(MODULE)
	node_modules/.bin/wasm-opt target/bindgen-studio/studio_bg.wasm -o $@ --mvp-features --enable-mutable-globals \
		-O2 --strip-debug --strip-producers --strip-target-features
	printf 'Studio module: %s bytes, %s gzip\n' "$$(wc -c <$@)" "$$(gzip -9c $@ | wc -c)"

# ── The office module ────────────────────────────────────────────────────────────────────────────

# Spreadsheets, in and out, loaded when somebody wants one. It runs wherever the checker does.
# The crate for zip can encrypt, and takes randomness for that from the browser; we never encrypt, so nothing is asked for.
OFFICE_CARGO = . target/tools/wasm.sh && RUSTFLAGS='$(WASM_RUSTFLAGS) --cfg getrandom_backend="wasm_js"' cargo
OFFICE_ARGS := $(WASM_ARGS) --features office

$(MODULE)/office_bg.wasm: Makefile $(CARGO_FILES) $(OFFICE_FILES) target/tools/wasm.sh $(BINDGEN) $(NPM)
	$(call say,Building the office module: two minutes the first time.)
	$(OFFICE_CARGO) build --quiet --profile office $(OFFICE_ARGS)
	rm -rf target/bindgen-office && mkdir -p $(MODULE)
	$(BINDGEN) target/wasm32-unknown-unknown/office/duibiao.wasm target/bindgen-office office --reset
	cp target/bindgen-office/office.js $(MODULE)
	node_modules/.bin/wasm-opt target/bindgen-office/office_bg.wasm -o $@ --mvp-features --enable-mutable-globals \
		-O2 --shrink-level=2 --converge --one-caller-inline-max-function-size=10 --dealign --strip-debug --strip-producers --strip-target-features
	printf 'Office module: %s bytes, %s gzip\n' "$$(wc -c <$@)" "$$(gzip -9c $@ | wc -c)"

# ── The command, and the standard as a finished module ───────────────────────────────────────────

# It contains the module, so that `duibiao build` needs nothing else.
$(COMMAND): $(CARGO_FILES) $(COMMAND_FILES) $(MODULE)/duibiao_bg.wasm
	$(call say,Building the command: two minutes the first time.)
	DUIBIAO_MODULE=$(MODULE)/duibiao_bg.wasm cargo build --quiet --release
	touch $@

$(STANDARD): $(COMMAND) $(RULE_FILES)
	$(call say,Compiling the standard: a second.)
	$(COMMAND) build rules/changzhou-2023 -o $@

# For pages that are opened from a disk.
$(SCRIPT): $(STANDARD)
	$(COMMAND) build $< -o $@

test-rules: $(COMMAND)
	$(call say,The cases of the standard: a second.)
	$(COMMAND) test rules/changzhou-2023

# ── The page ─────────────────────────────────────────────────────────────────────────────────────

$(PAGE): $(PAGE_FILES) $(STANDARD) $(SCRIPT) $(PLAIN) $(MODULE)/studio_bg.wasm $(MODULE)/office_bg.wasm $(ALL_RULE_FILES) $(NPM)
	$(call say,Building the page and the studio: some seconds.)
	node_modules/.bin/vite build www
	touch $@

# What portals take: the scripts as they are in the page's folder, and the same as ES modules.
$(PACKAGE): $(PAGE)
	$(call say,Packing the npm package: some seconds.)
	node_modules/.bin/vite build www --mode package --logLevel warn
	node www/package/build.mjs
	touch $@

$(EXAMPLES): $(PACKAGE)
	$(call say,Building the examples from the package: some seconds.)
	node www/package/examples.mjs $(@D)
	touch $@

screenshots: $(PAGE) target/tools/browser
	$(call say,Taking the pictures of each page and state: a minute.)
	node tests/tools/screenshots.mjs

# The types of the module come from its build.
test-types: $(STANDARD) $(NPM)
	$(call say,Types of the page: some seconds.)
	node_modules/.bin/tsc --noEmit -p www

# ── The peers of the benchmark ───────────────────────────────────────────────────────────────────
# They are no part of the project: what `make test` needs is without them.

$(PEERS): benches/package-lock.json | tools
	$(call say,Installing the peers of the benchmark: half a minute.)
	cd benches && npm ci --no-audit --no-fund --loglevel=error
	touch $@

# Rhai itself, for speed: without the options that make modules small.
$(BENCH)/rhai/rhai_bg.wasm: Makefile $(shell find benches/peers/rhai -type f) target/tools/wasm.sh $(BINDGEN) $(NPM)
	$(call say,Building Rhai for WebAssembly: three minutes the first time.)
	$(STUDIO_CARGO) build --quiet --release --locked --manifest-path benches/peers/rhai/Cargo.toml \
		--target wasm32-unknown-unknown -Zbuild-std=std,panic_abort
	rm -rf $(@D) && mkdir -p $(@D)
	$(BINDGEN) target/wasm32-unknown-unknown/release/rhai_peer.wasm $(@D) rhai
	node_modules/.bin/wasm-opt $(@D)/rhai_bg.wasm -o $@ --mvp-features --enable-mutable-globals -O3 \
		--strip-debug --strip-producers --strip-target-features

# ── Tests of the whole ───────────────────────────────────────────────────────────────────────────

# Node leaves one core to itself, so on a machine with two the files would wait for each other.
NODE_TEST := node --test --test-concurrency=2

test-format: | tools
	$(call say,Format of the Rust files: a second.)
	cargo fmt --check

test-lint: | tools
	$(call say,Clippy: a minute the first time.)
	cargo clippy --quiet --all-targets -- -D warnings

test-lint-wasm: target/tools/wasm.sh
	$(call say,Clippy for WebAssembly: a minute the first time.)
	# With the same flags for all three the standard library is gone through once.
	for args in '$(WASM_ARGS)' '$(STUDIO_ARGS)' '$(OFFICE_ARGS)'; do $(OFFICE_CARGO) clippy --quiet $$args -- -D warnings; done

test-rust: | tools
	$(call say,Tests in Rust: two minutes the first time.)
	cargo test

test-node: $(EXAMPLES) $(MODULE)/office_bg.wasm
	$(call say,The module under Node and the commands of the README: some seconds.)
	$(NODE_TEST) tests/*.test.mjs

test-browser: $(PAGE) $(EXAMPLES) target/tools/browser
	$(call say,The page in Chromium: a minute.)
	$(NODE_TEST) tests/browser/*.test.mjs

test-engines: $(PAGE) target/tools/engines
	$(call say,The page in Chromium, Firefox and WebKit: a minute or two.)
	$(NODE_TEST) tests/engines/*.test.mjs

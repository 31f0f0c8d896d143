#!/usr/bin/env bash
# Everything this project does starts here. Each command installs what it misses, then does its work.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. scripts/need.sh

usage() {
  cat <<'TEXT'
./build.sh                     makes dist/ and the two packages, and prints their sizes
./build.sh run [URL]           opens a browser with the extension on URL, or on the demo portal
      [--browser firefox|chromium]
./build.sh test                every check: format, lints, native tests, shell, packages, both browsers
./build.sh score [DIR]         reads the charters of DIR (../shared/corpus) and scores them against their truth
./build.sh bench               times the reader beside its peers and prints the ratios
TEXT
}

# The core, compiled for the browser, with its JavaScript side and its types.
core() {
  need_wasm_target; need_wasm_bindgen; need_node
  cargo build --quiet --release --lib --target wasm32-unknown-unknown
  local built=target/wasm32-unknown-unknown/release/cookie_charter.wasm made=target/core
  if [ ! -e $made/core_bg.wasm ] || [ $built -nt $made/core_bg.wasm ]; then
    wasm-bindgen --target web --out-dir $made.part --out-name core $built
    # No --all-features: that flag writes a module that neither browser accepts.
    wasm-opt -O3 --strip-debug --strip-producers -o $made.part/core_bg.opt.wasm $made.part/core_bg.wasm
    mv $made.part/core_bg.opt.wasm $made.part/core_bg.wasm
    rm -rf $made && mv $made.part $made
    touch $made/core_bg.wasm
  fi
}

dist() {
  core
  rm -rf dist && mkdir -p dist/core
  cp -r extension/. manifest.json LICENSE-MIT LICENSE-APACHE dist/
  cp target/core/core.js target/core/core_bg.wasm target/core/core.d.ts dist/core/
}

build() {
  dist
  python3 scripts/pack.py dist packages
}

native() { cargo build --quiet --release --bin cookie-charter; }

test_core() {
  need_wasm_target
  say "Format";  cargo fmt --check
  say "Lints";   cargo clippy --quiet --all-targets -- -D warnings
                 cargo clippy --quiet --lib --target wasm32-unknown-unknown -- -D warnings
  say "Core";    cargo test --quiet
}

test_shell() {
  dist
  say "Shell: types";  tsc -p tsconfig.json
  say "Shell: lint";   eslint .
  say "Shell: tests";  node --test tests/shell/*.test.mjs
  say "Packages";      node scripts/lint-extension.mjs dist
                       python3 scripts/pack.py dist packages
}

test_browsers() {
  need_python; need_browser chromium; need_browser firefox
  say "Browsers";      node --test --test-concurrency=1 tests/browser/*.test.mjs
}

case "${1:-build}" in
  build) build ;;
  run) shift; need_python; node=1; build; need_node; exec node scripts/run.mjs "$@" ;;
  test) test_core; test_shell; test_browsers; say "All checks passed." ;;
  core) test_core ;;
  shell) test_shell ;;
  browsers) dist; test_browsers ;;
  score) shift; need_rust; native; python3 scripts/score.py "${@:-../shared/corpus}" ;;
  bench) need_rust; cargo bench --quiet ;;
  help | -h | --help) usage ;;
  *) usage >&2; stop "Unknown command '$1'." ;;
esac

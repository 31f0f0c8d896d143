# What the build needs, installed when it is missing. Sourced by build.sh; every function is quick when nothing is missing.
# Tools are kept outside the repository, so that a second build, or a second clone, finds them.

CACHE=${COOKIE_CHARTER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cookie-charter}
TOOLS=$CACHE/tools

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

# need_debian COMMAND PACKAGE WHY
need_debian() {
  command -v "$1" >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing $2 ($3)"
    [ -n "${APT_UPDATED:-}" ] || apt-get update -qq
    APT_UPDATED=1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null
  else
    stop "$1 is missing ($3). Install it, on Debian with: sudo apt-get install $2"
  fi
}

need_rust() {
  command -v cargo >/dev/null || stop "Rust is missing. Install it with rustup (see rust-lang.org), then call this again."
  need_debian cc gcc "links Rust programs"
}

need_wasm_target() {
  need_rust
  [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ] && return
  command -v rustup >/dev/null || stop "The wasm32-unknown-unknown target of Rust is missing, and there is no rustup to add it."
  say "Adding the wasm32 target of Rust"
  rustup target add wasm32-unknown-unknown >&2
}

# need_crate CRATE VERSION COMMAND WHY -> its folder is put on the path
need_crate() {
  local root=$TOOLS/$1-$2
  if [ ! -x "$root/bin/$3" ]; then
    say "Building $1 $2 ($4); once, about two minutes"
    # A registry mirror may lack a version that the tool's own lock file names; then newer compatible ones serve.
    cargo install --quiet --locked --version "$2" --root "$root.part" "$1" 2>/dev/null ||
      cargo install --quiet --version "$2" --root "$root.part" "$1" >&2
    rm -rf "$root" && mv "$root.part" "$root"
  fi
  PATH=$root/bin:$PATH
}

# The command-line tool must have the version of the crate, or the two halves of the bindings do not fit.
need_wasm_bindgen() {
  local version
  version=$(sed -n 's/^wasm-bindgen = "=\(.*\)"$/\1/p' Cargo.toml)
  [ -n "$version" ] || stop "Cargo.toml must pin wasm-bindgen as: wasm-bindgen = \"=1.2.3\""
  need_crate wasm-bindgen-cli "$version" wasm-bindgen "writes the JavaScript side of the core"
}

need_geckodriver() { need_crate geckodriver 0.37.1 geckodriver "drives Firefox in tests"; }

# Node 20 or newer; Debian 12 has 18, so a newer one is taken from its npm package.
need_node() {
  need_debian node nodejs "checks the shell and drives browsers"
  need_debian npm npm "installs the checking tools"
  if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    local root=$TOOLS/node-20
    [ -x "$root/node_modules/node/bin/node" ] || { say "Installing Node 20"; npm install --silent --prefix "$root" node@20 >&2; }
    PATH=$root/node_modules/node/bin:$PATH
  fi
  local key dir
  key=$(sha256sum package-lock.json | cut -c1-16)
  dir=$CACHE/npm-$key
  if [ ! -e "$dir/done" ]; then
    say "Installing the development tools of the shell (type checker, linters, browser driver)"
    rm -rf "$dir" && mkdir -p "$dir" && cp package.json package-lock.json "$dir"
    npm ci --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" >&2
    touch "$dir/done"
  fi
  if [ "$(readlink node_modules || true)" != "$dir/node_modules" ]; then
    rm -rf node_modules && ln -s "$dir/node_modules" node_modules
  fi
  PATH=$PWD/node_modules/.bin:$PATH
}

need_python() {
  need_debian python3 python3 "runs the demo portal"
  need_debian openssl openssl "makes the certificate of the demo portal"
  python3 -c "import ensurepip" 2>/dev/null || { [ "$(id -u)" = 0 ] && apt-get install -y -qq python3-venv >/dev/null; } || stop "The venv module of Python is missing. Install it, on Debian with: sudo apt-get install python3-venv"
}

# need_browser chromium|firefox
need_browser() {
  case $1 in
    chromium) need_debian chromium chromium "the browser"; need_debian chromedriver chromium-driver "drives Chromium" ;;
    firefox) need_debian firefox-esr firefox-esr "the browser"; need_rust; need_geckodriver ;;
    *) stop "Unknown browser '$1'. Choose firefox or chromium." ;;
  esac
}

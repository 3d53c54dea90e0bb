# Shared by the commands of this folder; `source` it, it runs nothing by itself.
#
# Everything here may be called again and again: what is there already is left alone.

PROJECT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$PROJECT"

# What package managers need to know to ask nobody.
export DEBIAN_FRONTEND=noninteractive
export NO_UPDATE_NOTIFIER=1

say() { printf '→ %s\n' "$*" >&2; }
warn() { printf '! %s\n' "$*" >&2; }
die() {
  printf '✗ %s\n' "$*" >&2
  exit 1
}

# ── Steps ──────────────────────────────────────────────────────────────────────────────────────────────────────────

STEP='' STEP_BEGAN=0 STEPS=()

# step NAME COMMAND…: says what is done, does it, remembers how long it took.
step() {
  begin_step "$1"
  shift
  "$@"
  end_step
}

begin_step() {
  STEP=$1 STEP_BEGAN=$SECONDS
  say "$STEP"
}

end_step() {
  STEPS+=("$(printf '%5d s  %s' $((SECONDS - STEP_BEGAN)) "$STEP")")
  STEP=''
}

# The table of what took how long, with the step that broke off if one did.
print_steps() {
  printf '\n' >&2
  [ "${#STEPS[@]}" -eq 0 ] || printf '%s\n' "${STEPS[@]}" >&2
  [ -z "$STEP" ] || printf '%5d s  %s  ✗ broke off here\n' $((SECONDS - STEP_BEGAN)) "$STEP" >&2
  printf '%5d s  in all\n' "$SECONDS" >&2
}

# ── Tools ──────────────────────────────────────────────────────────────────────────────────────────────────────────

# need_package PACKAGE…: installs Debian packages, as root or through sudo, or says what to install.
need_package() {
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      sudo=(sudo -n)
    else
      die "missing: $*. Install with: sudo apt-get install $*"
    fi
  fi
  command -v apt-get >/dev/null || die "missing: $*. Install them with your system's package manager."
  say "installing $*"
  if [ -z "${PACKAGES_ARE_FRESH:-}" ]; then
    "${sudo[@]}" apt-get update -qq </dev/null >&2 || warn "apt-get update did not succeed; trying with the lists that are there"
    PACKAGES_ARE_FRESH=1
  fi
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >&2 \
    || die "could not install $*. Try: apt-get install $*"
}

# need_command COMMAND PACKAGE
need_command() { command -v "$1" >/dev/null || need_package "$2"; }

need_rust() {
  # rustup puts cargo where a shell without a profile does not look.
  command -v cargo >/dev/null || PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH
  command -v cargo >/dev/null || die "missing: Rust 1.90 or newer (cargo, rustc, rustfmt, clippy). Install with rustup, see https://rustup.rs"
  # SQLite and the image codecs are written in C and are compiled with the program.
  command -v cc >/dev/null || need_package build-essential
}

# need_component COMMAND COMPONENT
need_component() {
  cargo "$1" --version >/dev/null 2>&1 && return
  command -v rustup >/dev/null && rustup component add "$2" >&2 && return
  die "missing: cargo $1. Install with: rustup component add $2"
}

need_node() {
  need_command node nodejs
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || die "Node $major is too old; Node 20 or newer is needed, see https://nodejs.org"
  need_command npm npm
}

need_nextest() {
  command -v cargo-nextest >/dev/null && return
  say "installing cargo-nextest (a few minutes, once)"
  cargo install cargo-nextest --locked --quiet
}

# Prints the path of a Chromium.
find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable; }

need_chromium() { find_chromium >/dev/null || need_package chromium; }

# Prints the folder with the newest initdb and postgres.
find_postgres() {
  local candidate
  for candidate in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr) $(dirname "$(command -v initdb || echo /nowhere/initdb)"); do
    [ -x "$candidate/initdb" ] && [ -x "$candidate/postgres" ] && [ -x "$candidate/psql" ] && { echo "$candidate"; return; }
  done
  return 1
}

need_postgres() {
  find_postgres >/dev/null && return
  need_package postgresql postgresql-client
  find_postgres >/dev/null || die "PostgreSQL was installed, yet there is no initdb under /usr/lib/postgresql"
}

# ── npm ────────────────────────────────────────────────────────────────────────────────────────────────────────────

digest() { sha256sum "$@" | sha256sum | cut -d' ' -f1; }

# npm_packages FOLDER: node_modules as the lock file says; nothing is done when they are that already. Packages' own
# scripts do not run: none of ours needs them, and they are how a bad one would get in.
npm_packages() (
  cd "$1"
  lock=$(digest package.json package-lock.json)
  [ "$(cat node_modules/.lock-digest 2>/dev/null || true)" = "$lock" ] && return
  npm ci --no-audit --no-fund --no-progress --loglevel=error --ignore-scripts </dev/null >&2
  echo "$lock" >node_modules/.lock-digest
)

# ── PostgreSQL for one run ─────────────────────────────────────────────────────────────────────────────────────────

POSTGRES_FOLDER='' POSTGRES_PID=''

free_port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }

# Starts a cluster of its own on the loopback address, with a password of its own, and exports WARRAQ_TEST_POSTGRES.
# It lies in the temporary folder of the machine: PostgreSQL refuses to run as root, and another user need not be able
# to look into a checkout.
start_postgres() {
  if [ -n "${WARRAQ_TEST_POSTGRES:-}" ]; then
    say "using the PostgreSQL of WARRAQ_TEST_POSTGRES"
    return
  fi
  local bin user port password as=()
  bin=$(find_postgres)
  user=$(id -un)
  if [ "$(id -u)" -eq 0 ]; then
    user=postgres
    id -u postgres >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin postgres
    as=(setpriv --reuid=postgres --regid="$(id -g postgres)" --clear-groups --)
  fi
  POSTGRES_FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/warraq-postgres.XXXXXX")
  password=$(head -c 18 /dev/urandom | base64 | tr -d '+/=')
  printf '%s\n' "$password" >"$POSTGRES_FOLDER/password"
  if [ "$(id -u)" -eq 0 ]; then chown -R postgres "$POSTGRES_FOLDER"; fi
  (
    cd "$POSTGRES_FOLDER"
    "${as[@]}" "$bin/initdb" --pgdata=data --username=warraq --pwfile=password --auth=scram-sha-256 --encoding=UTF8 --locale=C \
      --no-sync >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
  ) || die "initdb did not succeed"
  port=$(free_port)
  # The machine is not expected to lose its power during the tests, so nothing is forced to disk.
  (
    cd "$POSTGRES_FOLDER"
    exec "${as[@]}" "$bin/postgres" -D data -c listen_addresses=127.0.0.1 -c port="$port" -c unix_socket_directories='' \
      -c fsync=off -c full_page_writes=off -c max_connections=400 -c shared_buffers=128MB
  ) </dev/null >"$POSTGRES_FOLDER.log" 2>&1 &
  POSTGRES_PID=$!
  export WARRAQ_TEST_POSTGRES="postgres://warraq:$password@127.0.0.1:$port/postgres"
  local tries
  for tries in $(seq 1 150); do
    "$bin/psql" -Atqc 'select 1' "$WARRAQ_TEST_POSTGRES" >/dev/null 2>&1 && return
    kill -0 "$POSTGRES_PID" 2>/dev/null || break
    sleep 0.2
  done
  cat "$POSTGRES_FOLDER.log" >&2
  die "PostgreSQL did not start"
}

# Stops what start_postgres started; does nothing otherwise.
stop_postgres() {
  [ -z "$POSTGRES_PID" ] || { kill -INT "$POSTGRES_PID" 2>/dev/null || true; wait "$POSTGRES_PID" 2>/dev/null || true; POSTGRES_PID=''; }
  [ -z "$POSTGRES_FOLDER" ] || { rm -rf "$POSTGRES_FOLDER" "$POSTGRES_FOLDER.log"; POSTGRES_FOLDER=''; }
}

# shellcheck shell=bash
# What every script needs: messages, the repository's root, running commands as another user.
# Sourced, never run. The sourcing script sets PROGRAM and is under `set -euo pipefail`.

# A search path that also holds what lives in sbin; root's own may lack it, an unprivileged user's does.
SYSTEM_PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

say() { printf '%s: %s\n' "$PROGRAM" "$*"; }

warn() { printf '%s: warning: %s\n' "$PROGRAM" "$*" >&2; }

# die MESSAGE [HINT]
die() {
  printf '%s: error: %s\n' "$PROGRAM" "$1" >&2
  if [ $# -gt 1 ]; then printf '%s: hint: %s\n' "$PROGRAM" "$2" >&2; fi
  exit 1
}

need_root() {
  [ "$(id -u)" -eq 0 ] || die "this sets up users and packages and needs root" "sudo $0"
}

os_release() { sed -n "s/^$1=\"\{0,1\}\([^\"]*\)\"\{0,1\}\$/\1/p" /etc/os-release | head -n 1; }

# Debian is what the package names below are true of; another system gets a clear word instead of a riddle.
need_debian() {
  local id='' version=''
  if [ -r /etc/os-release ]; then
    id=$(os_release ID)
    version=$(os_release VERSION_ID)
  fi
  [ "$id" = debian ] || die "this is ${id:-an unknown system}; Debian 12 and 13 are supported"
  case $version in
    12 | 13) ;;
    *) warn "Debian ${version:-without a version} is not among the supported releases 12 and 13" ;;
  esac
  DEBIAN_VERSION=$version
}

has_systemd() { [ -d /run/systemd/system ]; }

home_of() { getent passwd "$1" | cut -d: -f6; }

# lock NAME holds a lock until this shell ends, so that two runs never set up or take down at once.
lock() {
  local file=/run/lock/$1.lock
  mkdir -p /run/lock
  exec {LOCK_FD}>"$file"
  if ! flock --nonblock "$LOCK_FD"; then
    say "waiting for another run to end ($file)"
    flock "$LOCK_FD"
  fi
}

# user_environment USER fills USER_ENV with the clean environment that the user's programs get.
user_environment() {
  local user=$1 uid
  uid=$(id -u "$user")
  USER_ENV=(
    "HOME=$(home_of "$user")" "USER=$user" "LOGNAME=$user" "PATH=$SYSTEM_PATH" "LANG=C.UTF-8"
    "XDG_RUNTIME_DIR=/run/user/$uid")
  # With the user's own systemd, podman puts each container into a scope of it, where limits work.
  if [ -S "/run/user/$uid/bus" ]; then
    USER_ENV+=("DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/$uid/bus")
  fi
}

# as_user USER COMMAND... runs a command as the user, in its home, with nothing of our environment and
# without our lock, which something that goes on running would keep.
as_user() {
  local user=$1
  shift
  user_environment "$user"
  (
    cd "$(home_of "$user")" 2>/dev/null || cd /
    if [ -n "${LOCK_FD:-}" ]; then exec {LOCK_FD}>&-; fi
    exec setpriv --reuid "$user" --regid "$(id -g "$user")" --init-groups env -i "${USER_ENV[@]}" "$@"
  )
}

# wait_until SECONDS COMMAND... polls the command and fails when the time is over.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}

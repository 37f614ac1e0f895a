# shellcheck shell=bash
# Debian packages: install what is missing, and nothing else.

# What a rootless podman needs, on any of the supported machines. netavark drives iptables on Debian 12
# and nftables on 13; slirp4netns is podman 4's rootless network, passt is podman 5's.
runtime_packages() {
  printf '%s\n' podman crun conmon uidmap slirp4netns passt netavark aardvark-dns iptables nftables iproute2 \
    catatonit busybox-static ca-certificates curl
  # Where systemd runs: a manager and a bus for the user, in which podman puts containers into scopes.
  if has_systemd; then printf '%s\n' dbus-user-session libpam-systemd; fi
}

# What the Swift toolchain needs to compile and link this package.
build_packages() {
  local gcc=12
  if [ "${DEBIAN_VERSION:-12}" = 13 ]; then gcc=14; fi
  printf '%s\n' git ca-certificates binutils libc6-dev "libgcc-$gcc-dev" "libstdc++-$gcc-dev" zlib1g-dev \
    pkg-config tzdata libcurl4 libxml2 libedit2 liblua5.4-dev libsqlite3-dev
}

is_installed() {
  [ "$(dpkg-query --show --showformat '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

apt() {
  DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a apt-get --quiet --quiet --assume-yes \
    --option DPkg::Lock::Timeout=300 --option Dpkg::Options::=--force-confold --option Dpkg::Use-Pty=0 \
    "$@" </dev/null
}

# Prints the packages that installing these would bring, dependencies included.
packages_to_come() {
  LC_ALL=C apt-get --simulate --no-install-recommends install "$@" 2>/dev/null \
    | sed -n 's/^Inst \([^ ]*\) .*/\1/p'
}

# ensure_packages PACKAGE... installs those that are missing. The package lists are fetched only when they
# do not know a package, or know a version that the mirror no longer has.
ensure_packages() {
  local package missing=() coming updated=''
  for package in "$@"; do
    if ! is_installed "$package"; then missing+=("$package"); fi
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" -eq 0 ] || die "packages are missing: ${missing[*]}" "as root: apt-get install ${missing[*]}"
  if ! apt-get --simulate --no-install-recommends install "${missing[@]}" >/dev/null 2>&1; then
    say "fetching Debian's package lists"
    apt update >/dev/null || die "apt-get update failed" "is there a network and a mirror in /etc/apt?"
    updated=yes
  fi
  coming=$(packages_to_come "${missing[@]}")
  if [ -n "${MANIFEST:-}" ]; then
    for package in $coming; do record package "$package"; done
  fi
  say "installing ${missing[*]}"
  if ! install_quietly "${missing[@]}"; then
    [ -z "$updated" ] || die "installing ${missing[*]} failed"
    say "fetching Debian's package lists, the known ones are out of date"
    apt update >/dev/null || die "apt-get update failed" "is there a network and a mirror in /etc/apt?"
    install_quietly "${missing[@]}" || die "installing ${missing[*]} failed"
  fi
}

# apt's own words are for when it fails.
install_quietly() {
  local log status=0
  log=$(mktemp)
  apt --no-install-recommends install "$@" >"$log" 2>&1 || status=$?
  if [ "$status" -ne 0 ]; then cat "$log" >&2; fi
  rm -f "$log"
  return "$status"
}

# Removes the packages that this program installed, unless something else needs one of them by now.
remove_packages() {
  local package present=() going extra=()
  for package in "$@"; do
    if is_installed "$package"; then present+=("$package"); fi
  done
  [ ${#present[@]} -gt 0 ] || return 0
  going=$(LC_ALL=C apt-get --simulate purge "${present[@]}" | sed -n 's/^\(Remv\|Purg\) \([^ ]*\) .*/\2/p')
  for package in $going; do
    case " ${present[*]} " in *" $package "*) ;; *) extra+=("$package") ;; esac
  done
  if [ ${#extra[@]} -gt 0 ]; then
    warn "packages kept: ${present[*]}; without them these would go too: ${extra[*]}"
    return 0
  fi
  say "removing packages ${present[*]}"
  apt purge "${present[@]}" >/dev/null
}

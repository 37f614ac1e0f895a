# shellcheck shell=bash
# Only for test machines and containers: what they lack of an ordinary Debian with systemd and cgroup v2.
# Nothing in this file does anything on an ordinary machine.

# crun refuses a host that mounts cgroup v1 beside v2; runc takes it.
HYBRID_RUNTIME=runc

on_hybrid_cgroups() { [ "$(stat -fc %T /sys/fs/cgroup 2>/dev/null)" != cgroup2fs ]; }

# Installs and announces what such a machine needs.
prepare_hybrid_cgroups() {
  on_hybrid_cgroups || return 0
  say "test machine: /sys/fs/cgroup is not cgroup v2: using $HYBRID_RUNTIME and cgroupfs, limits are not available"
  ensure_packages "$HYBRID_RUNTIME"
}

# udev gives /dev/net/tun mode 0666; where there is no udev, rootless networks need that done by hand.
# The old mode goes into the manifest.
prepare_tun() {
  local name=$1
  if [ ! -e /dev/net/tun ]; then
    modprobe tun 2>/dev/null || true
    [ -e /dev/net/tun ] || die "/dev/net/tun is missing, without which rootless containers have no network" \
      "modprobe tun"
  fi
  as_user "$name" test -w /dev/net/tun && return 0
  say "test machine: opening /dev/net/tun to all users, as udev does elsewhere"
  record mode "/dev/net/tun $(stat -c %a /dev/net/tun) 666"
  chmod 0666 /dev/net/tun
}

# restore_mode PATH OLD NEW puts the old mode back unless somebody has changed it since.
restore_mode() {
  if [ -e "$1" ] && [ "$(stat -c %a "$1")" = "$3" ]; then
    say "restoring mode $2 of $1"
    chmod "$2" "$1"
  fi
}

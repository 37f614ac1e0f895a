# shellcheck shell=bash
# Counting what a test run leaves behind: a list before, a list after, and what is only in the second.

# take_census NAME prints one line for each thing of the user: processes, mounts, network namespaces, containers,
# pods, volumes, networks, temporary files.
take_census() {
  local name=$1 home uid pid first last
  home=$(home_of "$name")
  uid=$(id -u "$name")
  for pid in $(processes_of "$name"); do
    is_podmans_own "$pid" || printf 'process %s\n' "$(describe_process "$pid")"
  done
  awk -v home="$home/" -v run="/run/user/$uid/" '
    index($5, home) == 1 || index($5, run) == 1 || $5 ~ /^\/tmp\/mcp/ { print "mount " $5 }' /proc/self/mountinfo
  find "/run/user/$uid/netns" -mindepth 1 -maxdepth 1 -printf 'network namespace %p\n' 2>/dev/null || true
  while read -r first last; do
    find /tmp /var/tmp /dev/shm -xdev -maxdepth 1 -uid "+$((first - 1))" -uid "-$((last + 1))" \
      ! -name "libpod_rootless_lock_$uid" ! -name "buildah-cache-$uid" ! -name "podman-run-$uid" \
      ! -name "storage-run-$uid" ! -name "containers-user-$uid" -printf 'file %p\n' || true
  done < <(ids_of "$name")
  # Only where podman was ever used: asking it would make its store.
  if [ -d "$home/.local/share/containers" ]; then
    census_of_podman "$name"
  fi
}

census_of_podman() {
  local name=$1
  list_of_podman "$name" 'container' ps --all --format '{{.Names}} {{.Status}}'
  list_of_podman "$name" 'pod' pod ps --format '{{.Name}}'
  list_of_podman "$name" 'volume' volume ls --format '{{.Name}}'
  list_of_podman "$name" 'network' network ls --format '{{.Name}}' | grep -vx 'network podman' || true
}

# A podman that does not answer is a finding of its own.
list_of_podman() {
  local name=$1 what=$2 output
  shift 2
  if output=$(as_user "$name" timeout --kill-after=5 30 podman "$@" </dev/null 2>/dev/null); then
    [ -z "$output" ] || awk -v what="$what" '{ print what, $0 }' <<<"$output"
  else
    printf '%s: podman %s failed\n' "$what" "$1"
  fi
}

# What podman keeps for a while by itself, whoever used it: the process that holds its namespaces, the one that
# serves a network (containers are counted by themselves).
is_podmans_own() {
  local line
  line=$(tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null || true)
  case $line in
    *catatonit\ -P\ * | *podman\ pause* | */slirp4netns\ *) return 0 ;;
  esac
  [ "$(cat "/proc/$1/comm" 2>/dev/null)" = 'podman pause' ]
}

# left_behind NAME BEFORE prints what is there now and was not in the list BEFORE.
left_behind() {
  take_census "$1" | sort -u | comm -13 <(sort -u "$2") -
}

nothing_left_behind() { [ -z "$(left_behind "$1" "$2")" ]; }

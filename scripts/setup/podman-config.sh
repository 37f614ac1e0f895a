# shellcheck shell=bash
# Podman's configuration for the user, written only where the user has none.

# write_podman_config NAME
write_podman_config() {
  local name=$1 home uid directory
  home=$(home_of "$name")
  uid=$(id -u "$name")
  directory=$home/.config/containers
  if ! is_recorded user "$name"; then record_podman_trees "$name" "$home"; fi
  make_user_directories "$name" "$home" .config .config/containers
  if [ ! -e "$directory/storage.conf" ]; then
    say "writing $directory/storage.conf (overlay)"
    # Without this file podman may choose vfs, which copies every layer.
    write_user_file "$name" "$directory/storage.conf" <<CONF
[storage]
driver = "overlay"
graphroot = "$home/.local/share/containers/storage"
runroot = "/run/user/$uid/containers"
CONF
  fi
  if [ ! -e "$directory/containers.conf" ]; then
    say "writing $directory/containers.conf"
    containers_conf | write_user_file "$name" "$directory/containers.conf"
  fi
}

# record_podman_trees NAME HOME notes what podman will make in the home of a user who was here before and is not there
# yet. A home of ours goes as a whole.
record_podman_trees() {
  local name=$1 home=$2 tree
  for tree in .config/cni .cache/containers .local/share/containers; do
    if [ ! -e "$home/$tree" ]; then record podman-tree "$home/$tree"; fi
  done
  make_user_directories "$name" "$home" .local .local/share
}

# Prints containers.conf for this machine.
containers_conf() {
  local runtime='' manager=''
  if on_hybrid_cgroups; then
    runtime=$HYBRID_RUNTIME
    manager=cgroupfs
  elif ! has_systemd; then
    manager=cgroupfs
  fi
  # A system user cannot read its own lines in the journal, so logs and events go to files. Left to itself, podman 4
  # takes the older CNI, whose plugins are not there, as soon as an image is older than the first network.
  cat <<CONF
[containers]
log_driver = "k8s-file"
log_size_max = 67108864

[network]
network_backend = "netavark"

[engine]
events_logger = "file"
CONF
  if [ -n "$manager" ]; then printf 'cgroup_manager = "%s"\n' "$manager"; fi
  if [ -n "$runtime" ]; then printf 'runtime = "%s"\n' "$runtime"; fi
}

# make_user_directories NAME BASE DIRECTORY... makes those directories under BASE that are missing.
make_user_directories() {
  local name=$1 base=$2 directory
  shift 2
  for directory in "$@"; do
    if [ ! -d "$base/$directory" ]; then
      record directory "$base/$directory"
      install -d -m 0700 -o "$name" -g "$name" "$base/$directory"
    fi
  done
}

# write_user_file NAME PATH writes stdin to a file that was not there.
write_user_file() {
  local name=$1 path=$2 content
  content=$(mktemp)
  cat >"$content"
  record file "$path $(checksum "$content")"
  install -m 0644 -o "$name" -g "$name" "$content" "$path"
  rm -f "$content"
}

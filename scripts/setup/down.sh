# shellcheck shell=bash
# quickstart --down.

# take_down PACKAGES removes everything that quickstart made but packages, and those too if PACKAGES is yes.
take_down() {
  local path
  if [ ! -e "$MANIFEST" ]; then
    say "nothing was set up here ($MANIFEST does not exist)"
    return 0
  fi
  take_down_services
  stop_agent
  if is_recorded user "$AGENT_USER"; then
    remove_containers "$AGENT_USER"
  else
    remove_example "$AGENT_USER"
  fi
  while read -r path; do [ -z "$path" ] || rm -f "$path" "$path-wal" "$path-shm"; done < <(recorded registry)
  for path in $(recorded link); do if [ -L "$path" ]; then rm -f "$path"; fi; done
  for path in $(recorded process) $(recorded log); do rm -f "$path"; done
  remove_recorded_user "$AGENT_USER"
  remove_files
  remove_directories
  restore_modes
  if has_systemd; then systemctl daemon-reload; fi
  take_down_packages "$1"
  forget_manifest
  rmdir --ignore-fail-on-non-empty "$(dirname "$MANIFEST")"
  say "done"
}

# The example goes by the front door, if that is open. With a user of our own everything else goes as well, so
# it is named.
take_down_services() {
  local service others=''
  if [ ! -x "$PROGRAMS/mcp" ] || ! agent_answers; then return 0; fi
  if is_recorded user "$AGENT_USER"; then
    others=$(deployed_services | grep -vxF "$EXAMPLE_SERVICE" || true)
    if [ -n "$others" ]; then warn "these services go too: $(tr '\n' ' ' <<<"$others")"; fi
  fi
  for service in $(recorded service); do
    if deployed_services | grep -qxF "$service"; then
      say "mcp undeploy $service"
      operator mcp undeploy "$service" --yes >/dev/null || warn "mcp undeploy $service failed"
    fi
  done
}

deployed_services() { operator mcp list 2>/dev/null | awk 'NR > 1 { print $1 }'; }

# podman_of USER ARGUMENT... asks podman for at most a minute: what does not answer goes with the user's
# processes and home.
podman_of() {
  local user=$1
  shift
  as_user "$user" timeout --kill-after=5 60 podman "$@" </dev/null 2>/dev/null || true
}

# remove_containers USER removes what podman has for a user of ours.
remove_containers() {
  local user=$1
  getent passwd "$user" >/dev/null && [ -d "$(home_of "$user")/.local/share/containers" ] || return 0
  say "removing $user's containers, networks and images"
  podman_of "$user" rm --all --force --time 5 >/dev/null
  podman_of "$user" network prune --force >/dev/null
  podman_of "$user" rmi --all --force >/dev/null
}

# remove_example USER removes the example's containers and image from a user who was here before, and podman's
# files with them where there were none before and nothing else has come.
remove_example() {
  local user=$1 service container path
  getent passwd "$user" >/dev/null && [ -d "/run/user/$(id -u "$user")" ] || return 0
  for service in $(recorded service); do
    for container in $(podman_of "$user" ps --all --quiet --filter "label=io.metacircular.service=$service"); do
      podman_of "$user" rm --force --time 5 "$container" >/dev/null
    done
  done
  podman_of "$user" rmi "$EXAMPLE_IMAGE" >/dev/null
  if [ -n "$(podman_of "$user" ps --all --quiet)$(podman_of "$user" images --quiet)" ]; then return 0; fi
  # Ends the process that podman keeps for the user.
  podman_of "$user" system migrate >/dev/null
  wait_until 5 has_no_processes "$user" || true
  while read -r path; do [ -z "$path" ] || remove_tree "$path"; done < <(recorded podman-tree)
}

# take_down_packages PACKAGES
take_down_packages() {
  local packages
  mapfile -t packages < <(recorded package)
  [ ${#packages[@]} -gt 0 ] || return 0
  if [ "$1" = yes ]; then
    remove_packages "${packages[@]}"
  else
    say "packages that were installed stay (apt-get remove takes them away): ${packages[*]}"
  fi
}

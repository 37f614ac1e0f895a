# shellcheck shell=bash
# Showing an unprivileged user a directory that lies where it cannot go, such as a working copy under /root.

# hidden_ancestor USER PATH prints the first directory on the way to PATH that the user may not enter, PATH itself
# included; nothing if there is none.
hidden_ancestor() {
  local user=$1 path=$2 step='' part parts
  IFS=/ read -r -a parts <<<"${path#/}"
  for part in "${parts[@]}"; do
    step=$step/$part
    if ! as_user "$user" test -x "$step" -a -r "$step"; then
      # Being allowed in without being allowed to list is enough on the way.
      if [ "$step" != "$path" ] && as_user "$user" test -x "$step"; then continue; fi
      printf '%s\n' "$step"
      return 0
    fi
  done
}

# reachable_command USER PATH... sets REACH to the words that must stand before a command so that it sees the
# paths, at the same place, as a user that may not enter their parents. Only the command sees it: it gets a mount
# namespace in which the closed parent is an empty directory with nothing but these paths in it.
reachable_command() {
  local user=$1 path hidden covers=()
  shift
  REACH=()
  for path in "$@"; do
    hidden=$(hidden_ancestor "$user" "$path")
    [ -n "$hidden" ] || continue
    if [ "$hidden" = "$path" ]; then
      die "the user $user may not read $path" "chmod go+rx $path, or clone the repository with umask 022"
    fi
    say "showing $path to $user; $hidden itself stays closed"
    covers+=("$hidden" "$path")
  done
  [ ${#covers[@]} -gt 0 ] || return 0
  # shellcheck disable=SC2034 # for the script that calls this
  REACH=(unshare --mount --propagation slave "$BASH" "$REPOSITORY/scripts/setup/reach-run" "${covers[@]}" --)
}

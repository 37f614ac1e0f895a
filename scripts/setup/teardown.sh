# shellcheck shell=bash
# Taking back what the manifest says, for any script that has one.

# remove_recorded_user NAME ends and removes everything of a user that the manifest says we made. A user who was
# here before keeps all but what was given to it, and that too as long as it uses it.
remove_recorded_user() {
  local name=$1 path owner range line
  while read -r line; do [ -z "$line" ] || drop_linger "$line"; done < <(recorded linger)
  if getent passwd "$name" >/dev/null; then
    if is_recorded user "$name"; then
      end_processes "$name"
      remove_strays "$name"
    elif ! has_no_processes "$name"; then
      warn "the user $name was here before and runs things: it keeps its subordinate ids and runtime directory"
      return 0
    fi
  fi
  while read -r path; do [ -z "$path" ] || remove_tree "$path"; done < <(recorded runtime-directory)
  while read -r path; do [ -z "$path" ] || remove_tree "$path"; done < <(recorded home)
  while read -r owner range; do [ -z "$owner" ] || drop_subids subuid "$owner" "$range"; done < <(recorded subuid)
  while read -r owner range; do [ -z "$owner" ] || drop_subids subgid "$owner" "$range"; done < <(recorded subgid)
  if is_recorded user "$name"; then
    delete_user "$name"
  elif getent passwd "$name" >/dev/null; then
    say "the user $name was here before and stays"
  fi
  while read -r path; do
    if [ -n "$path" ] && [ ! -s "$path" ]; then rm -f "$path"; fi
  done < <(recorded empty-file)
}

# remove_tree PATH removes a directory that the manifest names, without crossing into another file system.
remove_tree() {
  [ -d "$1" ] || return 0
  unmount_below "$1"
  say "removing $1"
  rm -rf --one-file-system -- "$1"
}

# unmount_below PATH unmounts what is mounted under a directory, innermost first.
unmount_below() {
  local mount
  awk -v base="$1" '$5 == base || index($5, base "/") == 1 { print $5 }' /proc/self/mountinfo | tac \
    | while read -r mount; do umount "$mount" 2>/dev/null || umount --lazy "$mount"; done
}

# remove_strays NAME removes what podman and programs keep for the user outside its home: locks and caches.
remove_strays() {
  local first last
  while read -r first last; do
    find /tmp /var/tmp /dev/shm -xdev -maxdepth 1 -uid "+$((first - 1))" -uid "-$((last + 1))" \
      -exec rm -rf --one-file-system -- {} +
  done < <(ids_of "$1")
}

# restore_modes puts back what was opened, unless somebody changed it since.
restore_modes() {
  local path old new
  while read -r path old new; do
    [ -z "$path" ] || restore_mode "$path" "$old" "$new"
  done < <(recorded mode)
}

# forget_manifest ends the book-keeping: nothing is left to take back.
forget_manifest() {
  rm -f "$MANIFEST"
}

# shellcheck shell=bash
# The manifest: one line "kind value" for each thing that a script made on this machine. A line is written
# before its thing is made, so that an interrupted run can be taken down too; taking down removes what the
# lines say and nothing else.

# record KIND VALUE appends a line unless it is there. Without a manifest nothing is kept.
record() {
  [ -n "${MANIFEST:-}" ] || return 0
  if [ ! -e "$MANIFEST" ]; then
    install -d -m 0755 "$(dirname "$MANIFEST")"
    install -m 0644 /dev/null "$MANIFEST"
  fi
  grep -qxF -- "$1 $2" "$MANIFEST" || printf '%s %s\n' "$1" "$2" >>"$MANIFEST"
}

# unrecorded COMMAND... does something that outlives what the manifest is about.
unrecorded() {
  local MANIFEST=''
  "$@"
}

# recorded KIND prints the values of a kind, latest first.
recorded() {
  if [ -e "${MANIFEST:-}" ]; then sed -n "s/^$1 //p" "$MANIFEST" | tac; fi
}

# is_recorded KIND VALUE
is_recorded() { [ -e "${MANIFEST:-}" ] && grep -qxF -- "$1 $2" "$MANIFEST"; }

checksum() { sha256sum <"$1" | cut -d' ' -f1; }

# is_ours PATH tells whether the file is as this program wrote it, now or in an earlier run.
is_ours() { [ -f "$1" ] && is_recorded file "$1 $(checksum "$1")"; }

# make_directory PATH [MODE] makes a directory, and its parents, that root owns.
make_directory() {
  local path=$1 mode=${2:-0755}
  [ -d "$path" ] && return 0
  [ -d "$(dirname "$path")" ] || make_directory "$(dirname "$path")"
  record directory "$path"
  install -d -m "$mode" "$path"
}

# install_file SOURCE PATH MODE puts a file in place, atomically. One of that name that this program did not
# write, or that was changed since, is refused. Sets INSTALLED to yes if the file changed.
install_file() {
  local source=$1 path=$2 mode=$3
  INSTALLED=no
  if [ -e "$path" ] || [ -L "$path" ]; then
    is_ours "$path" || die "$path is there and was not written by this program, or was changed since" \
      "move it away and run this again"
    if cmp --silent "$source" "$path"; then return 0; fi
  fi
  make_directory "$(dirname "$path")"
  record file "$path $(checksum "$source")"
  install -m "$mode" "$source" "$path.new"
  mv --force --no-target-directory "$path.new" "$path"
  INSTALLED=yes
}

# remove_files removes every recorded file that is still as it was written; a changed one stays.
remove_files() {
  local path
  for path in $(recorded file | sed 's/ [0-9a-f]*$//' | awk '!seen[$0]++'); do
    rm -f "$path.new"
    [ -e "$path" ] || continue
    if is_ours "$path"; then
      say "removing $path"
      rm -f "$path"
    else
      warn "kept $path: it was changed since this program wrote it"
    fi
  done
}

# remove_directories removes the recorded directories that are empty.
remove_directories() {
  local path
  for path in $(recorded directory); do
    if [ -d "$path" ]; then rmdir "$path" 2>/dev/null || warn "kept $path: it is not empty"; fi
  done
}

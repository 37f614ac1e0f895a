# shellcheck shell=bash
# The processes of one user, containers' included: found by id, listed, ended by id.

# Prints the first and last id of each range that belongs to the user.
ids_of() {
  local name=$1 uid
  uid=$(id -u "$name")
  printf '%s %s\n' "$uid" "$uid"
  awk -F: -v name="$name" -v uid="$uid" '$1 == name || $1 == uid { print $2, $2 + $3 - 1 }' /etc/subuid
}

# Prints the pids whose real user id belongs to the user; zombies are gone as far as we are concerned.
processes_of() {
  local ranges
  ranges=$(ids_of "$1" | tr '\n' ';')
  # A process may end between the listing and the reading; cat goes on with the next.
  { cat /proc/[0-9]*/status 2>/dev/null || true; } | awk -v ranges="$ranges" '
    BEGIN { count = split(ranges, range, ";") }
    /^Name:/ { state = pid = "" }
    /^State:/ { state = $2 }
    /^Pid:/ { pid = $2 }
    /^Uid:/ {
      if (state == "Z") next
      for (i = 1; i < count; i++) {
        split(range[i], edge, " ")
        if ($2 + 0 >= edge[1] + 0 && $2 + 0 <= edge[2] + 0) { print pid; next }
      }
    }'
}

# Prints "pid command line" of a process, or nothing if it is gone.
describe_process() {
  local line
  line=$(tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null) || return 0
  [ -n "$line" ] || line="[$(cat "/proc/$1/comm" 2>/dev/null)]"
  printf '%s %s\n' "$1" "${line:0:160}"
}

# A process is the same one only while its start time is.
start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

has_no_processes() { [ -z "$(processes_of "$1")" ]; }

# end_processes NAME ends every process of a user that is ours alone: TERM, five seconds, KILL.
end_processes() {
  local name=$1 pid
  has_no_processes "$name" && return 0
  for pid in $(processes_of "$name"); do
    say "ending $(describe_process "$pid")"
    kill -TERM "$pid" 2>/dev/null || true
  done
  if wait_until 5 has_no_processes "$name"; then return 0; fi
  for pid in $(processes_of "$name"); do kill -KILL "$pid" 2>/dev/null || true; done
  wait_until 10 has_no_processes "$name" || warn "processes of $name do not end: $(processes_of "$name" | tr '\n' ' ')"
}

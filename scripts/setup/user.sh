# shellcheck shell=bash
# The unprivileged user: its account, its home, its subordinate ids.

SUBID_COUNT=65536

# create_user NAME HOME makes a system user with a home of its own unless the user is there already.
create_user() {
  local name=$1 home=$2
  if getent passwd "$name" >/dev/null; then return 0; fi
  if getent group "$name" >/dev/null; then
    die "there is a group $name but no user $name" "remove the group, or make the user with: useradd -g $name"
  fi
  if [ -e "$home" ]; then
    die "$home exists, but there is no user $name to own it" "move $home away, or make the user yourself"
  fi
  say "creating the user $name with the home $home"
  record user "$name"
  record home "$home"
  useradd --system --no-create-home --home-dir "$home" --shell /usr/sbin/nologin "$name"
  # Parents get the ordinary mode; the home itself is the user's alone, the group reads.
  mkdir -p "$(dirname "$home")"
  install -d -m 0750 -o "$name" -g "$name" "$home"
}

# has_subids FILE NAME tells whether the file gives the user a range, by name or by number.
has_subids() {
  grep -qE "^($2|$(id -u "$2")):" "$1" 2>/dev/null
}

# Prints the first start of a range that is free in both files and that no account's id lies in.
free_subid_start() {
  {
    cat /etc/subuid /etc/subgid 2>/dev/null || true
    # Accounts count as ranges of one; nobody and systemd's dynamic users lie below the first range.
    getent passwd | cut -d: -f1,3 | sed 's/$/:1/'
    getent group | cut -d: -f1,3 | sed 's/$/:1/'
  } | awk -F: -v count="$SUBID_COUNT" '
      $2 ~ /^[0-9]+$/ && $3 ~ /^[0-9]+$/ { from[NR] = $2; to[NR] = $2 + $3 - 1 }
      END {
        start = 100000
        do {
          moved = 0
          for (i in from)
            if (from[i] <= start + count - 1 && to[i] >= start) { start = to[i] + 1; moved = 1 }
        } while (moved)
        if (start + count - 1 > 4294967294) exit 1
        printf "%.0f\n", start
      }'
}

# ensure_subids NAME gives the user subordinate ids if it has none. usermod locks and replaces the files.
ensure_subids() {
  local name=$1 start end file
  for file in /etc/subuid /etc/subgid; do
    if [ ! -e "$file" ]; then
      record empty-file "$file"
      install -m 0644 /dev/null "$file"
    fi
  done
  start=$(free_subid_start) || die "no range of $SUBID_COUNT subordinate ids is free"
  end=$((start + SUBID_COUNT - 1))
  if ! has_subids /etc/subuid "$name"; then
    say "giving $name the subordinate user ids $start-$end"
    record subuid "$name $start-$end"
    usermod --add-subuids "$start-$end" "$name"
  fi
  if ! has_subids /etc/subgid "$name"; then
    say "giving $name the subordinate group ids $start-$end"
    record subgid "$name $start-$end"
    usermod --add-subgids "$start-$end" "$name"
  fi
}

# drop_subids KIND NAME RANGE takes back exactly the range that was given; KIND is subuid or subgid.
drop_subids() {
  local line="$2:${3%-*}:$((${3#*-} - ${3%-*} + 1))"
  if getent passwd "$2" >/dev/null && grep -qxF "$line" "/etc/$1"; then usermod "--del-${1}s" "$3" "$2"; fi
}

# check_user_namespaces NAME fails where the kernel does not let the user make one.
check_user_namespaces() {
  as_user "$1" unshare --user --map-root-user true 2>/dev/null && return 0
  die "the user $1 may not create user namespaces, without which there are no rootless containers" \
    "sysctl kernel.unprivileged_userns_clone=1 user.max_user_namespaces=28633"
}

# delete_user NAME removes the account, its group and, with them, its subordinate ids.
delete_user() {
  local name=$1
  if getent passwd "$name" >/dev/null; then
    say "removing the user $name"
    userdel "$name"
  fi
  if getent group "$name" >/dev/null; then groupdel "$name"; fi
}

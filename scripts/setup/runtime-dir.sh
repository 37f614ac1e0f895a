# shellcheck shell=bash
# /run/user/<uid>: made by systemd for a lingering user, by hand where systemd does not run.

# ensure_runtime_directory NAME
ensure_runtime_directory() {
  local name=$1 uid directory
  uid=$(id -u "$name")
  directory=/run/user/$uid
  if has_systemd; then
    if [ ! -e "/var/lib/systemd/linger/$name" ]; then
      say "letting $name's services run without a login (loginctl enable-linger)"
      record linger "$name"
      loginctl enable-linger "$name"
    fi
    systemctl start "user@$uid.service"
    wait_until 20 test -d "$directory" || die "systemd did not make $directory" "systemctl status user@$uid"
    return 0
  fi
  make_directory /run/user
  if [ ! -d "$directory" ]; then
    say "making the runtime directory $directory; systemd does not run here"
    record runtime-directory "$directory"
    install -d -m 0700 -o "$name" -g "$name" "$directory"
  fi
  [ "$(stat -c '%u %a' "$directory")" = "$uid 700" ] \
    || die "$directory is not $name's alone" "chown $name $directory; chmod 700 $directory"
}

# drop_linger NAME ends the user's manager and what runs under it.
drop_linger() {
  local name=$1
  has_systemd && getent passwd "$name" >/dev/null || return 0
  say "ending $name's session"
  loginctl disable-linger "$name" || true
  loginctl terminate-user "$name" 2>/dev/null || true
  wait_until 20 has_no_processes "$name" || true
}

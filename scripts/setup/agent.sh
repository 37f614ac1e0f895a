# shellcheck shell=bash
# The installed agent: its programs, its configuration, starting and stopping it.

AGENT_USER=mcp
AGENT_HOME=/srv/mcp
AGENT_CONFIG=/srv/mcp/mcp-agent.toml
AGENT_UNIT=mcp-agent.service
PROGRAMS=/usr/local/bin
# Beside the programs: they find it from where they lie.
SHARE=/usr/local/share/mcp
# The well-known place where root's `mcp` looks for the agent's socket.
RUN_DIRECTORY=/run/mcp
PID_FILE=$RUN_DIRECTORY/agent.pid
# Only where systemd does not run; there the journal has it.
LOG_FILE=/var/log/mcp-agent.log

# install_programs DIRECTORY copies the built programs into place.
install_programs() {
  local program
  for program in mcp mcp-agent; do
    install_file "$1/$program" "$PROGRAMS/$program" 0755
    if [ "$INSTALLED" = yes ]; then say "installed $PROGRAMS/$program"; fi
  done
  install_scripts
  as_user "$AGENT_USER" "$PROGRAMS/mcp-agent" version >/dev/null \
    || die "the user $AGENT_USER cannot run $PROGRAMS/mcp-agent" \
      "a debug build needs Swift's libraries where every user can read them: leave out --debug"
}

# install_scripts copies the Lua that comes with mcp to where the programs look for it.
install_scripts() {
  local file directory
  for directory in boot hooks lib run meta; do
    make_directory "$SHARE/$directory"
    for file in "$REPOSITORY/scripts/$directory"/*.lua; do
      install_file "$file" "$SHARE/$directory/$(basename "$file")" 0644
    done
  done
}

# ensure_agent_home makes the directory of the agent's state where the user was here before and lives elsewhere.
ensure_agent_home() {
  [ -d "$AGENT_HOME" ] && return 0
  record home "$AGENT_HOME"
  install -d -m 0750 -o "$AGENT_USER" -g "$(id -g "$AGENT_USER")" "$AGENT_HOME"
}

# write_agent_config writes the commented default configuration unless there is one.
write_agent_config() {
  local content
  [ -e "$AGENT_CONFIG" ] && return 0
  say "writing $AGENT_CONFIG"
  # What the agent keeps beside it is made on its first start, and goes with the home if that is ours.
  if [ ! -e "$AGENT_HOME/mcp.db" ] && ! is_recorded home "$AGENT_HOME"; then
    record registry "$AGENT_HOME/mcp.db"
  fi
  as_user "$AGENT_USER" "$PROGRAMS/mcp-agent" init --config "$AGENT_CONFIG" --state-dir "$AGENT_HOME" >/dev/null
  content=$(checksum "$AGENT_CONFIG")
  record file "$AGENT_CONFIG $content"
}

# Prints the socket that the configuration names.
agent_socket() {
  local socket
  socket=$(sed -n 's/^[[:space:]]*socket[[:space:]]*=[[:space:]]*"\([^"]*mcp[^"]*\)".*/\1/p' "$AGENT_CONFIG" | head -n 1)
  printf '%s\n' "${socket:-/run/user/$(id -u "$AGENT_USER")/mcp/agent.sock}"
}

# link_socket makes /run/mcp/agent.sock point to the agent's socket, now and after every boot.
link_socket() {
  local socket snippet
  socket=$(agent_socket)
  [ "$socket" != "$RUN_DIRECTORY/agent.sock" ] || return 0
  if has_systemd; then
    snippet=$(mktemp)
    cat >"$snippet" <<CONF
d $RUN_DIRECTORY 0755 root root -
L+ $RUN_DIRECTORY/agent.sock - - - - $socket
CONF
    install_file "$snippet" /etc/tmpfiles.d/mcp-agent.conf 0644
    rm -f "$snippet"
  fi
  make_directory "$RUN_DIRECTORY"
  if [ "$(readlink "$RUN_DIRECTORY/agent.sock" || true)" != "$socket" ]; then
    record link "$RUN_DIRECTORY/agent.sock"
    ln --symbolic --force --no-dereference "$socket" "$RUN_DIRECTORY/agent.sock"
  fi
}

# is_outdated PID tells whether a running agent is not of the installed program. A replaced program's processes
# go on with the old file, which has no name any more.
is_outdated() {
  [ "$(readlink "/proc/$1/exe")" != "$PROGRAMS/mcp-agent" ]
}

# start_agent starts the agent, or restarts one whose program or unit was replaced; any other is left alone.
start_agent() {
  if has_systemd; then
    start_agent_service
  else
    start_agent_process
  fi
  wait_until 30 agent_answers || {
    agent_log >&2
    die "the agent does not answer at $RUN_DIRECTORY/agent.sock" "its log is above; mcp-agent check says more"
  }
}

agent_answers() { operator mcp ps >/dev/null 2>&1; }

agent_log() {
  if has_systemd; then
    journalctl --unit "$AGENT_UNIT" --lines 20 --no-pager || true
  else
    tail -n 20 "$LOG_FILE" 2>/dev/null || true
  fi
}

# operator COMMAND... runs a command as root would, whatever sudo made of the environment, and speaks to this
# machine's agent, whatever nodes root has configured.
operator() {
  (
    if [ -n "${LOCK_FD:-}" ]; then exec {LOCK_FD}>&-; fi
    exec env -i HOME="$(home_of root)" PATH="$SYSTEM_PATH" LANG=C.UTF-8 XDG_CONFIG_HOME="$RUN_DIRECTORY/none" \
      "$@" </dev/null
  )
}

start_agent_service() {
  local changed=no uid snippet
  uid=$(id -u "$AGENT_USER")
  install_file "$REPOSITORY/scripts/systemd/$AGENT_UNIT" "/etc/systemd/system/$AGENT_UNIT" 0644
  if [ "$INSTALLED" = yes ]; then changed=yes; fi
  # A system unit cannot name its user's id by a specifier (%U is the manager's, root's), so it is written here.
  snippet=$(mktemp)
  cat >"$snippet" <<CONF
# The runtime directory and the user's own systemd are there before the agent starts.
[Unit]
Requires=user@$uid.service
After=user@$uid.service

[Service]
Environment=XDG_RUNTIME_DIR=/run/user/$uid
Environment=DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/$uid/bus
CONF
  install_file "$snippet" "/etc/systemd/system/$AGENT_UNIT.d/user.conf" 0644
  rm -f "$snippet"
  if [ "$INSTALLED" = yes ]; then changed=yes; fi
  if [ "$changed" = yes ]; then systemctl daemon-reload; fi
  record unit "$AGENT_UNIT"
  systemctl enable --quiet "$AGENT_UNIT"
  if ! systemctl is-active --quiet "$AGENT_UNIT"; then
    say "starting the agent ($AGENT_UNIT)"
    systemctl start "$AGENT_UNIT"
  elif [ "$changed" = yes ] || is_outdated "$(systemctl show --property MainPID --value "$AGENT_UNIT")"; then
    say "restarting the agent ($AGENT_UNIT); what it runs goes on"
    systemctl restart "$AGENT_UNIT"
  fi
}

# Prints the pid of the agent that start_agent_process started, if it is still that process.
running_agent() {
  local pid start
  [ -r "$PID_FILE" ] || return 1
  read -r pid start <"$PID_FILE" || return 1
  [ -n "$start" ] && [ "$(start_time "$pid")" = "$start" ] || return 1
  # A zombie keeps its start time.
  ! grep -qs '^State:[[:space:]]*Z' "/proc/$pid/status" || return 1
  printf '%s\n' "$pid"
}

start_agent_process() {
  local pid
  if pid=$(running_agent); then
    is_outdated "$pid" || return 0
    say "restarting the agent; what it runs goes on"
    stop_agent_process
  else
    say "starting the agent in the background, log in $LOG_FILE; systemd does not run here"
  fi
  make_directory "$RUN_DIRECTORY"
  if [ ! -e "$LOG_FILE" ]; then
    record log "$LOG_FILE"
    install -m 0640 /dev/null "$LOG_FILE"
  fi
  record process "$PID_FILE"
  user_environment "$AGENT_USER"
  (
    # A session of its own: nothing that ends this terminal reaches it.
    cd "$AGENT_HOME" || exit
    if [ -n "${LOCK_FD:-}" ]; then exec {LOCK_FD}>&-; fi
    umask 027
    setsid setpriv --reuid "$AGENT_USER" --regid "$(id -g "$AGENT_USER")" --init-groups env -i "${USER_ENV[@]}" \
      "$PROGRAMS/mcp-agent" run --config "$AGENT_CONFIG" </dev/null >>"$LOG_FILE" 2>&1 &
    printf '%s %s\n' "$!" "$(start_time "$!")" >"$PID_FILE"
  )
}

# stop_agent_process asks the agent to end and waits; it may take a minute for what is under way, then it
# is killed.
stop_agent_process() {
  local pid
  if pid=$(running_agent); then
    kill -TERM "$pid"
    if ! wait_until 75 is_gone; then
      warn "the agent does not end, killing it"
      kill -KILL "$pid" 2>/dev/null || true
      wait_until 10 is_gone || true
    fi
  fi
  rm -f "$PID_FILE"
}

is_gone() { ! running_agent >/dev/null; }

# stop_agent stops the agent and takes its service away.
stop_agent() {
  if has_systemd && [ -n "$(recorded unit)" ]; then
    say "stopping the agent ($AGENT_UNIT)"
    systemctl disable --now --quiet "$AGENT_UNIT" 2>/dev/null || true
  fi
  if running_agent >/dev/null; then
    say "stopping the agent"
    stop_agent_process
  fi
}

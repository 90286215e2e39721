# Sourced by demo.sh and the measurements: a passendd of one's own, on a socket of its own.

# new_world: a fresh folder for a server; sets `world`. A socket's path has room for 107 bytes.
new_world() {
  world=$(mktemp -d "${TMPDIR:-/tmp}/passend.XXXXXX")
  if [ ${#world} -gt 80 ]; then
    rmdir "$world"
    world=$(mktemp -d /tmp/passend.XXXXXX)
  fi
  export PASSEND_SERVER="unix:$world/passend.sock"
  export XDG_STATE_HOME="$world/state"
}

# start_server BINARY [OPTION]...: starts it on the folder of `world`, waits until it serves, and sets
# `server_id`. A second start with the same options continues with the same data.
start_server() {
  local binary=$1 waited=0
  shift
  rm -f "$world/ready"
  "$binary" --listen "$PASSEND_SERVER" --data "$world/data" --ready-file "$world/ready" "$@" \
    >>"$world/server.log" 2>&1 </dev/null &
  server_id=$!
  while [ ! -s "$world/ready" ]; do
    if ! kill -0 "$server_id" 2>/dev/null || [ "$waited" -ge 600 ]; then
      printf -- '--- the server does not start; it says:\n' >&2
      tail -n 40 "$world/server.log" >&2
      return 1
    fi
    sleep 0.1
    waited=$((waited + 1))
  done
}

# stop_server [SIGNAL]: stops it and waits for its end.
stop_server() {
  if [ -n "${server_id:-}" ]; then
    kill "-${1:-TERM}" "$server_id" 2>/dev/null || true
    wait "$server_id" 2>/dev/null || true
    server_id=
  fi
}

remove_world() {
  if [ -n "${world:-}" ] && [ -d "$world" ]; then rm -rf "$world"; fi
  world=
}

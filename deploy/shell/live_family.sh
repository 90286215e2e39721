# Sourced by the measurements: families of stress over a running server.

# live_family NAME [OPTION]...: runs it over $server, and then what it plants; figures of both, and
# what it says in $logs/NAME.log. False where it is skipped.
live_family() {
  local name=$1 code=0 canary=missed
  shift
  tests/stress/live.sh "$name" "$server" "$@" >"$logs/$name.log" 2>&1 || code=$?
  if [ "$code" -eq 77 ]; then
    skipped "$name" "$(tail -n 1 "$logs/$name.log")"
    return 1
  fi
  if [ "$code" -ne 0 ]; then show_log "$name" >&2; fi
  figure "$name: exit code" "$code" '' '=' 0
  if tests/stress/live.sh "$name" "$server" --canary >"$logs/$name-canary.log" 2>&1; then canary=found; fi
  figure "$name: what was planted" "$canary" '' '=' found
}

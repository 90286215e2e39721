# Sourced by demo.sh and test.sh: numbered steps with elapsed seconds, one line of progress for a
# build, and the end of the log of what failed.

steps_total=${steps_total:-0}
step_number=0
logs=${logs:?set the folder that logs go to before sourcing}
mkdir -p "$logs"

# step TEXT: begins the next step.
step() {
  step_number=$((step_number + 1))
  printf '[%d/%d] %4d s  %s\n' "$step_number" "$steps_total" "$SECONDS" "$1"
}

note() { printf '              %s\n' "$1"; }

# show_log NAME [LINES]: the end of a log, for people.
show_log() {
  printf -- '--- the last lines of %s\n' "$logs/$1.log" >&2
  tail -n "${2:-40}" "$logs/$1.log" >&2
  printf -- '---\n' >&2
}

# quietly NAME COMMAND...: output goes to the log, which is shown where the command fails.
quietly() {
  local name=$1
  shift
  if "$@" >"$logs/$name.log" 2>&1; then return 0; fi
  show_log "$name"
  return 1
}

# with_progress NAME COMMAND...: the same, for ninja: its [12/345] on one line, kept up to date. Where
# the output is no terminal, a line a minute says that it goes on.
with_progress() {
  local name=$1 log="$logs/$1.log" started=$SECONDS said=$SECONDS command_id status code=0
  shift
  NINJA_STATUS='[%f/%t] ' "$@" >"$log" 2>&1 </dev/null &
  command_id=$!
  running_command=$command_id
  while kill -0 "$command_id" 2>/dev/null; do
    sleep 0.5
    status=$(grep -o '^\[[0-9]*/[0-9]*\]' "$log" | tail -n 1 || true)
    if [ -t 1 ]; then
      printf '\r              %-12s %4d s' "$status" $((SECONDS - started))
    elif [ $((SECONDS - said)) -ge 60 ]; then
      said=$SECONDS
      note "$status $((SECONDS - started)) s"
    fi
  done
  wait "$command_id" || code=$?
  running_command=
  if [ -t 1 ]; then printf '\r%60s\r' ''; fi
  if [ "$code" -ne 0 ]; then
    show_log "$name"
    return 1
  fi
  status=$(grep -o '^\[[0-9]*/[0-9]*\]' "$log" | tail -n 1 || true)
  note "${status:-[nothing to do]} $((SECONDS - started)) s"
}

# build PRESET TARGET...: configures and builds; one at a time for each preset. No target: all.
build() {
  local preset=$1 lock_id code=0
  shift
  mkdir -p build
  exec {lock_id}>"build/.$preset.lock"
  flock "$lock_id"
  quietly "configure-$preset" cmake --preset "$preset" &&
    with_progress "build-$preset" \
      ninja -C "build/$preset" -j "${PASSEND_JOBS:-$(nproc)}" "$@" || code=1
  exec {lock_id}>&-
  return "$code"
}

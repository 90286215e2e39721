# Sourced by test.sh: runs a check, reads from its output how many passed, and sums up.

tally_rows=()
skipped_names=()
passed_total=0 failed_total=0 skipped_total=0 tally_started=$SECONDS

# count NAME PASSED FAILED [SKIPPED]
count() {
  passed_total=$((passed_total + $2))
  failed_total=$((failed_total + $3))
  skipped_total=$((skipped_total + ${4:-0}))
  tally_rows+=("$(printf '%-16s %6d passed %4d failed %4d skipped %5d s' \
    "$1" "$2" "$3" "${4:-0}" $((SECONDS - tally_started)))")
  tally_started=$SECONDS
  note "${tally_rows[-1]}"
}

# number NAME PATTERN: the last number that the pattern, a sed expression, takes from a log; else 0.
number() {
  local found
  found=$(sed -nE "$2" "$logs/$1.log" | tail -n 1)
  printf '%d' "${found:-0}"
}

# tally NAME CODE PASSED FAILED [SKIPPED]: counts; a command that failed without a failed test, or
# that passed without any test, is a failure of its own.
tally() {
  local passed=$3 failed=$4
  if [ "$passed" -lt 0 ]; then passed=0; fi
  if [ "$2" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  if [ $((passed + failed)) -eq 0 ]; then failed=1; fi
  if [ "$failed" -gt 0 ]; then show_log "$1" 100; fi
  count "$1" "$passed" "$failed" "${5:-0}"
}

# skips_of NAME PATTERN: what the pattern takes from a log is named at the end.
skips_of() {
  mapfile -t -O "${#skipped_names[@]}" skipped_names < <(sed -nE "$2" "$logs/$1.log")
}

run_logged() {
  local name=$1
  shift
  tally_started=$SECONDS
  "$@" >"$logs/$name.log" 2>&1 </dev/null
}

# count_one NAME COMMAND...: one check, which passes where the command does.
count_one() {
  local code=0
  run_logged "$@" || code=$?
  tally "$1" "$code" $((code == 0)) $((code != 0))
}

count_rules() {
  local code=0
  run_logged house-rules "$@" || code=$?
  tally house-rules "$code" "$(number house-rules 's/^house rules.*: ([0-9]+) passed.*/\1/p')" \
    "$(number house-rules 's/^house rules.* ([0-9]+) failed$/\1/p')"
}

# count_unittest NAME COMMAND...: Python's unittest.
count_unittest() {
  local code=0 ran failed skipped
  run_logged "$@" || code=$?
  ran=$(number "$1" 's/^Ran ([0-9]+) tests?.*/\1/p')
  failed=$(($(number "$1" 's/^FAILED .*failures=([0-9]+).*/\1/p') +
    $(number "$1" 's/^FAILED .*errors=([0-9]+).*/\1/p')))
  skipped=$(number "$1" 's/^(OK|FAILED) .*skipped=([0-9]+).*/\2/p')
  skips_of "$1" 's/^skipped: (.*)/\1/p'
  tally "$1" "$code" $((ran - failed - skipped)) "$failed" "$skipped"
}

# count_families NAME FAMILY... [OPTION]: tests/stress/run.py, which says a line for each family.
count_families() {
  local name=$1 code=0 skipped
  shift
  run_logged "$name" tests/stress/run.py "$@" || code=$?
  skipped=$(number "$name" 's/^[0-9]+ passed, [0-9]+ FAILED, ([0-9]+) skipped$/\1/p')
  skips_of "$name" 's/^skipped (.*)/\1/p'
  tally "$name" "$code" "$(number "$name" 's/^([0-9]+) passed, .*/\1/p')" \
    "$(number "$name" 's/^[0-9]+ passed, ([0-9]+) FAILED.*/\1/p')" "$skipped"
}

# count_node NAME COMMAND...: Node's test runner, reporting as TAP.
count_node() {
  local code=0
  run_logged "$@" || code=$?
  skips_of "$1" 's/^ *ok [0-9]+ - .* # SKIP (.*)/\1/p'
  tally "$1" "$code" "$(number "$1" 's/^# pass ([0-9]+).*/\1/p')" \
    "$(number "$1" 's/^# fail ([0-9]+).*/\1/p')" "$(number "$1" 's/^# skipped ([0-9]+).*/\1/p')"
}

# count_ctest PRESET [ARGUMENT...]
count_ctest() {
  local preset=$1 name="ctest-$1" code=0 ran failed skipped
  shift
  with_progress_of_tests "$name" ctest --preset "$preset" -j "${PASSEND_JOBS:-$(nproc)}" "$@" ||
    code=$?
  ran=$(number "$name" 's/^.*tests failed out of ([0-9]+)$/\1/p')
  failed=$(number "$name" 's/^.* ([0-9]+) tests failed out of [0-9]+$/\1/p')
  skipped=$(grep -c '\*\*\*Skipped' "$logs/$name.log" || true)
  skips_of "$name" 's/^[[:space:]]*[0-9]+ - (.*) \(Skipped\)$/\1/p'
  tally "$name" "$code" $((ran - failed - skipped)) "$failed" "$skipped"
}

# As run_logged, with a line a minute for whoever waits.
with_progress_of_tests() {
  local name=$1 said=$SECONDS code=0
  shift
  tally_started=$SECONDS
  "$@" >"$logs/$name.log" 2>&1 </dev/null &
  running_command=$!
  while kill -0 "$running_command" 2>/dev/null; do
    sleep 0.5
    if [ $((SECONDS - said)) -ge 60 ]; then
      said=$SECONDS
      note "$(grep -cE '^ *[0-9]+/[0-9]+ Test' "$logs/$name.log" || true) tests done"
    fi
  done
  wait "$running_command" || code=$?
  running_command=
  return "$code"
}

# count_build PRESET TARGET...: builds, and ends everything where that fails.
count_build() {
  local started=$SECONDS
  if ! build "$@"; then
    count "build-$1" 0 1
    finish
  fi
  tally_rows+=("$(printf '%-16s %54d s' "build-$1" $((SECONDS - started)))")
}

# finish: the table and the last line; exits.
finish() {
  printf '\n'
  printf '  %s\n' "${tally_rows[@]}"
  printf '\n%d s in all\n' "$SECONDS"
  if [ "$skipped_total" -gt 0 ]; then
    printf '%d skipped, because what they are about is not there\n' "$skipped_total"
    if [ ${#skipped_names[@]} -gt 0 ]; then printf '    %s\n' "${skipped_names[@]}"; fi
  fi
  printf '%d passed, %d failed\n' "$passed_total" "$failed_total"
  if [ "$failed_total" -gt 0 ]; then exit 1; fi
  exit 0
}

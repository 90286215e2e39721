#!/usr/bin/env bash
# Builds the fuzz targets with clang and runs each for a while, from the inputs in tests/fuzz/corpus
# and what earlier runs found. What breaks a promise is kept in build/fuzz/findings. Without a
# TARGET: all that tests/fuzz/CMakeLists.txt has.
#
#   tests/fuzz/run.sh [--seconds 60] [--note] [TARGET]...
#   build/fuzz/bin/fuzz_names build/fuzz/findings/fuzz_names-...      one of them again
#
# --note: adds a line for each target to tests/fuzz/runs.tsv: target, commit, seconds of processor
# time, runs, findings.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=60
note=/dev/null
targets=()
while [ $# -gt 0 ]; do
  case $1 in
    --seconds) shift; seconds=${1:?how many} ;;
    --note) note=tests/fuzz/runs.tsv ;;
    -h | --help) sed -n '2,/^set -/{/^#/!d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) targets+=("$1") ;;
  esac
  shift
done
if ! command -v clang++-14 >/dev/null; then
  echo 'This needs clang: deploy/packages.sh clang-14 libclang-rt-14-dev' >&2
  exit 2
fi
cmake --preset fuzz >&2
if [ ${#targets[@]} -eq 0 ]; then mapfile -t targets <build/fuzz/fuzz_targets; fi
cmake --build build/fuzz --target fuzz_canary "${targets[@]}" >&2
mkdir -p build/fuzz/findings
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1

# The planted one has to be found, or nothing below says anything. By its words: who fails to run
# ends with an error too.
canary=build/fuzz/fuzz_canary.log
build/fuzz/bin/fuzz_canary -max_total_time=60 -artifact_prefix=build/fuzz/ >"$canary" 2>&1 || true
if ! grep -qF 'broken promise: this one is planted' "$canary"; then
  echo 'fuzz_canary: what is planted was not found' >&2
  tail -n 3 "$canary" >&2
  exit 2
fi
echo 'canary: found'

commit=-
if [ "$note" != /dev/null ]; then commit=$(git rev-parse --short HEAD); fi
export LC_ALL=C
TIMEFORMAT='processor time: %U %S'
failed=0
for target in "${targets[@]}"; do
  log=build/fuzz/$target.log
  found=build/fuzz/corpus/$target
  given=tests/fuzz/corpus/$target
  mkdir -p "$found"
  folders=("$found")
  if [ -d "$given" ]; then folders+=("$given"); fi
  # An input of the whole service has more than 10,000 features, and libFuzzer's entropic
  # schedule looks for each in a list of all that are rare: that was four fifths of the work.
  entropic=1
  if [ "$target" = fuzz_service ]; then entropic=0; fi
  code=0
  {
    time build/fuzz/bin/"$target" -max_total_time="$seconds" -timeout=30 -rss_limit_mb=4096 \
      -entropic=$entropic -artifact_prefix="build/fuzz/findings/$target-" "${folders[@]}" || code=$?
  } >"$log" 2>&1
  runs=$(awk '/^Done / { print $2 }' "$log")
  spent=$(awk '/^processor time: / { printf "%.0f", $3 + $4 }' "$log")
  printf '%s\t%s\t%s\t%s\t%s\n' "$target" "$commit" "$spent" "${runs:-0}" $((code == 0 ? 0 : 1)) >>"$note"
  if [ "$code" -ne 0 ]; then
    failed=$((failed + 1))
    grep -E 'broken promise|ERROR:|runtime error' "$log" | head -n 3 >&2 || tail -n 3 "$log" >&2
  fi
  echo "$target: runs ${runs:-0}, findings $((code == 0 ? 0 : 1))"
done
echo "targets with findings: $failed"
[ "$failed" -eq 0 ]

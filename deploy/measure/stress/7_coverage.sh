#!/usr/bin/env bash
# Which lines of storage and matcher their own tests run: gcc counts, gcovr adds up. Lines that only
# the service's tests reach count as not run.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
deploy/packages.sh gcovr >&2
mkdir -p "$logs"
cmake --preset coverage >"$logs/coverage.log"
cmake --build build/coverage >>"$logs/coverage.log"
find build/coverage -name '*.gcda' -delete
# What is timed, or needs data from elsewhere, changes nothing here; the stress families have a
# measurement of their own.
ctest --test-dir build/coverage -j "$(nproc)" -LE stress >>"$logs/coverage.log" 2>&1 \
  || { grep -E 'Failed|Timeout|\*\*\*' "$logs/coverage.log" >&2; exit 1; }

# covered NAME FOLDER: and the lines that nothing runs, for whoever looks, in $logs/coverage_FOLDER.txt.
covered() {
  gcovr --root . --filter "$2/" --exclude-unreachable-branches --exclude-throw-branches \
    --object-directory build/coverage --txt "$logs/coverage_$2.txt" >/dev/null 2>>"$logs/coverage.log"
  figure "lines of $1 that its tests run" \
    "$(awk '/^TOTAL/ { print 100 * $3 / $2 }' "$logs/coverage_$2.txt")" '%' '>=' 95
}
covered storage storage
covered 'the matcher' matcher

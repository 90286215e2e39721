#!/usr/bin/env bash
# How long the two commands of the README take on a fresh clone, with no compiler cache.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh

demo_name='fresh clone: deploy/demo.sh'
test_name='fresh clone: deploy/test.sh, build and tests'
if ! $PASSEND_LONG; then
  skipped "$demo_name" 'with --long'
  skipped "$test_name" 'with --long'
  exit 0
fi

clone=$(mktemp -d "${TMPDIR:-/tmp}/passend-clone.XXXXXX")
trap 'rm -rf "$clone"' EXIT
git clone -q . "$clone/passend"
export CCACHE_DISABLE=1
timed() {
  local code=0 start
  start=$(now)
  "$clone/passend/deploy/$2" >"$clone/$2.log" 2>&1 </dev/null || code=$?
  if [ "$code" -ne 0 ]; then tail -n 60 "$clone/$2.log" >&2; fi
  figure "$1" "$(since "$start")" s '<=' "$3"
  figure "$1: exit code" "$code" '' '=' 0
}
timed "$demo_name" demo.sh 600
timed "$test_name" test.sh 900

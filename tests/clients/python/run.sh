#!/usr/bin/env bash
# Runs the Python client's tests against a real server, with Debian's python3-grpcio.
#
#   tests/clients/python/run.sh build/dev/bin/passendd [TEST]...
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
PASSENDD=$(realpath "${1:?say which passendd to start}")
export PASSENDD
shift

"$here/generate.sh" "$root/build/python"
cd "$here"
(($#)) || set -- main_job_test demo_readme_test identity_test stopped_store_test bad_line_test sync_test \
  copy_test take_along_test printed_pages_test
exec env PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$root/build/python:$here/../bad_line" \
  /usr/bin/python3 -m unittest "$@"

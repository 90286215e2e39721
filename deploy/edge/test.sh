#!/usr/bin/env bash
# Starts the edge of this folder before a real server, and checks what it lets through.
#
#   deploy/edge/test.sh build/dev/bin/passendd [TEST]...
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
PASSENDD=$(realpath "${1:?say which passendd to start}")
export PASSENDD
shift

"$root/tests/clients/python/generate.sh" "$root/build/python"
cd "$root/tests/edge"
(($#)) || set -- edge_test
exec env PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$root/build/python:$root/tests/clients/python" \
  /usr/bin/python3 -m unittest "$@"

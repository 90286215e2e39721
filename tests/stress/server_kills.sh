#!/usr/bin/env bash
# Runs server_kills.py with the Python client's modules; see its head.
#
#   tests/stress/server_kills.sh build/dev/bin/passendd [--kills 20] [--seed 7] [--people 0] [--canary]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
PASSENDD=$(realpath "${1:?say which passendd to start}")
export PASSENDD
shift
python=$root/tests/clients/python
"$python/generate.sh" "$root/build/python"
exec env PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$root/build/python:$python" \
  /usr/bin/python3 "$root/tests/stress/server_kills.py" "$@"

#!/usr/bin/env bash
# Runs hostile_callers.py with the Python client's modules; see its head.
#
#   tests/stress/hostile_callers.sh build/dev/bin/passendd [--edge] [--times 1] [--seed 7] [--canary]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
PASSENDD=$(realpath "${1:?say which passendd to start}")
export PASSENDD
shift
python=$root/tests/clients/python
"$python/generate.sh" "$root/build/python"
exec env PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$root/build/python:$python" \
  /usr/bin/python3 "$root/tests/stress/hostile_callers.py" "$@"

#!/usr/bin/env bash
# Checks how C++ is laid out (clang-format) and that scripts are sound (shellcheck).
#
#   tests/house/format.sh cpp
#   tests/house/format.sh cpp --fix
#   tests/house/format.sh scripts
set -euo pipefail
cd "$(dirname "$0")/../.."

# found ENDING...: files of the project, with or without git; none at all is an error.
found() {
  local ending names=()
  for ending in "$@"; do names+=(-o -name "*$ending"); done
  find deploy matcher proto service storage tests .ci -name node_modules -prune -o \
    -type f \( "${names[@]:1}" \) -print | sort | grep .
}

case "${1:-}${2:-}" in
  cpp) found .cc .h | xargs clang-format --dry-run -Werror ;;
  cpp--fix) found .cc .h | xargs clang-format -i ;;
  scripts) { found .sh; echo .ci/run; } | xargs shellcheck ;;
  *) echo "cpp, cpp --fix or scripts" >&2; exit 2 ;;
esac

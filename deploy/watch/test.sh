#!/usr/bin/env bash
# Tries the alerts on made-up figures: deploy/watch/test.sh
# Needs promtool, of Debian's package prometheus (which starts a Prometheus, too, where it is
# installed); where it is not there, says so and ends with 77, which the build's tests take as
# skipped.
set -euo pipefail
cd "$(dirname "$0")"

command -v promtool >/dev/null || {
  echo "Skipped: there is no promtool to try the alerts with (apt-get install prometheus)." >&2
  exit 77
}
promtool check rules alerts.yml
promtool test rules alerts_test.yml

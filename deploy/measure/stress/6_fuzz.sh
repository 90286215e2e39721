#!/usr/bin/env bash
# Every decoder and parser, and the service as a whole, fed by a fuzzer that watches which code it
# reaches: half a minute each, with --long more than an hour. And how long each has been fed in all, of
# which tests/fuzz/runs.tsv takes note.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
deploy/packages.sh clang-14 libclang-rt-14-dev >&2

options=(--seconds 30)
if $PASSEND_LONG; then options=(--seconds 4000 --note); fi  # some of it is not the processor's
mkdir -p "$logs"
failed=0
tests/fuzz/run.sh "${options[@]}" >"$logs/fuzz.log" 2>"$logs/fuzz.errors" || failed=1
if [ "$failed" -ne 0 ]; then cat "$logs/fuzz.errors" >&2; fi
canary=missed
if grep -q '^canary: found$' "$logs/fuzz.log"; then canary=found; fi
figure 'fuzz: the planted mistake' "$canary" '' '=' found
targets=0
while read -r target runs; do
  targets=$((targets + 1))
  figure "$target: runs" "$runs" '' '>=' 100
done < <(sed -nE 's/^(fuzz_[a-z_]+): runs ([0-9]+), findings .*/\1 \2/p' "$logs/fuzz.log")
listed=$(wc -l <build/fuzz/fuzz_targets)
figure 'fuzz: targets' "$targets" '' '=' "$listed"
findings=$(sed -nE 's/^targets with findings: ([0-9]+)/\1/p' "$logs/fuzz.log")
figure 'fuzz: targets with findings' "${findings:--1}" '' '=' 0
fewest=$(awk -F '\t' 'NR == FNR { spent[$1] = 0; next } $1 in spent { spent[$1] += $3 }
  END { for (target in spent) print spent[target] / 60 }' build/fuzz/fuzz_targets tests/fuzz/runs.tsv | sort -g | head -n 1)
figure 'fuzz: noted minutes of the target with the fewest' "$fewest" min '>=' 60

#!/usr/bin/env bash
# Harm of every sort to the files of backups: verify has to notice it, and a restore gives what was
# committed or nothing. Then what a backup costs those who write meanwhile, in the same run.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built release backup_stress_test

if $PASSEND_LONG; then harms=20000 seconds=30; else harms=1000 seconds=4; fi
code=0
build/release/bin/backup_stress_test --harms "$harms" --seconds "$seconds" \
  >"$logs/backup.log" 2>&1 || code=$?
if [ "$code" -ne 0 ]; then show_log backup >&2; fi
# said WORDS: the number behind them, 0 where they were not said.
said() {
  local number
  number=$(sed -nE "s/^$1: ([0-9.e+-]+)$/\1/p" "$logs/backup.log" | tail -n 1)
  printf '%s' "${number:-0}"
}
for what in 'flipped bits' 'missing files' 'shorter files' 'longer files' 'swapped files' \
  'files of another database' "older files in a later one's place"; do
  figure "backups: $what tried" "$(said "$what tried")" '' '>=' 10
done
figure 'backups: harm that verify did not notice' "$(said 'not noticed by verify')" '' '=' 0
figure 'backups: silent wrong restores' "$(said 'restored with other contents')" '' '=' 0
figure 'backups: refused restores that left a database' \
  "$(said 'refused restores that left a database')" '' '=' 0
figure 'backups: exit code' "$code" '' '=' 0
code=0
build/release/bin/backup_stress_test --canary --harms 3 >"$logs/backup-canary.log" 2>&1 || code=$?
figure 'backups: canary, another database in place of them, exit code' "$code" '' '=' 0
figure 'backups made while four threads write' "$(said 'backups while writing')" '' '>=' 2
figure 'backup, while four threads write' "$(said 'seconds a backup')" s '<=' 10
figure 'writes beside backup after backup, of writes alone' \
  "$(said 'rate of writes beside backups')" x '>=' 0.5

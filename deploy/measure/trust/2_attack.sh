#!/usr/bin/env bash
# An employer who asks about a thousand tasks to find out what somebody needs: how well the best of
# its guesses tells two people apart (AUC; 0.5 is chance), with employers' answers as they are, and
# with what operators are answered. One who moves a task over the map to find homes (kilometres
# between guess and home), and one who turns conditions on and off to find what somebody never wants
# (AUC). PASSEND_SEED: another population.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built dev probing_tests

# How many tasks are asked about, by default and with --long, in each way of attacking.
probes=1000
if [ "$PASSEND_LONG" = true ]; then probes=4000; fi
failed=0
PASSEND_PROBES=$probes build/dev/bin/probing_tests >"$logs/attack.log" 2>&1 || failed=1

# worst WAY: of the line `attack of N tasks, WAY: AUC 0.512 by ...`.
worst() { sed -n "s/^attack of $probes tasks, $1: AUC \([0-9.]*\) by .*/\1/p" "$logs/attack.log"; }
# channel STRATEGY: the most that this one gives away of any need, with the defences off.
channel() {
  awk -F ': ' -v of="defences off, $1, " 'index($1, of) == 1 && $2 > most { most = $2 } END { print most + 0 }' \
    "$logs/attack.log"
}

figure 'tasks of the attack' "$probes" '' '>=' 1000
for way in 'nearly the same tasks' 'different tasks' 'four months'; do
  value=$(worst "defences on, $way")
  figure "AUC with defences on: $way" "${value:-1}" '' '<=' 0.55
done
value=$(worst 'defences off')
figure 'AUC with defences off' "${value:-0}" '' '>=' 0.70
for strategy in presence place band enough; do
  figure "AUC with defences off: $strategy alone" "$(channel "$strategy")" '' '>=' 0.55
done
# told WHAT KEY: the number behind KEY in the line that begins with WHAT.
told() { sed -n "s/^$1: .*$2:* \([0-9.]*\).*/\1/p" "$logs/attack.log"; }
value=$(told 'homes, defences off' 'median')
figure 'homes with defences off: median' "${value:-99}" 'km' '<=' 1
for layout in 'all over the region' 'close together'; do
  value=$(told "homes, defences on, $layout" 'median')
  figure "homes with defences on, places $layout: median" "${value:-0}" 'km' '>=' 1.5
  value=$(told "homes, defences on, $layout" 'within 1 km')
  figure "homes with defences on, places $layout: found within 1 km" "${value:-1}" '' '<=' 0.15
done
value=$(told 'never, defences off' 'AUC')
figure 'AUC of never with defences off' "${value:-0}" '' '>=' 0.90
value=$(told 'never, defences on, conditions' 'AUC')
figure 'AUC of never with defences on: conditions' "${value:-1}" '' '<=' 0.70
figure 'attack: failed runs' "$failed" '' '=' 0

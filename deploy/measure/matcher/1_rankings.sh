#!/usr/bin/env bash
# What rankings cost on one thread beside what the memory allows in the same run; memory a person;
# growth; tasks for a person. Times are those of the thread's processor.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built release matcher_benchmark

people=10000,100000,1000000
if $PASSEND_LONG; then people=$people,3000000; fi
people=${PASSEND_PEOPLE:-$people}
largest=${people##*,} smallest=${people%%,*}
build/release/bin/matcher_benchmark --people "$people" --queries 100 --svg "$logs/growth.svg" \
  >"$logs/rankings.log" || { show_log rankings >&2; exit 1; }
# value PEOPLE FIGURE: what the benchmark told.
value() { awk -F '\t' -v people="$1" -v name="$2" '$1 == people && $2 == name { print $3 }' "$logs/rankings.log"; }
bar=1000000
if [ -z "$(value $bar 'index built')" ]; then bar=$largest; fi

figure "$bar people: memory bandwidth, one thread" "$(value "$bar" 'memory bandwidth, one thread')" \
  GB/s '>=' 0
for query in 'nationwide, six skills' 'nationwide, six skills, from home' \
  'nationwide, open hiring, from home'; do
  figure "$query: p50, times the memory limit" "$(value "$bar" "$query: times the limit, p50")" '' '<=' 3
  figure "$query: p50, aim 5" "$(value "$bar" "$query: p50")" ms '>=' 0
  figure "$query: p99" "$(value "$bar" "$query: p99")" ms '>=' 0
done
query='one average region, six skills'
figure "$query: p50" "$(value "$bar" "$query: p50")" ms '<=' 0.3
figure "$query: p99" "$(value "$bar" "$query: p99")" ms '>=' 0
figure 'plain scan: times the index' "$(value "$bar" 'plain scan: times the index')" '' '>=' 10
figure 'memory a person, 20 skills' "$(value "$bar" 'bytes per person')" bytes '<=' 200
figure 'tasks for a person, 20,000 open: p50' "$(value 20000 'tasks for a person: p50')" ms '<=' 1
figure 'tasks for a person, 20,000 open: p99' "$(value 20000 'tasks for a person: p99')" ms '>=' 0
# Linear at worst: a person costs no more in the largest population than in the smallest.
for query in 'nationwide, six skills, from home' 'nationwide, open hiring, from home'; do
  growth=$(awk "BEGIN { print ($(value "$largest" "$query: p50") / $largest) / \
    ($(value "$smallest" "$query: p50") / $smallest) }")
  figure "$query: time a person, $largest against $smallest" "$growth" '' '<=' 1.1
done

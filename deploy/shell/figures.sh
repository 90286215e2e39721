# Sourced by the measurements: how a figure is told.

# A measurement may be run by itself; deploy/measure.sh says otherwise with --long.
: "${PASSEND_LONG:=false}"

# figure NAME VALUE UNIT COMPARISON LIMIT: COMPARISON is <=, >= or =; = compares as text.
figure() {
  local verdict=short
  case $4 in
    '<=') if awk "BEGIN { exit !($2 <= $5) }"; then verdict=ok; fi ;;
    '>=') if awk "BEGIN { exit !($2 >= $5) }"; then verdict=ok; fi ;;
    '=') if [ "$2" = "$5" ]; then verdict=ok; fi ;;
    *) printf 'no such comparison: %s\n' "$4" >&2; return 2 ;;
  esac
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "$5" "$verdict"
}

# skipped NAME WHY
skipped() { printf '%s\t-\t\t\t\tskipped: %s\n' "$1" "$2"; }

# now: seconds, with three decimals.
now() { date +%s.%3N; }

# since START: seconds passed, with one decimal.
since() { awk "BEGIN { printf \"%.1f\", $(now) - $1 }"; }

# built PRESET TARGET...: builds without a word on the standard output.
built() { build "$@" >&2; }

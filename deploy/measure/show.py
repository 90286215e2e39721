"""Figures from tab-separated lines: aligned columns, or with the argument `true` JSON lines."""
import json
import sys

as_json = sys.argv[1] == "true"
for line in sys.stdin:
    name, value, unit, comparison, limit, verdict = line.rstrip("\n").split("\t")
    if as_json:
        print(json.dumps({"figure": name, "value": value, "unit": unit,
                          "limit": f"{comparison} {limit}".strip(), "verdict": verdict},
                         ensure_ascii=False), flush=True)
    else:
        print(f"{name:<54} {(value + ' ' + unit).strip():>14} {(comparison + ' ' + limit).strip():>12}  "
              f"{verdict}", flush=True)

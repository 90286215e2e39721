"""The house rules can fail: each finds what is planted, and leaves alone what is right."""
import os
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import check  # noqa: E402,F401  (registers the rules)
from house.tree import RULES, Tree  # noqa: E402

CARD = "| purpose | p |\n| may use | u |\n| may not use | n |\n| invariants | i |\n" \
       "| start reading | s |\n"
GUARDED = "#ifndef PASSEND_{0}_\n#define PASSEND_{0}_\n{1}\n#endif\n"
REASONS = "enum ErrorReason {{\n  // Never sent.\n  ERROR_REASON_UNSPECIFIED = 0;\n  // {}\n" \
          "  ERROR_REASON_LATE = 1;\n}}\n"
REQUEST = "message AskRequest {{\n  Thing thing = 1 [(google.api.field_behavior) = REQUIRED];\n}}\n" \
          "message Thing {{\n  // A name.\n  string name = 1{};\n}}\nmessage AskResponse {{\n" \
          "  string free = 1;\n}}\n"
DECISION = "# Decisions\n\n## {} Something\n\n- **Decision.** d\n- **Why.** w\n" \
           "- **Alternatives.** a\n- **Consequence.** c\n- **Revisit when** {}\n"


def unfinished(word):
    return f"// {word}: later\n"


# rule: (files with something wrong, the same with it mended)
CASES = {
    "layers": (
        {"storage/a.cc": '#include "matcher/b.h"\n'},
        {"storage/a.cc": '#include "storage/b.h"\n#include "passend/v1/task.pb.h"\n',
         "matcher/c.cc": '// "storage/b.h" is not for us\n#include "matcher/c.h"\n',
         "service/d.cc": '#include "storage/b.h"\n#include "matcher/c.h"\n'}),
    "matcher-is-pure": ({"matcher/a.cc": "#include <chrono>\n"},
                        {"matcher/a.cc": "#include <string>\n", "service/b.cc": "#include <chrono>\n"}),
    "storage-without-grpc": ({"storage/a.h": "#include <grpcpp/grpcpp.h>\n"},
                             {"storage/a.h": "#include <string>\n"}),
    "includes-from-root": (
        {"matcher/a.cc": '#include "b.h"\n', "matcher/b.h": ""},
        {"matcher/a.cc": '#include "matcher/b.h"\n#include "absl/status/status.h"\n'
                         '#include "passend/v1/task_service.grpc.pb.h"\n',
         "matcher/b.h": "", "proto/passend/v1/task_service.proto": ""}),
    "no-include-cycles": (
        {"matcher/a.h": '#include "matcher/b.h"\n', "matcher/b.h": '#include "matcher/c.h"\n',
         "matcher/c.h": '#include "matcher/a.h"\n'},
        {"matcher/a.h": '#include "matcher/b.h"\n#include "matcher/c.h"\n',
         "matcher/b.h": '#include "matcher/c.h"\n', "matcher/c.h": ""}),
    "file-length": ({"matcher/a.cc": "int a;\n" * 451}, {"matcher/a.cc": "int a;\n" * 450 + "  kOne,\n" * 9}),
    "include-guards": ({"matcher/top_k.h": GUARDED.format("MATCHER_TOPK_H", "int a;")},
                       {"matcher/top_k.h": "// Why.\n" + GUARDED.format("MATCHER_TOP_K_H", "int a;")}),
    "no-using-namespace": ({"matcher/a.h": "using namespace std;\n"},
                           {"matcher/a.h": "// using namespace std;\nusing std::string;\n"}),
    "no-printing-in-libraries": (
        {"storage/a.cc": 'void A() { std::cerr << "x"; }\n'},
        {"storage/a.cc": 'auto a = "std::cout";\nint b = snprintf(c, 3, d);\n',
         "service/client/main.cc": "std::cout << 1;\n"}),
    "injected-clock-and-chance": (
        {"service/a.cc": "auto now = absl::Now();\n"},
        {"service/a.cc": "std::function<absl::Time()> clock = absl::Now;\nauto t = options.time(0);\n",
         "service/passendd/main.cc": "auto now = absl::Now();\n"}),
    "no-bare-new": ({"storage/a.cc": "auto* a = new Thing();\n"},
                    {"storage/a.cc": "// a new Thing\nauto a = std::make_unique<Thing>();\n"}),
    "test-names": ({"tests/matcher/a_test.cc": "TEST(Order, sorts_by_score) {\n"},
                   {"tests/matcher/a_test.cc": "TEST_P(Order, SortsByScore) {\n"}),
    "no-disabled-tests": ({"tests/a_test.cc": "TEST(Order, DISABLED_SortsByScore) {\n"},
                          {"tests/a_test.cc": "TEST(Order, SortsByScore) {\n"}),
    "cmake-without-glob": ({"matcher/CMakeLists.txt": "file(GLOB a *.cc)\n"},
                           {"matcher/CMakeLists.txt": "# no GLOB\nadd_library(a a.cc)\n"}),
    "sources-are-built": (
        {"matcher/a.cc": "", "matcher/CMakeLists.txt": "add_library(m ba.cc a.cco)\n"},
        {"matcher/a.cc": "", "matcher/b/c.cc": "",
         "matcher/CMakeLists.txt": "add_library(m a.cc\n  b/c.cc)\n"}),
    "no-drawers": ({"service/utils/a.h": ""}, {"service/tasks/a.h": ""}),
    "room-cards": ({f"{room}/README.md": CARD for room in
                    ("proto", "storage", "matcher", "service", "tests")},
                   {f"{room}/README.md": CARD for room in
                    ("proto", "storage", "matcher", "service", "tests", "deploy")}),
    "decisions": ({"matcher/DECISIONS.md": DECISION.format("Yesterday", "never")},
                  {"matcher/DECISIONS.md": DECISION.format("2026-11-21", "it hurts")}),
    "scripts": ({"deploy/a.sh": "#!/bin/sh\necho\n"},
                {"deploy/a.sh": "#!/usr/bin/env bash\n# Why.\nset -euo pipefail\n"}),
    "nothing-unfinished": ({"matcher/a.cc": unfinished("TO" + "DO")},
                           {"matcher/a.cc": unfinished("method")}),
    "no-machine-paths": ({"README.md": "see /" + "work/main/x\n"},
                         {"README.md": "see tests/work/main and https://host/" + "home/x\n"}),
    "no-registry-hosts": ({"a/package-lock.json": '"reso' + 'lved": "x"\n'},
                          {"a/package-lock.json": '"integrity": "sha512-x"\n'}),
    "error-reasons-documented": (
        {"proto/passend/v1/error_reason.proto": REASONS.format("When it is late.")},
        {"proto/passend/v1/error_reason.proto": REASONS.format("ABORTED. When it is late.")}),
    "field-behavior": (
        {"proto/passend/v1/a.proto": REQUEST.format(" [(rules) = {max: 3}]")},
        {"proto/passend/v1/a.proto": REQUEST.format(" [(google.api.field_behavior) = OPTIONAL]")}),
}


def findings(rule, files):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            file = pathlib.Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            if text.startswith("#!/usr"):
                os.chmod(file, 0o755)
        return list(rule.check(Tree(folder)))


class HouseRules(unittest.TestCase):
    def test_every_rule_has_a_case(self):
        self.assertEqual(sorted(CASES), sorted(rule.name for rule in RULES))

    def test_every_rule_says_what_to_do_instead(self):
        for rule in RULES:
            self.assertGreater(len(rule.instead), 10, rule.name)


def _add_cases():
    for rule in RULES:
        wrong, right = CASES.get(rule.name, ({}, {}))

        def finds(self, rule=rule, wrong=wrong):
            self.assertTrue(findings(rule, wrong))

        def passes(self, rule=rule, right=right):
            self.assertEqual(findings(rule, right), [])

        name = rule.name.replace("-", "_")
        setattr(HouseRules, f"test_{name}_finds_what_is_planted", finds)
        setattr(HouseRules, f"test_{name}_leaves_alone_what_is_right", passes)


_add_cases()

if __name__ == "__main__":
    unittest.main()

"""How C++ is written here, beyond what the compiler and clang-format check."""
import re

from house.tree import Finding, findings_in_code, rule

LINES_MAX = 450
# A list of names is one idea, however long.
NAME_OF_ENUM = re.compile(r"^  k[A-Za-z0-9]+,$")
# The only places that may read a clock or make randomness: where the parts are joined.
WIRING = re.compile(r"^service/(passendd|client)\b|^service/.*_main\.cc$|^service/surroundings\.cc$")


@rule("file-length", "one idea a file: split it by what it does")
def file_length(tree):
    for path in tree.matching(".cc", ".h", ".py", ".mjs", ".sh"):
        count = sum(not NAME_OF_ENUM.match(line) for _, line in tree.lines(path))
        if count > LINES_MAX:
            yield Finding(path, count, f"{count} lines, at most {LINES_MAX}")


@rule("include-guards", "guard a header by its path: PASSEND_MATCHER_TOP_K_H_")
def include_guards(tree):
    for path in tree.matching(".h"):
        guard = "PASSEND_" + re.sub(r"[^A-Za-z0-9]", "_", path).upper() + "_"
        text = tree.text(path)
        directives = re.findall(r"^#.*$", text, flags=re.M)
        expected = [f"#ifndef {guard}", f"#define {guard}"]
        if path.endswith("-inl.h"):  # read once for each instruction set
            expected = [f"#if defined({guard}) == defined(HWY_TARGET_TOGGLE)", f"#ifdef {guard}"]
        if directives[:2] != expected:
            yield Finding(path, 1, f"the guard is {guard}")


@rule("no-using-namespace", "name the namespace, or alias it inside one function")
def no_using_namespace(tree):
    return findings_in_code(tree, tree.matching(".h"), r"\busing\s+namespace\b",
                            "using namespace in a header")


@rule("no-printing-in-libraries", "return a Status, or log through the logger that is passed in")
def no_printing_in_libraries(tree):
    paths = [p for room in ("storage/", "matcher/", "service/") for p in tree.cpp(room)
             if not WIRING.search(p)]
    return findings_in_code(tree, paths, r"\bstd::(cout|cerr|clog)\b|\b(f?printf|puts)\s*\(",
                            "a library prints")


@rule("injected-clock-and-chance", "take the clock or the random source as an argument")
def injected_clock_and_chance(tree):
    paths = [p for room in ("storage/", "matcher/", "service/") for p in tree.cpp(room)
             if not WIRING.search(p)]
    pattern = (r"\bsystem_clock::now\s*\(|\babsl::Now\s*\(|\bs?rand\s*\(|\brandom_device\b|"
               r"(?<![\w:.>])(std::)?time\s*\(\s*(nullptr|NULL|0)\s*\)")
    return findings_in_code(tree, paths, pattern, "reads the clock or makes randomness")


@rule("no-bare-new", "std::make_unique, or a value")
def no_bare_new(tree):
    paths = tree.cpp("storage/") + tree.cpp("matcher/")
    return findings_in_code(tree, paths, r"(?<![\w:])new\s+[A-Za-z_:<(]", "new outside gRPC reactors")


@rule("test-names", "TEST(StoreCommit, RefusesAKeyTwice): a thing, and what it does, in CamelCase")
def test_names(tree):
    head = re.compile(r"^\s*(?:TYPED_)?TEST(?:_[FP])?\s*\(\s*(\w+)\s*,\s*(?:DISABLED_)?(\w+)\s*\)")
    for path in tree.cpp("tests/"):
        for number, line in tree.code(path):
            match = head.match(line)
            if not match:
                continue
            suite, name = match.groups()
            for kind, word in (("suite", suite), ("test", name)):
                if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", word):
                    yield Finding(path, number, f"the {kind} {word}")


@rule("no-disabled-tests", "mend the test, or delete it and say why in the commit")
def no_disabled_tests(tree):
    # A test may start its own program again to have a second process; that part is disabled by itself.
    paths = [p for p in tree.cpp("tests/") if "--gtest_also_run_disabled_tests" not in tree.text(p)]
    return findings_in_code(tree, paths, r"\bDISABLED_", "a test that does not run")

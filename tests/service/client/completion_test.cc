#include "service/client/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <sstream>

#include "tests/service/client/client_run.h"
#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

// What bash offers for a command line, of which the last word is being typed.
std::vector<std::string> Offered(const std::vector<std::string>& words) {
  TemporaryFolder folder;
  std::string line;
  for (const std::string& word : words) line += " '" + word + "'";
  const std::string script = folder.Write(
      "offer.bash", RunClient({"completion", "bash"}, {}).out + "\nCOMP_WORDS=(passend" + line +
                        ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_passend\n"
                        "printf '%s\\n' \"${COMPREPLY[@]}\"\n");
  FILE* bash = popen(("bash '" + script + "'").c_str(), "r");
  std::vector<std::string> offered;
  std::string read(4096, '\0');
  std::string all;
  for (std::size_t count = 0; (count = fread(read.data(), 1, read.size(), bash)) > 0;) {
    all.append(read, 0, count);
  }
  EXPECT_EQ(pclose(bash), 0);
  std::istringstream lines(all);
  for (std::string word; std::getline(lines, word);) {
    if (!word.empty()) offered.push_back(word);
  }
  return offered;
}

TEST(BashCompletion, OffersCommandsAndTheirCommands) {
  EXPECT_THAT(Offered({"ta"}), ElementsAre("tasks-for", "task", "taxonomy"));
  EXPECT_THAT(Offered({"--lang", "nl", "taxonomy", "import"}),
              ElementsAre("import", "import-esco"));
}

TEST(BashCompletion, OffersFlagsOfTheCommandAndGlobalOnes) {
  EXPECT_THAT(Offered({"rank", "soup", "--"}),
              IsSupersetOf({"--region", "--top", "--json", "--help"}));
  EXPECT_THAT(Offered({"rank", "soup", "--"}), Not(Contains("--state")));
}

TEST(BashCompletion, OffersTheValuesOfAFlag) {
  EXPECT_THAT(Offered({"passport", "list", "--state", ""}),
              ElementsAre("active", "paused", "placed"));
  EXPECT_THAT(Offered({"task", "list", "--state", ""}), ElementsAre("open", "closed"));
  EXPECT_THAT(Offered({"rank", "--color", "a"}), ElementsAre("auto", "always"));
  EXPECT_THAT(Offered({"rank", "--region", ""}), IsEmpty());
  EXPECT_THAT(Offered({"completion", ""}), ElementsAre("bash", "zsh", "fish"));
}

TEST(Completion, KnowsEveryCommandOfTheTreeInEveryShell) {
  std::ostringstream out, err;
  std::istringstream in;
  Surroundings surroundings{.environment = [](const std::string&) { return std::nullopt; },
                            .in = in,
                            .out = out,
                            .err = err,
                            .wait_seconds = [](double) { return true; }};
  CommandContext context(surroundings, Language::kEnglish);
  const auto nodes = CompletionNodes(*MakeApp(context));
  EXPECT_GT(nodes.size(), 25u);
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string script = RunClient({"completion", shell}, {}).out;
    for (const CompletionNode& node : nodes) {
      EXPECT_THAT(script, HasSubstr(node.path)) << shell;
      for (const auto& flag : node.flags) EXPECT_THAT(script, HasSubstr(flag.name.substr(2)));
    }
  }
}

TEST(Completion, ReadsValuesAndFilesOffTheTree) {
  CLI::App app("a", "a");
  CLI::App* sub = app.add_subcommand("sub", "does: it's");
  std::string value;
  sub->add_option("--mode", value, "m")->type_name("on|off");
  sub->add_option("--out", value, "o")->type_name("FILE");
  sub->add_option("task", value, "t")->type_name("TASK|FILE");
  const auto nodes = CompletionNodes(app);
  ASSERT_EQ(nodes.size(), 2u);
  EXPECT_TRUE(nodes[1].takes_file);
  std::map<std::string, CompletionNode::Flag> flags;
  for (const auto& flag : nodes[1].flags) flags[flag.name] = flag;
  EXPECT_THAT(flags["--mode"].values, ElementsAre("on", "off"));
  EXPECT_FALSE(flags["--help"].takes_value);
  EXPECT_TRUE(flags["--out"].takes_file);
  EXPECT_THAT(CompletionScript(nodes, Shell::kZsh), HasSubstr(R"('sub:does\: it'\''s')"));
  EXPECT_THAT(CompletionScript(nodes, Shell::kFish), HasSubstr(R"(-a sub -d 'does: it\'s')"));
}

}  // namespace
}  // namespace passend::client

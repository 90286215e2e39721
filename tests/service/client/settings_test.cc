#include "service/client/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>

namespace passend::client {
namespace {

class Settled : public ::testing::Test {
 protected:
  std::map<std::string, std::string> environment_;
  std::stringstream in_, out_, err_;
  Surroundings surroundings_{
      .environment = [this](const std::string& name) -> std::optional<std::string> {
        const auto found = environment_.find(name);
        if (found == environment_.end()) return std::nullopt;
        return found->second;
      },
      .in = in_,
      .out = out_,
      .err = err_,
      .wait_seconds = [](double) { return true; }};
  Settings settings_;
};

TEST_F(Settled, FindsTheServer) {
  EXPECT_EQ(ServerOf(settings_, surroundings_), "127.0.0.1:50551");
  environment_["PASSEND_SERVER"] = "unix:/run/passend.sock";
  EXPECT_EQ(ServerOf(settings_, surroundings_), "unix:/run/passend.sock");
  settings_.server = "localhost:1";
  EXPECT_EQ(ServerOf(settings_, surroundings_), "localhost:1");
}

TEST_F(Settled, FindsTheLanguage) {
  EXPECT_EQ(LanguageOf({}, surroundings_), Language::kEnglish);
  environment_["LANG"] = "nl_NL.UTF-8";
  EXPECT_EQ(LanguageOf({}, surroundings_), Language::kDutch);
  environment_["LC_MESSAGES"] = "en_GB.UTF-8";
  EXPECT_EQ(LanguageOf({}, surroundings_), Language::kEnglish);
  environment_["LC_ALL"] = "nl_BE.UTF-8";
  EXPECT_EQ(LanguageOf({}, surroundings_), Language::kDutch);
  EXPECT_EQ(LanguageOf({"rank", "soup", "--lang", "en"}, surroundings_), Language::kEnglish);
  EXPECT_EQ(LanguageOf({"--lang=en", "rank"}, surroundings_), Language::kEnglish);
  EXPECT_EQ(LanguageOf({"rank", "--", "--lang=en"}, surroundings_), Language::kDutch);
}

TEST_F(Settled, ColoursOnATerminalOnlyUnlessAsked) {
  const auto colored = [&] { return StyleOf(settings_, Language::kEnglish, surroundings_).color; };
  EXPECT_FALSE(colored());
  surroundings_.out_is_terminal = true;
  EXPECT_TRUE(colored());
  environment_["TERM"] = "dumb";
  EXPECT_FALSE(colored());
  environment_["TERM"] = "xterm";
  environment_["NO_COLOR"] = "1";
  EXPECT_FALSE(colored());
  settings_.color = "always";
  EXPECT_TRUE(colored());
  environment_.erase("NO_COLOR");
  settings_.color = "never";
  EXPECT_FALSE(colored());
}

TEST_F(Settled, DrawsBlocksInAUtf8LocaleOnly) {
  const auto unicode = [&] {
    return StyleOf(settings_, Language::kEnglish, surroundings_).unicode;
  };
  EXPECT_FALSE(unicode());
  environment_["LANG"] = "C.UTF-8";
  EXPECT_TRUE(unicode());
  environment_["LC_CTYPE"] = "nl_NL.ISO-8859-1";
  EXPECT_FALSE(unicode());
  environment_["LC_ALL"] = "nl_NL.utf8";
  EXPECT_TRUE(unicode());
  settings_.ascii = true;
  EXPECT_FALSE(unicode());
}

TEST_F(Settled, FindsTheWidth) {
  const auto width = [&] {
    return StyleOf(settings_, Language::kEnglish, surroundings_).width_columns;
  };
  EXPECT_EQ(width(), 100);
  surroundings_.terminal_columns = 80;
  EXPECT_EQ(width(), 80);
  environment_["COLUMNS"] = "120";
  EXPECT_EQ(width(), 120);
  environment_["COLUMNS"] = "12";
  EXPECT_EQ(width(), 40);
  environment_["COLUMNS"] = "wide";
  EXPECT_EQ(width(), 80);
}

TEST_F(Settled, FindsTheLabelFile) {
  EXPECT_EQ(LabelsPathOf(settings_, surroundings_), "");
  environment_["HOME"] = "/h";
  EXPECT_EQ(LabelsPathOf(settings_, surroundings_), "/h/.local/state/passend/labels.json");
  environment_["XDG_STATE_HOME"] = "relative is passed over";
  EXPECT_EQ(LabelsPathOf(settings_, surroundings_), "/h/.local/state/passend/labels.json");
  environment_["XDG_STATE_HOME"] = "/s";
  EXPECT_EQ(LabelsPathOf(settings_, surroundings_), "/s/passend/labels.json");
  settings_.labels_path = "here.json";
  EXPECT_EQ(LabelsPathOf(settings_, surroundings_), "here.json");
}

}  // namespace
}  // namespace passend::client

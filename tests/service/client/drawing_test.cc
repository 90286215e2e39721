// Widths, bars and tables, as a person would see them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "service/client/bar.h"
#include "service/client/fields_text.h"
#include "service/client/table.h"
#include "service/client/text_width.h"

namespace passend::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Style kPlain{
    .language = Language::kEnglish, .unicode = true, .color = false, .width_columns = 60};
constexpr Style kAscii{
    .language = Language::kEnglish, .unicode = false, .color = false, .width_columns = 60};

TEST(TextWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(DisplayColumns("soep"), 4);
  EXPECT_EQ(DisplayColumns("coöperatie"), 10);
  EXPECT_EQ(DisplayColumns("e\u0301e\u0301n"), 3);  // combining accents
  EXPECT_EQ(DisplayColumns("技能"), 4);
  EXPECT_EQ(DisplayColumns("\xff\xfe"), 2);  // not UTF-8
}

TEST(TextWidth, PadsAndCutsByColumns) {
  EXPECT_EQ(PadRight("één", 5) + "|", "één  |");
  EXPECT_EQ(PadLeft("技", 4), "  技");
  EXPECT_EQ(CutTo("buurtkeuken", 6, true), "buurt…");
  EXPECT_EQ(CutTo("buurtkeuken", 6, false), "buurt~");
  EXPECT_EQ(CutTo("技能技能", 4, true), "技…");
  EXPECT_EQ(CutTo("soep", 4, true), "soep");
}

TEST(TextWidth, WrapsAtSpacesAndLeavesLongWordsWhole) {
  EXPECT_THAT(Wrap("wants to work with plants", 10),
              ElementsAre("wants to", "work with", "plants"));
  EXPECT_THAT(Wrap("see passports/0123456789 there", 10),
              ElementsAre("see", "passports/0123456789", "there"));
  EXPECT_THAT(Wrap("  ", 10), IsEmpty());
}

TEST(TextWidth, DisarmsControlCharacters) {
  EXPECT_EQ(WithoutControls("a\x1b[2Jb\nc\x9f"), "a\uFFFD[2Jb c\uFFFD");
  EXPECT_EQ(WithoutControls("a\u0085b"), "a\uFFFDb");
}

TEST(Bar, DrawsEighthsOrHalves) {
  EXPECT_EQ(Bar(kPlain, 10000, 4), "████");
  EXPECT_EQ(Bar(kPlain, 5000, 4), "██  ");
  EXPECT_EQ(Bar(kPlain, 6250, 4), "██▌ ");
  EXPECT_EQ(Bar(kPlain, 0, 4), "    ");
  EXPECT_EQ(Bar(kAscii, 6250, 4), "##. ");
}

TEST(Bar, ShowsAlmostNothingAndAlmostEverythingAsSuch) {
  EXPECT_EQ(Bar(kPlain, 1, 4), "▏   ");
  EXPECT_EQ(Bar(kPlain, 9999, 4), "███▉");
  EXPECT_EQ(Bar(kPlain, -5, 4), "    ");
  EXPECT_EQ(Bar(kPlain, 20000, 4), "████");
}

TEST(BandBar, PutsThePointIntoTheBand) {
  EXPECT_EQ(BandBar(kPlain, 2000, 5000, 8000, 13), "├──▒▒▒●▒▒▒──┤");
  EXPECT_EQ(BandBar(kAscii, 2000, 5000, 8000, 13), "|--===o===--|");
  EXPECT_EQ(BandBar(kAscii, 0, 0, 0, 13), "|o----------|");
  EXPECT_EQ(BandBar(kAscii, 10000, 10000, 10000, 13), "|----------o|");
}

TEST(Table, AlignsByColumnsOfTheTerminal) {
  Table table({{"#", Table::Align::kRight}, {"wat"}, {"uren", Table::Align::kRight}});
  table.AddRow({"1", "sociale coöperatie", "16"});
  table.AddRow({"12", "technisch 技能", "8"});
  EXPECT_EQ(table.Draw(kPlain),
            " #  wat                 uren\n"
            " 1  sociale coöperatie    16\n"
            "12  technisch 技能         8\n");
}

TEST(Table, WrapsNotesUnderTheirColumn) {
  Table table({{"#", Table::Align::kRight}, {"who"}});
  table.AddRow({"1", "anna"});
  table.AddNote("Wants very much to work with plants, and this work is among plants all day.");
  EXPECT_EQ(table.Draw(kPlain),
            "#  who\n"
            "1  anna\n"
            "   Wants very much to work with plants, and this work is\n"
            "   among plants all day.\n");
}

TEST(Table, LetsTheFlexibleColumnGiveWay) {
  Table table({{"name"}, {"what", Table::Align::kLeft, true}, {"state"}});
  table.AddRow({"tasks/soup", std::string(80, 'x'), "open"});
  const std::string drawn = table.Draw(kPlain);
  const std::string row = drawn.substr(drawn.find('\n') + 1);
  EXPECT_EQ(row, "tasks/soup  " + std::string(40, 'x') + "…  open\n");
}

TEST(Table, PaintsWithoutMovingColumns) {
  Style colored = kPlain;
  colored.color = true;
  Table table({{"a"}, {"b"}});
  table.AddRow({{"x", Ink::kRed}, "y"});
  EXPECT_EQ(table.Draw(colored), "\x1b[2ma\x1b[0m  \x1b[2mb\x1b[0m\n\x1b[31mx\x1b[0m  y\n");
}

TEST(FieldsText, AlignsValuesAndLeavesOutEmptyOnes) {
  EXPECT_EQ(FieldsText(kPlain, {{"naam", "tasks/soup"}, {"één", "1"}, {"leeg", ""}}),
            "naam  tasks/soup\n"
            "één   1\n");
}

}  // namespace
}  // namespace passend::client

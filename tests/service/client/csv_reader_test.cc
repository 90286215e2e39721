#include "service/client/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Rows = std::vector<std::vector<std::string>>;

// All rows of a table with the columns a and b; the error's text as the only cell where there is
// one.
Rows Read(const std::string& text, char delimiter = ',') {
  TemporaryFolder folder;
  auto reader = CsvReader::Open(folder.Write("t.csv", text), delimiter);
  if (!reader.ok()) return {{std::string(reader.status().message())}};
  Rows rows;
  while (true) {
    auto record = reader->Next();
    if (!record.ok()) {
      rows.push_back({std::string(record.status().message())});
      return rows;
    }
    if (!record->has_value()) return rows;
    rows.push_back({(**record)["a"], (**record)["b"]});
  }
}

TEST(CsvReader, ReadsBareFields) {
  EXPECT_THAT(Read("a,b\n1,2\n3,\n"), ElementsAre(ElementsAre("1", "2"), ElementsAre("3", "")));
}

TEST(CsvReader, KeepsDelimitersLineBreaksAndQuotesInQuotedFields) {
  EXPECT_THAT(Read("a,b\n\"1,2\",\"x\ny\r\nz\"\n\"say \"\"hi\"\"\",\"\"\n"),
              ElementsAre(ElementsAre("1,2", "x\ny\r\nz"), ElementsAre("say \"hi\"", "")));
}

TEST(CsvReader, TakesBothLineEndsAndALastLineWithoutOne) {
  EXPECT_THAT(Read("a,b\r\n1,2\r\n3,4"), ElementsAre(ElementsAre("1", "2"), ElementsAre("3", "4")));
}

// Programs of different ages write one file: lines still count as they are seen.
TEST(CsvReader, CountsLinesThatEndInDifferentWays) {
  TemporaryFolder folder;
  auto reader = CsvReader::Open(folder.Write("t.csv", "a,b\r1,2\n3,4\r\n\r5,6\r\"x\ry\",8\n9,0"));
  ASSERT_TRUE(reader.ok()) << reader.status();
  std::vector<int> lines;
  for (auto record = reader->Next(); record.ok() && record->has_value(); record = reader->Next()) {
    lines.push_back((*record)->line());
  }
  EXPECT_THAT(lines, ElementsAre(2, 3, 5, 6, 8));
}

TEST(CsvReader, PassesOverBlankLinesAndAByteOrderMark) {
  EXPECT_THAT(Read("\xEF\xBB\xBF"
                   "a,b\n\n1,2\n\n\n"),
              ElementsAre(ElementsAre("1", "2")));
}

TEST(CsvReader, PassesOverAByteOrderMarkBeforeAQuote) {
  EXPECT_THAT(Read("\xEF\xBB\xBF\"a\",\"b\"\n1,2\n"), ElementsAre(ElementsAre("1", "2")));
}

TEST(CsvReader, PassesOverALineThatSaysWhatIsBetweenFields) {
  EXPECT_THAT(Read("sep=;\na;b\n1;2\n", ';'), ElementsAre(ElementsAre("1", "2")));
}

TEST(CsvReader, TakesRecordsOfAnyWidthWhereAsked) {
  TemporaryFolder folder;
  auto reader =
      CsvReader::Open(folder.Write("t.csv", "a,b\n1\n1,2,, \n1,2,3\n"), ',', CsvWidth::kAny);
  ASSERT_TRUE(reader.ok());
  auto record = reader->Next();
  ASSERT_TRUE(record.ok());
  EXPECT_EQ((**record)["a"] + "|" + (**record)["b"], "1|");
  record = reader->Next();
  EXPECT_FALSE((*record)->HasBeyondColumns());
  record = reader->Next();
  EXPECT_TRUE((*record)->HasBeyondColumns());
  EXPECT_EQ(reader->line(), 4);
}

TEST(CsvReader, ReadsTabsWhereAsked) {
  EXPECT_THAT(Read("a\tb\n1,5\t2\n", '\t'), ElementsAre(ElementsAre("1,5", "2")));
}

TEST(CsvReader, ReadsGzip) {
  TemporaryFolder folder;
  auto reader = CsvReader::Open(folder.WriteGzip("t.csv.gz", "a,b\n\"1\n\",2\n"));
  ASSERT_TRUE(reader.ok()) << reader.status();
  auto record = reader->Next();
  ASSERT_TRUE(record.ok() && record->has_value());
  EXPECT_EQ((**record)["a"], "1\n");
  EXPECT_EQ((**record).line(), 2);
}

TEST(CsvReader, TellsTheLineOfARecordWithTooFewFields) {
  const Rows rows = Read("a,b\n\"x\ny\",2\nonly\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_THAT(rows[1][0], HasSubstr("t.csv:4: 1 fields where there are 2 columns"));
}

TEST(CsvReader, RefusesWhatIsMalformed) {
  EXPECT_THAT(Read("a,b\n\"1,2\n")[0][0], HasSubstr(":2: a quoted field does not end"));
  EXPECT_THAT(Read("a,b\n\"1\"x,2\n")[0][0], HasSubstr(":2: text after a closing quote"));
  EXPECT_THAT(Read("a,b\n1\"2,3\n")[0][0], HasSubstr(":2: a quote inside a bare field"));
  EXPECT_THAT(Read("a,a\n")[0][0], HasSubstr(":1: column a comes twice"));
  EXPECT_THAT(Read("")[0][0], HasSubstr("names of the columns"));
}

TEST(CsvReader, NamesAMissingColumn) {
  TemporaryFolder folder;
  auto reader = CsvReader::Open(folder.Write("t.csv", "a,b\n"));
  ASSERT_TRUE(reader.ok());
  EXPECT_TRUE(reader->Require({"a", "b"}).ok());
  EXPECT_THAT(std::string(reader->Require({"a", "c"}).message()), HasSubstr("column c is missing"));
}

TEST(CsvReader, SaysWhichFileIsNotThere) {
  const auto reader = CsvReader::Open("/nowhere/t.csv");
  EXPECT_TRUE(absl::IsNotFound(reader.status()));
  EXPECT_THAT(std::string(reader.status().message()), HasSubstr("/nowhere/t.csv"));
}

}  // namespace
}  // namespace passend::client

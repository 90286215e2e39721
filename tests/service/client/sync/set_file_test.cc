#include "service/client/sync/set_file.h"

#include <filesystem>
#include <fstream>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "passend/v1/sync.pb.h"
#include "service/client/sync/growing_file.h"
#include "service/client/sync/progress_notes.h"
#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

using ::testing::ElementsAre;

v1::PushRecord Record(const std::string& id) {
  v1::PushRecord record;
  record.set_external_id(id);
  record.mutable_upsert()->mutable_passport()->set_region(std::string(300, 'r'));
  return record;
}

class SetFiles : public ::testing::TestWithParam<SetFormat> {
 protected:
  std::vector<std::string> Ids(const std::string& bytes) {
    auto reader = SetReader::Open(folder_.Write("set", bytes), GetParam());
    EXPECT_TRUE(reader.ok());
    std::vector<std::string> ids;
    while (true) {
      auto item = reader->Next();
      if (!item.ok()) ids.push_back("damaged");
      if (!item.ok() || !item->has_value()) return ids;
      v1::PushRecord record;
      const bool read = ParseSetItem(GetParam(), **item, record).ok();
      ids.push_back(std::to_string((*item)->number) + (read ? record.external_id() : "!"));
    }
  }
  TemporaryFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Both, SetFiles,
                         ::testing::Values(SetFormat::kJsonLines, SetFormat::kProtobuf));

TEST_P(SetFiles, AreReadBackAsTheyWereWritten) {
  const std::string bytes = SetBytes(GetParam(), Record("a")) + SetBytes(GetParam(), Record("b"));
  EXPECT_THAT(Ids(bytes), ElementsAre("1a", "2b"));
  EXPECT_THAT(Ids(""), ElementsAre());
}

TEST(SetReader, TellsAMessageThatIsCutOff) {
  TemporaryFolder folder;
  const std::string bytes = SetBytes(SetFormat::kProtobuf, Record("a"));
  for (std::size_t size = 1; size < bytes.size(); ++size) {
    auto reader = SetReader::Open(folder.Write("set", bytes.substr(0, size)), SetFormat::kProtobuf);
    ASSERT_TRUE(reader.ok());
    EXPECT_TRUE(absl::IsDataLoss(reader->Next().status())) << size;
  }
  auto huge = SetReader::Open(folder.Write("huge", "\xff\xff\xff\xff\x7f"), SetFormat::kProtobuf);
  EXPECT_TRUE(absl::IsDataLoss(huge->Next().status()));
}

TEST(SetFormat, IsSeenFromTheNameOrAsked) {
  EXPECT_EQ(SetFormatOf("", "a.jsonl"), SetFormat::kJsonLines);
  EXPECT_EQ(SetFormatOf("", "a.pb"), SetFormat::kProtobuf);
  EXPECT_EQ(SetFormatOf("", "a.binpb.gz"), SetFormat::kProtobuf);
  EXPECT_EQ(SetFormatOf("jsonl", "a.pb"), SetFormat::kJsonLines);
  EXPECT_EQ(SetFormatOf("protobuf", "a"), SetFormat::kProtobuf);
}

TEST(GrowingFile, CutsOffWhatWasNotNotedAndRefusesAShorterFile) {
  TemporaryFolder folder;
  const std::string path = folder.Write("f", "kept and lost");
  {
    auto file = GrowingFile::Open(path);
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->bytes(), 13);
    EXPECT_TRUE(file->CutTo(4).ok());
    EXPECT_TRUE(file->Append(" well").ok());
    EXPECT_TRUE(file->Flush().ok());
    EXPECT_EQ(file->bytes(), 9);
  }
  std::ifstream read(path);
  std::string text;
  std::getline(read, text);
  EXPECT_EQ(text, "kept well");
  EXPECT_TRUE(absl::IsDataLoss(GrowingFile::Open(path)->CutTo(10)));
  EXPECT_FALSE(GrowingFile::Open(folder.path() + "/no/such/folder").ok());
}

TEST(GrowingFile, IsOpenForOneAtATime) {
  TemporaryFolder folder;
  const std::string path = folder.path() + "/f";
  {
    const auto one = GrowingFile::Open(path);
    ASSERT_TRUE(one.ok());
    EXPECT_TRUE(absl::IsFailedPrecondition(GrowingFile::Open(path).status()));
    std::filesystem::remove(path);
    EXPECT_TRUE(GrowingFile::Open(path).ok()) << "a new file of that name";
  }
  EXPECT_TRUE(GrowingFile::Open(path).ok());
}

TEST(ProgressNotes, AreReadBackAndToldFromOtherFiles) {
  TemporaryFolder folder;
  const std::string path = folder.path() + "/f.progress";
  EXPECT_FALSE(ReadImportNotes(path)->has_value());
  ImportNotes notes{.run = "r",
                    .file_digest = "d",
                    .target = "t",
                    .records = 7,
                    .refused_bytes = 3,
                    .finished = true,
                    .counts = {1, 2, 3, 4, 5, 6}};
  ASSERT_TRUE(Write(path, notes).ok());
  const auto read = ReadImportNotes(path);
  ASSERT_TRUE(read.ok() && read->has_value());
  EXPECT_EQ((*read)->run + (*read)->file_digest + (*read)->target, "rdt");
  EXPECT_EQ((*read)->records, 7);
  EXPECT_EQ((*read)->refused_bytes, 3);
  EXPECT_TRUE((*read)->finished);
  EXPECT_EQ((*read)->counts.all(), 21);
  EXPECT_EQ((*read)->counts.conflicts, 4);
  EXPECT_TRUE(absl::IsInvalidArgument(ReadExportNotes(path).status()));
  ASSERT_TRUE(Write(path, ExportNotes{"q", "c", 5, 6, true}).ok());
  EXPECT_EQ((*ReadExportNotes(path))->cursor, "c");
  EXPECT_EQ((*ReadExportNotes(path))->changes, 6);
  for (const char* other : {"", "{", "[]", "{\"of\": 7}"}) {
    folder.Write("f.progress", other);
    EXPECT_TRUE(absl::IsInvalidArgument(ReadImportNotes(path).status())) << other;
  }
}

}  // namespace
}  // namespace passend::client

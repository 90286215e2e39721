#include "service/client/byte_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

TEST(ByteSource, ReadsAPlainAndAGzipFileAlike) {
  TemporaryFolder folder;
  const std::string text = std::string(700000, 'x') + "end";
  EXPECT_EQ(*ReadWholeFile(folder.Write("plain", text)), text);
  EXPECT_EQ(*ReadWholeFile(folder.WriteGzip("packed", text)), text);
}

TEST(ByteSource, TellsACutOffGzipFile) {
  TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 50000; ++i) text += std::to_string(i * 7919);
  const std::string path = folder.WriteGzip("packed", text);
  const auto bytes = std::filesystem::file_size(path);
  std::filesystem::resize_file(path, bytes / 2);
  EXPECT_TRUE(absl::IsDataLoss(ReadWholeFile(path).status())) << ReadWholeFile(path).status();
}

TEST(ByteSource, RefusesAFolderAndAFileThatIsTooLarge) {
  TemporaryFolder folder;
  EXPECT_FALSE(ReadWholeFile(folder.path()).ok());
  const std::string path = folder.Write("file", "1234");
  EXPECT_TRUE(ReadWholeFile(path, 4).ok());
  EXPECT_TRUE(absl::IsResourceExhausted(ReadWholeFile(path, 3).status()));
}

TEST(NextLine, TakesBothLineEndsAndALastLineWithoutOne) {
  TemporaryFolder folder;
  auto source = ByteSource::Open(folder.Write("lines", "one\r\n\ntwo\nthree"));
  ASSERT_TRUE(source.ok());
  for (const char* line : {"one", "", "two", "three"}) EXPECT_EQ(**NextLine(*source), line);
  EXPECT_EQ(*NextLine(*source), std::nullopt);
}

TEST(NextLine, RefusesALineAboveTheLimitAndGoesOnAfterIt) {
  TemporaryFolder folder;
  auto source = ByteSource::Open(folder.Write("lines", "1234\n1234567\n1\n"));
  ASSERT_TRUE(source.ok());
  EXPECT_TRUE(NextLine(*source, 4).ok());
  EXPECT_TRUE(absl::IsInvalidArgument(NextLine(*source, 4).status()));
  EXPECT_EQ(**NextLine(*source, 4), "1") << "what comes after it is read";
}

}  // namespace
}  // namespace passend::client

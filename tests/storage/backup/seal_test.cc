#include "storage/backup/seal.h"

#include <gtest/gtest.h>

#include "storage/backup/backup_folder.h"

namespace passend::storage {
namespace {

BackupSeal Example() {
  BackupSeal seal;
  seal.number = 3;
  seal.made_at = absl::FromUnixSeconds(1'800'000'000);
  seal.database_format = 2;
  seal.head = {120, std::string(32, '\x7f')};
  seal.keys = std::string(32, 'a');
  seal.engine = "one-two";
  seal.files = {{"private/3/CURRENT", 16, std::string(64, '0')},
                {"shared_checksum/000012_sABC_4096.sst", 4096, std::string(64, '1')}};
  return seal;
}

TEST(Seal, IsReadAsItWasWritten) {
  const auto read = DecodeSeal(EncodeSeal(Example()));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->number, 3u);
  EXPECT_EQ(read->made_at, absl::FromUnixSeconds(1'800'000'000));
  EXPECT_EQ(read->database_format, 2u);
  EXPECT_EQ(read->head, Example().head);
  EXPECT_EQ(read->keys, Example().keys);
  EXPECT_EQ(read->engine, "one-two");
  EXPECT_EQ(read->files, Example().files);
  EXPECT_EQ(read->bytes(), 16u + 4096u);
}

TEST(Seal, OfPlainRecordsSaysNoKeys) {
  BackupSeal plain = Example();
  plain.keys.clear();
  const auto read = DecodeSeal(EncodeSeal(plain));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(read->keys.empty());
}

TEST(Seal, EveryFlippedBitIsNoticed) {
  const std::string text = EncodeSeal(Example());
  for (size_t bit = 0; bit < 8 * text.size(); ++bit) {
    std::string flipped = text;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(DecodeSeal(flipped).ok()) << "bit " << bit;
  }
}

TEST(Seal, EveryLostOrAddedEndIsNoticed) {
  const std::string text = EncodeSeal(Example());
  for (size_t length = 0; length < text.size(); ++length) {
    EXPECT_FALSE(DecodeSeal(text.substr(0, length)).ok()) << length;
  }
  EXPECT_FALSE(DecodeSeal(text + "\n").ok());
  EXPECT_FALSE(DecodeSeal("\n" + text).ok());
}

// Its digest is right: whoever wrote it did not write a seal.
TEST(Seal, WhatSaysSomethingElseIsNone) {
  const auto with = [](const std::string& words, const std::string& others) {
    std::string text = EncodeSeal(Example());
    text.resize(text.rfind("seal "));
    text.replace(text.find(words), words.size(), others);
    return DecodeSeal(text + "seal " + DigestOfText(text) + "\n");
  };
  ASSERT_TRUE(with("engine one-two", "engine two").ok());
  for (const auto& [words, others] : std::initializer_list<std::pair<std::string, std::string>>{
           {"passend-backup", "passend-copy"},
           {"number 3", "numbers 3"},
           {"number 3", "number three"},
           {"made 2027", "made in 2027"},
           {"format 2", "format -2"},
           {"commit 120 ", "commit 120"},
           {"commit 120 7f", "commit 120 "},
           {"commit 120 7f", "commit 120 7f7f"},
           {"keys ", "key "},
           {"files 2", "files 3"},
           {"files 2", "files 1"},
           {" 16 ", " sixteen "}}) {
    EXPECT_TRUE(absl::IsDataLoss(with(words, others).status())) << others;
  }
}

TEST(Seal, OfANewerPassendIsRefusedAsSuch) {
  std::string text = EncodeSeal(Example());
  text.replace(text.find("passend-backup 1"), 16, "passend-backup 2");
  text.resize(text.rfind("seal "));
  const auto read = DecodeSeal(text + "seal " + DigestOfText(text) + "\n");
  EXPECT_TRUE(absl::IsFailedPrecondition(read.status())) << read.status();
}

TEST(BackupFolder, FilesOfSeveralBackupsHaveTheirOldNamesInADatabase) {
  EXPECT_EQ(DatabaseNameOf("shared_checksum/000012_sABC_4096.sst"), "000012.sst");
  EXPECT_EQ(DatabaseNameOf("private/3/MANIFEST-000005"), "MANIFEST-000005");
  EXPECT_EQ(DatabaseNameOf("private/3/000013.log"), "000013.log");
}

}  // namespace
}  // namespace passend::storage

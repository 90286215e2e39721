// What encryption promises beyond the contract of every Store: nothing legible in any file, an
// erasure that holds through crashes and restored backups, and nothing in another's place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "storage/key_codec.h"
#include "storage/record_cipher.h"
#include "tests/storage/damage.h"
#include "tests/storage/encrypted_scene.h"

namespace passend::storage {
namespace {

using testing::HasSubstr;

TEST_F(EncryptedStore, NothingLegibleInAnyFile) {
  Open();
  Commit(BirthOf("anna"));
  EXPECT_EQ(Read(Passport("anna"))->value, std::string("passport ") + kCanary);
  EXPECT_EQ(CountFilesWith(folder(), kCanary), 0) << "in the log";
  Close();
  EXPECT_EQ(CountFilesWith(folder(), kCanary), 0);
  Open();
  EXPECT_EQ(Read(Exposure("anna"))->value, std::string("shown ") + kCanary);
  Close();
  EXPECT_EQ(CountFilesWith(folder(), kCanary), 0) << "in the tables";
}

// Lines of a person: their ids begin with the person's, or have it within.
TEST_F(EncryptedStore, LinesOfAPersonGoWithTheirKey) {
  const std::string place(1 + sizeof(Version), 'n');  // behind the person in a history's id
  const std::vector<Key> annas = {{RecordKind::kLook, "anna/1"},
                                  {RecordKind::kLook, "anna/2"},
                                  {RecordKind::kPersonHistory, "hanna" + place}};
  const Key bens = {RecordKind::kLook, "ben/1"};
  Open();
  for (const Key& key : annas) Commit(BatchOf().Put(key, kCanary));
  Commit(BatchOf().Put(bens, kCanary));
  EXPECT_EQ(CountFilesWith(folder(), kCanary), 0);
  for (const Key& key : annas) EXPECT_EQ(Read(key)->value, kCanary);
  Commit(ErasureOf("anna"));
  for (const Key& key : annas) EXPECT_EQ(Read(key), std::nullopt);
  EXPECT_EQ(Read(bens)->value, kCanary);
}

// The same search finds what is not encrypted: it is known to bite.
TEST_F(EncryptedStore, TheSearchFindsWhatIsLegible) {
  OpenPlain();
  Commit(BirthOf("anna"));
  Close();
  EXPECT_GT(CountFilesWith(folder(), kCanary), 0);
}

TEST_F(EncryptedStore, WhatIsNobodysIsKeptAsItIs) {
  Open();
  Commit(BatchOf().Put(Task("sweep"), "legible as ever"));
  EXPECT_GT(CountFilesWith(folder(), "legible as ever"), 0);
}

TEST_F(EncryptedStore, ErasureDestroysTheKeyBeforeItIsAnswered) {
  Open();
  Commit(BirthOf("anna"));
  Commit(BirthOf("ben"));
  const auto before = store().GetSnapshot();
  ASSERT_TRUE(before.ok());
  CopyDirectory(data(), elsewhere());
  Commit(ErasureOf("anna"));
  // An older view, which still has the record, has no key for it.
  const auto seen = (*before)->Read({Passport("anna"), Passport("ben")});
  ASSERT_TRUE(seen.ok()) << seen.status();
  EXPECT_EQ(seen->at(0), std::nullopt);
  EXPECT_TRUE(seen->at(1).has_value());
  int people = 0;
  const absl::Status scanned = (*before)->Scan({RecordKind::kPassport, "", ""}, [&](Record record) {
    ++people;
    EXPECT_EQ(record.key.id, "ben");
    return true;
  });
  EXPECT_TRUE(scanned.ok()) << scanned;
  EXPECT_EQ(people, 1);
}

TEST_F(EncryptedStore, NobodyWritesForAnErasedPerson) {
  Open();
  Commit(BirthOf("anna"));
  Commit(ErasureOf("anna"));
  for (const Key& key : {Passport("anna"), Book("anna"), Exposure("anna")}) {
    const absl::Status refused = store().Commit(BatchOf().Put(key, "again")).status();
    EXPECT_TRUE(absl::IsAborted(refused)) << refused;
    EXPECT_THAT(std::string(refused.message()), HasSubstr("of a person who was erased"));
  }
  EXPECT_EQ(Read(Passport("anna")), std::nullopt);
}

// Whether somebody was erased is asked of the keys: whether they were erased here, in the same
// moment, before there were keys, or never.
TEST_F(EncryptedStore, ATombstoneIsSeenWhenItIsThere) {
  const auto nobody_erased = [&](const std::string& id) {
    return store().Commit(BatchOf().Expect(Erasure(id), 0).Put(Task("sweep"), "x")).status();
  };
  OpenPlain();
  Commit(BirthOf("old"));
  Commit(ErasureOf("old"));
  Close();
  Open();
  Commit(BirthOf("anna"));
  EXPECT_TRUE(nobody_erased("anna").ok());
  EXPECT_TRUE(nobody_erased("never-seen").ok());
  EXPECT_TRUE(absl::IsAborted(nobody_erased("old")));
  EXPECT_TRUE(absl::IsAborted(
      store().Commit(BatchOf().Expect(Erasure("anna"), 7).Put(Task("sweep"), "x")).status()));
  Commit(ErasureOf("anna"));
  const Version erased = store().LastSequence();
  EXPECT_TRUE(absl::IsAborted(nobody_erased("anna")));
  EXPECT_TRUE(
      store().Commit(BatchOf().Expect(Erasure("anna"), erased).Put(Task("sweep"), "x")).ok());
  Open();
  EXPECT_TRUE(absl::IsAborted(nobody_erased("anna")));
}

// The process ended after the erasure was durable and before the key was destroyed.
TEST_F(EncryptedStore, AKeyThatACrashLeftIsDestroyedAtOpen) {
  Open();
  Commit(BirthOf("anna"));
  Close();
  CopyDirectory(keys(), elsewhere());
  Open();
  Commit(ErasureOf("anna"));
  Close();
  CopyDirectory(elsewhere(), keys());
  Open();
  EXPECT_TRUE(absl::IsAborted(store().Commit(BatchOf().Put(Passport("anna"), "x")).status()));
  Close();
  const auto opened = PersonKeys::Open({keys(), std::make_shared<FixedWrapper>()});
  ASSERT_TRUE(opened.ok());
  EXPECT_TRUE((*opened)->IsDestroyed("anna"));
}

// A database from before the erasure, with the keys of today: the erasure is done again and told.
TEST_F(EncryptedStore, ARestoredDatabaseLearnsOfErasures) {
  Open();
  Commit(BirthOf("anna"));
  Commit(BirthOf("ben"));
  Close();
  CopyDirectory(data(), elsewhere());
  Open();
  Commit(ErasureOf("anna"));
  Close();
  CopyDirectory(elsewhere(), data());
  Open();
  EXPECT_EQ(Read(Passport("anna")), std::nullopt);
  EXPECT_TRUE(Read(Erasure("anna")).has_value());
  EXPECT_TRUE(Read(Passport("ben")).has_value());
  const auto told = store().Tail(2, 10);
  ASSERT_TRUE(told.ok());
  ASSERT_EQ(told->size(), 1u);
  EXPECT_EQ(told->front().events, (std::vector<Event>{{Passport("anna"), "erased"}}));
  Open();
  EXPECT_EQ(store().LastSequence(), 3u) << "once";
}

TEST_F(EncryptedStore, IsOpenedWithItsOwnKeysOnly) {
  Open();
  Commit(BirthOf("anna"));
  Close();
  const absl::Status without = TryOpen("").status();
  EXPECT_TRUE(absl::IsFailedPrecondition(without)) << without;
  EXPECT_THAT(std::string(without.message()), HasSubstr("are encrypted"));
  const absl::Status missing = TryOpen(elsewhere()).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(missing)) << missing;
  EXPECT_THAT(std::string(missing.message()), HasSubstr("has no keys"));
  EXPECT_FALSE(std::filesystem::exists(elsewhere() + "/persons")) << "none are made";
  {
    const auto other = PersonKeys::Open({elsewhere(), std::make_shared<FixedWrapper>()});
    ASSERT_TRUE((*other)->Make().ok());
  }
  const absl::Status others = TryOpen(elsewhere()).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(others)) << others;
  EXPECT_THAT(std::string(others.message()), HasSubstr("are not those"));
  Open();
  EXPECT_TRUE(Read(Passport("anna")).has_value());
}

// A disk that is not mounted, or lost.
TEST_F(EncryptedStore, KeysOfADatabaseThatIsNotThereGetNoEmptyOne) {
  Open();
  Commit(BirthOf("anna"));
  Close();
  std::filesystem::rename(data(), elsewhere());
  for (int tried = 0; tried < 2; ++tried) {
    const absl::Status refused = TryOpen(keys()).status();
    EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << refused;
    EXPECT_THAT(std::string(refused.message()), HasSubstr("there is no database"));
    EXPECT_THAT(std::string(refused.message()), HasSubstr("(of 1 people)"));
    EXPECT_FALSE(std::filesystem::exists(data() + "/db"));
  }
  std::filesystem::remove_all(data());
  std::filesystem::rename(elsewhere(), data());
  Open();
  EXPECT_TRUE(Read(Passport("anna")).has_value());
  Close();
  // Who wants to begin anew moves the keys away too.
  std::filesystem::remove_all(data());
  std::filesystem::rename(keys(), elsewhere());
  Open();
  EXPECT_EQ(store().LastSequence(), 0u);
}

// Values are exchanged behind the store's back, each in an envelope that fits its new place.
class ExchangedValue : public EncryptedStore {
 protected:
  std::string ContentOf(const Key& key) {
    BareDatabase bare(data());
    const std::string encoded = EncodeRecordKey(key);
    std::string bytes;
    EXPECT_TRUE(bare.db().Get({}, bare.family("record"), encoded, &bytes).ok());
    const auto sealed = Unseal(Family::kRecord, encoded, bytes);
    EXPECT_TRUE(sealed.ok());
    EXPECT_EQ(sealed->form, Content::kEncrypted);
    return sealed->content;
  }
  void Forge(const Key& key, Version version, const std::string& content, Content form) {
    BareDatabase bare(data());
    const std::string encoded = EncodeRecordKey(key);
    ASSERT_TRUE(bare.db()
                    .Put({}, bare.family("record"), encoded,
                         Seal(Family::kRecord, encoded, version, content, form))
                    .ok());
  }
  absl::Status ReadingOf(const Key& key) {
    Open();
    absl::Status status = store().Read({key}).status();
    const absl::Status scanned =
        store().Scan({key.kind, "", ""}, [](const Record&) { return true; });
    EXPECT_EQ(status.ok(), scanned.ok());
    Close();
    return status;
  }
};

TEST_F(ExchangedValue, IsNoticed) {
  Open();
  Commit(BirthOf("anna"));
  Commit(BirthOf("ben"));
  Close();
  const std::string first = ContentOf(Passport("anna"));
  const std::string of_ben = ContentOf(Passport("ben"));
  Open();
  Commit(BatchOf().Put(Passport("anna"), "newer"));
  Close();
  const std::string newer = ContentOf(Passport("anna"));
  EXPECT_TRUE(ReadingOf(Passport("anna")).ok());
  Forge(Passport("anna"), 3, first, Content::kEncrypted);
  EXPECT_TRUE(absl::IsDataLoss(ReadingOf(Passport("anna")))) << "an older value";
  Forge(Passport("anna"), 2, of_ben, Content::kEncrypted);
  EXPECT_TRUE(absl::IsDataLoss(ReadingOf(Passport("anna")))) << "another person's";
  Forge(Book("anna"), 3, newer, Content::kEncrypted);
  EXPECT_TRUE(absl::IsDataLoss(ReadingOf(Book("anna")))) << "another kind's";
  Forge(Passport("anna"), 3, "legible", Content::kPlain);
  EXPECT_TRUE(absl::IsDataLoss(ReadingOf(Passport("anna")))) << "not encrypted";
  Forge(Task("sweep"), 3, newer, Content::kEncrypted);
  EXPECT_TRUE(absl::IsDataLoss(ReadingOf(Task("sweep")))) << "encrypted, and nobody's";
  Forge(Passport("anna"), 3, "short", Content::kEncrypted);
  EXPECT_TRUE(absl::IsDataLoss(ReadingOf(Passport("anna")))) << "too short";
  Forge(Passport("anna"), 3, newer, Content::kEncrypted);
  EXPECT_TRUE(ReadingOf(Passport("anna")).ok()) << "as it was";
}

// An older copy of the keys, from before a person came.
TEST_F(EncryptedStore, AMissingKeyIsSaid) {
  Open();
  Close();
  CopyDirectory(keys(), elsewhere());
  Open();
  Commit(BirthOf("anna"));
  Close();
  CopyDirectory(elsewhere(), keys());
  Open();
  const absl::Status missing = store().Read({Passport("anna")}).status();
  EXPECT_TRUE(absl::IsDataLoss(missing)) << missing;
  EXPECT_THAT(std::string(missing.message()), HasSubstr("its key is not in the key store"));
}

}  // namespace
}  // namespace passend::storage

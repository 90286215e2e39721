// The pass that encrypts a store of before: nothing changes for anybody, nothing legible is left,
// and what was interrupted goes on.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "storage/envelope.h"
#include "storage/key_codec.h"
#include "storage/meta_codec.h"
#include "tests/storage/damage.h"
#include "tests/storage/encrypted_scene.h"

namespace passend::storage {
namespace {

class EncryptionPass : public EncryptedStore {};

TEST_F(EncryptionPass, AnOlderStoreIsEncryptedAsItIs) {
  OpenPlain();
  for (int person = 0; person < 2'500; ++person)
    Commit(BirthOf("person-" + std::to_string(person)));
  Commit(BatchOf().Put(Task("sweep"), "legible"));
  const auto version = Read(Book("person-7"))->version;
  const Sequence last = store().LastSequence();
  Close();
  EXPECT_GT(CountFilesWith(data(), kCanary), 0);
  Open();
  EXPECT_GT(passes(), 1);
  EXPECT_EQ(store().LastSequence(), last);
  EXPECT_EQ(Read(Book("person-7"))->version, version);
  EXPECT_EQ(Read(Book("person-7"))->value, std::string("book ") + kCanary);
  EXPECT_EQ(Read({RecordKind::kValidation, "person-9/one"})->value,
            std::string("validation ") + kCanary);
  EXPECT_EQ(Read(Task("sweep"))->value, "legible");
  EXPECT_EQ(CountFilesWith(folder(), kCanary), 0) << "old files are gone as well";
  const int before = passes();
  Open();
  EXPECT_EQ(passes(), before) << "once";
}

// The pass ended half-way: the note says so, and some records are plain still.
TEST_F(EncryptionPass, AnInterruptedPassGoesOn) {
  Open();
  Commit(BirthOf("anna"));
  const Version version = Read(Passport("anna"))->version;
  Close();
  KeyStoreId id;
  {
    const auto opened = PersonKeys::Open({keys(), std::make_shared<FixedWrapper>()});
    ASSERT_TRUE(opened.ok());
    id = (*opened)->id();
    BareDatabase bare(data());
    const std::string key = EncodeRecordKey(Passport("anna"));
    ASSERT_TRUE(
        bare.db()
            .Put({}, bare.family("record"), key, Seal(Family::kRecord, key, version, "plain again"))
            .ok());
    ASSERT_TRUE(bare.db()
                    .Put({}, std::string(kEncryptionKey),
                         Seal(Family::kMeta, kEncryptionKey, 1, EncodeEncryption({id, false})))
                    .ok());
  }
  Open();
  EXPECT_EQ(Read(Passport("anna"))->value, "plain again");
  EXPECT_EQ(Read(Book("anna"))->value, std::string("book ") + kCanary);
  Close();
  EXPECT_EQ(CountFilesWith(folder(), "plain again"), 0);
}

// A database of before its encryption and before the erasure, with the keys of today: nothing of
// the person is left, and who had read of them is told.
TEST_F(EncryptionPass, ThePassTakesAwayWhatIsOfSomebodyErased) {
  OpenPlain();
  Commit(BirthOf("anna"));
  Commit(BirthOf("ben"));
  const Key look = {RecordKind::kLook, "anna/1"};  // which ErasureOf says nothing of
  Commit(BatchOf().Put(look, kCanary));
  Close();
  {
    const auto opened = PersonKeys::Open({keys(), std::make_shared<FixedWrapper>()});
    ASSERT_TRUE(opened.ok());
    ASSERT_TRUE((*opened)->Make().ok());
    const std::string_view anna = "anna";
    ASSERT_TRUE((*opened)->Destroy({&anna, 1}).ok());
  }
  Open();
  EXPECT_EQ(Read(Passport("anna")), std::nullopt);
  EXPECT_TRUE(Read(Erasure("anna")).has_value());
  const auto told = store().Tail(3, 10);
  ASSERT_TRUE(told.ok());
  ASSERT_EQ(told->size(), 1u);
  EXPECT_EQ(told->front().events, (std::vector<Event>{{Passport("anna"), "erased"}}));
  EXPECT_EQ(Read(Book("ben"))->value, std::string("book ") + kCanary);
  Close();
  BareDatabase bare(data());
  for (const Key& key : {look, Passport("anna"), Book("anna"), Exposure("anna"),
                         Key{RecordKind::kValidation, "anna/one"}}) {
    std::string bytes;
    EXPECT_TRUE(
        bare.db().Get({}, bare.family("record"), EncodeRecordKey(key), &bytes).IsNotFound());
  }
}

}  // namespace
}  // namespace passend::storage

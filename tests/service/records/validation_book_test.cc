// A book holds what was put in, by name and in the order of names; damage is said.
#include "service/records/validation_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "google/protobuf/util/message_differencer.h"
#include "passend/store/v1/validation_book.pb.h"
#include "service/records/stored_message.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

using google::protobuf::util::MessageDifferencer;

v1::Validation Named(const std::string& id) {
  v1::Validation validation;
  validation.set_name("passports/p/validations/" + id);
  validation.set_skill("taxonomies/t/concepts/" + id);
  validation.set_level(3);
  validation.set_place("kitchen of " + id);
  return validation;
}

storage::Record RecordOf(const std::string& id, const std::string& value) {
  return {{storage::RecordKind::kValidationBook, id}, 7, value};
}

TEST(ValidationBookTest, GivesBackWhatItWasGivenInOrder) {
  ValidationBook book;
  for (const char* id : {"m", "z", "a", "k-1", "k"}) book.Add(Named(id));
  const auto read = ParseBook(RecordOf("p", StoredValue(book)));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->version, 7u);
  std::vector<std::string> names;
  for (const v1::Validation& one : read->validations) names.push_back(one.name());
  EXPECT_THAT(names,
              testing::ElementsAre("passports/p/validations/a", "passports/p/validations/k",
                                   "passports/p/validations/k-1", "passports/p/validations/m",
                                   "passports/p/validations/z"));
  for (const char* id : {"m", "z", "a", "k-1", "k"}) {
    v1::Validation* found = book.Find(Named(id).name());
    ASSERT_NE(found, nullptr) << id;
    EXPECT_TRUE(MessageDifferencer::Equals(*found, Named(id)));
  }
  EXPECT_EQ(book.Find("passports/p/validations/b"), nullptr);
  EXPECT_EQ(book.Find("passports/q/validations/a"), nullptr);
}

TEST(ValidationBookTest, WhoHasNoneHasAnEmptyOne) {
  const auto store = storage::NewMemoryStore();
  const auto book = ReadBook(*store, PassportName{"p"});
  ASSERT_TRUE(book.ok());
  EXPECT_EQ(book->version, 0u);
  EXPECT_TRUE(book->validations.empty());
}

TEST(ValidationBookTest, SaysWhatIsDamaged) {
  const auto value_of = [](std::initializer_list<std::string> names) {
    store::v1::ValidationBook stored;
    for (const std::string& name : names) stored.add_validations()->set_name(name);
    return stored.SerializeAsString();
  };
  EXPECT_TRUE(ParseBook(RecordOf("p", "")).ok());
  EXPECT_TRUE(ParseBook(RecordOf("p", value_of({"a", "b"}))).ok());
  for (const std::string& value : {std::string("\x0a\x05"), value_of({""}), value_of({"A"}),
                                   value_of({"a/b"}), value_of({"a", "a"}), value_of({"b", "a"})}) {
    EXPECT_EQ(ParseBook(RecordOf("p", value)).status().code(), absl::StatusCode::kDataLoss);
  }
  EXPECT_EQ(ParseBook(RecordOf("p/v", "")).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace passend::service

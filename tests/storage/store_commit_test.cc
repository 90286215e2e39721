// Commit: S1, S3, S4, S5, and every error that a batch can be refused with.
#include "storage/limits.h"
#include "tests/storage/store_conformance.h"

namespace passend::storage {
namespace {

using testing::HasSubstr;

class StoreCommit : public StoreConformance {};
PASSEND_FOR_EVERY_STORE(StoreCommit);

TEST_P(StoreCommit, StartsAtSequenceOne) {
  EXPECT_EQ(store().LastSequence(), 0u);
  EXPECT_EQ(Commit(BatchOf().Put(Passport("a"), "1")), 1u);
  EXPECT_EQ(Commit(BatchOf().Put(Passport("b"), "2")), 2u);
  EXPECT_EQ(store().LastSequence(), 2u);
}

TEST_P(StoreCommit, VersionIsTheSequenceOfTheWritingCommit) {
  Commit(BatchOf().Put(Passport("a"), "1").Put(Task("t"), "x"));
  Commit(BatchOf().Put(Passport("a"), "2"));
  EXPECT_EQ(Read(Passport("a")), (Record{Passport("a"), 2, "2"}));
  EXPECT_EQ(Read(Task("t")), (Record{Task("t"), 1, "x"}));
}

TEST_P(StoreCommit, VersionNeverGoesBackOverADeletion) {
  Commit(BatchOf().Put(Passport("a"), "1"));
  Commit(BatchOf().Delete(Passport("a")));
  EXPECT_EQ(Read(Passport("a")), std::nullopt);
  Commit(BatchOf().Expect(Passport("a"), 0).Put(Passport("a"), "2"));
  EXPECT_EQ(Read(Passport("a"))->version, 3u);
}

TEST_P(StoreCommit, DeletesWhatIsNotThere) {
  EXPECT_EQ(Commit(BatchOf().Delete(Passport("nobody"))), 1u);
  EXPECT_EQ(Read(Passport("nobody")), std::nullopt);
}

TEST_P(StoreCommit, TakesAnyBytes) {
  const Key key = Passport(std::string("\x00\xff\n", 3));
  const std::string value("\x00\x01\xfe\xff", 4);
  Commit(BatchOf().Put(key, value).Put(Passport("empty"), ""));
  EXPECT_EQ(Read(key)->value, value);
  EXPECT_EQ(Read(Passport("empty"))->value, "");
}

TEST_P(StoreCommit, FailedExpectationChangesNothing) {
  Commit(BatchOf().Put(Passport("a"), "1"));
  for (const Version wrong : {Version{0}, Version{2}, Version{99}}) {
    const auto result = store().Commit(BatchOf()
                                           .Expect(Passport("a"), wrong)
                                           .Put(Passport("a"), "2")
                                           .Put(Passport("b"), "2")
                                           .Tell(Passport("a"), "changed")
                                           .Once("request", "digest", "answer"));
    EXPECT_TRUE(absl::IsAborted(result.status())) << result.status();
    EXPECT_THAT(std::string(result.status().message()), HasSubstr("passport"));
  }
  EXPECT_EQ(Read(Passport("a")), (Record{Passport("a"), 1, "1"}));
  EXPECT_EQ(Read(Passport("b")), std::nullopt);
  EXPECT_EQ(store().LastSequence(), 1u);
  EXPECT_EQ(Tail(0).size(), 1u);
  EXPECT_EQ(*store().FindReceipt("request"), std::nullopt);
}

TEST_P(StoreCommit, ExpectationsMayNameOtherKeysThanAreWritten) {
  Commit(BatchOf().Put(Passport("a"), "1"));
  Commit(BatchOf().Expect(Passport("a"), 1).Expect(Task("t"), 0).Put(Task("t"), "x"));
  EXPECT_EQ(CodeOf(BatchOf().Expect(Task("t"), 0).Put(Passport("b"), "1")),
            absl::StatusCode::kAborted);
}

TEST_P(StoreCommit, TheMessageOfAFailedExpectationNamesNoId) {
  const auto result =
      store().Commit(BatchOf().Expect(Passport("id-of-someone"), 7).Put(Passport("x"), "1"));
  EXPECT_THAT(std::string(result.status().message()), testing::Not(HasSubstr("id-of-someone")));
  EXPECT_THAT(std::string(result.status().message()), HasSubstr("expected version 7, found 0"));
}

TEST_P(StoreCommit, RefusesABatchWithNothingToDo) {
  EXPECT_EQ(CodeOf(Batch{}), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf(BatchOf().Expect(Passport("a"), 0)), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf(BatchOf().Once("r", "f", "a")), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(store().LastSequence(), 0u);
}

TEST_P(StoreCommit, EventsAloneAreACommit) {
  EXPECT_EQ(Commit(BatchOf().Tell(Passport("a"), "looked at")), 1u);
  EXPECT_EQ(Tail(0).front().events, (std::vector<Event>{{Passport("a"), "looked at"}}));
}

TEST_P(StoreCommit, RefusesAKeyTwice) {
  EXPECT_EQ(CodeOf(BatchOf().Put(Passport("a"), "1").Put(Passport("a"), "2")),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf(BatchOf().Put(Passport("a"), "1").Delete(Passport("a"))),
            absl::StatusCode::kInvalidArgument);
  Commit(BatchOf().Put(Passport("a"), "1").Put(Task("a"), "2"));  // kinds keep ids apart
}

TEST_P(StoreCommit, RefusesBadIdsEverywhere) {
  for (const std::string& id : {std::string(), std::string(kIdBytesMax + 1, 'x')}) {
    EXPECT_EQ(CodeOf(BatchOf().Put(Passport(id), "1")), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(CodeOf(BatchOf().Tell(Passport(id), "1")), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(CodeOf(BatchOf().Expect(Passport(id), 0).Put(Passport("a"), "1")),
              absl::StatusCode::kInvalidArgument);
    EXPECT_TRUE(absl::IsInvalidArgument(store().Read({Passport(id)}).status()));
  }
  EXPECT_EQ(CodeOf(BatchOf().Put({static_cast<RecordKind>(0), "a"}, "1")),
            absl::StatusCode::kInvalidArgument);
  Commit(BatchOf().Put(Passport(std::string(kIdBytesMax, 'x')), "1"));
}

TEST_P(StoreCommit, RefusesWhatIsTooLargeAndNamesTheLimit) {
  const auto result =
      store().Commit(BatchOf().Put(Passport("a"), std::string(kValueBytesMax + 1, 'v')));
  EXPECT_TRUE(absl::IsInvalidArgument(result.status()));
  EXPECT_THAT(std::string(result.status().message()), HasSubstr(std::to_string(kValueBytesMax)));
  EXPECT_EQ(CodeOf(BatchOf().Tell(Passport("a"), std::string(kEventPayloadBytesMax + 1, 'p'))),
            absl::StatusCode::kInvalidArgument);
  const std::string most(kRequestBytesMax, 'r');
  EXPECT_EQ(CodeOf(BatchOf().Put(Passport("a"), "1").Once(most + "r", "f", "a")),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf(BatchOf().Put(Passport("a"), "1").Once("", "f", "a")),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf(BatchOf()
                       .Put(Passport("a"), "1")
                       .Once(most, std::string(kFingerprintBytesMax + 1, 'f'), "a")),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf(BatchOf()
                       .Put(Passport("a"), "1")
                       .Once(most, "f", std::string(kResponseBytesMax + 1, 'a'))),
            absl::StatusCode::kInvalidArgument);
  Commit(BatchOf()
             .Put(Passport("a"), std::string(kValueBytesMax, 'v'))
             .Once(most, std::string(kFingerprintBytesMax, 'f'), "a"));
}

TEST_P(StoreCommit, RefusesTooManyParts) {
  Batch events;
  events.events.assign(kBatchEventsMax + 1, {Passport("a"), ""});
  EXPECT_EQ(CodeOf(events), absl::StatusCode::kInvalidArgument);
  Batch mutations;
  for (size_t i = 0; i <= kBatchMutationsMax; ++i) {
    mutations.mutations.push_back({Passport(std::to_string(i)), ""});
  }
  EXPECT_EQ(CodeOf(mutations), absl::StatusCode::kInvalidArgument);
  Batch expectations = BatchOf().Put(Passport("a"), "1");
  expectations.expectations.assign(kBatchExpectationsMax + 1, {Passport("a"), 0});
  EXPECT_EQ(CodeOf(expectations), absl::StatusCode::kInvalidArgument);
  Batch bytes;
  for (size_t i = 0; i <= kBatchBytesMax / kValueBytesMax; ++i) {
    bytes.mutations.push_back({Passport(std::to_string(i)), std::string(kValueBytesMax, 'v')});
  }
  EXPECT_EQ(CodeOf(bytes), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(store().LastSequence(), 0u);
}

TEST_P(StoreCommit, TakesAWholeTaxonomyInOneCommit) {
  constexpr size_t kConcepts = 20'000;
  const std::string value(kImportValueBytes / kConcepts, 'v');
  Batch import;
  for (size_t i = 0; i < kConcepts; ++i) {
    Key key{RecordKind::kConcept, "esco/" + std::to_string(i)};
    import.expectations.push_back({key, 0});
    import.events.push_back({key, "imported"});
    import.mutations.push_back({std::move(key), value});
  }
  EXPECT_EQ(Commit(std::move(import)), 1u);
  EXPECT_EQ(Ids(store(), {RecordKind::kConcept, "esco/", ""}).size(), kConcepts);
  EXPECT_EQ(Tail(0).front().events.size(), kConcepts);
}

}  // namespace
}  // namespace passend::storage

#include "service/match/journal_changes.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace passend::service {
namespace {

using storage::RecordKind;
using testing::ElementsAre;
using testing::IsEmpty;

JournalChanges ChangesOf(std::vector<storage::Key> keys) {
  storage::JournalEntry entry;
  entry.sequence = 12;
  for (storage::Key& key : keys) entry.events.push_back({std::move(key), "\x01"});
  JournalChanges changes;
  changes.Add(entry);
  return changes;
}

TEST(JournalChanges, NameEachThingOnce) {
  const JournalChanges changes = ChangesOf({{RecordKind::kPassport, "p2"},
                                            {RecordKind::kPassport, "p1"},
                                            {RecordKind::kPassport, "p2"},
                                            {RecordKind::kExposure, "p3"},
                                            {RecordKind::kTask, "t"}});
  EXPECT_THAT(changes.passports, ElementsAre("p1", "p2"));
  EXPECT_THAT(changes.exposures, ElementsAre("p3"));
  EXPECT_THAT(changes.tasks, ElementsAre("t"));
  EXPECT_FALSE(changes.policies);
  EXPECT_THAT(changes.imports, IsEmpty());
  EXPECT_EQ(changes.last, 12u);
}

TEST(JournalChanges, AValidationChangesItsPassport) {
  EXPECT_THAT(ChangesOf({{RecordKind::kValidation, "p1/v7"}}).passports, ElementsAre("p1"));
}

TEST(JournalChanges, AConceptChangesTheVocabulary) {
  EXPECT_THAT(ChangesOf({{RecordKind::kConcept, "esco/weed"}}).imports, ElementsAre(12));
  EXPECT_THAT(ChangesOf({{RecordKind::kTaxonomy, "esco"}}).imports, ElementsAre(12));
  EXPECT_TRUE(ChangesOf({{RecordKind::kPolicy, "2"}}).policies);
}

TEST(JournalChanges, AnEntryWithoutEventsIsPassedAllTheSame) {
  const JournalChanges changes = ChangesOf({});
  EXPECT_THAT(changes.passports, IsEmpty());
  EXPECT_EQ(changes.last, 12u);
}

TEST(JournalChanges, OfTwoAreWhatAnIndexIsMadeOf) {
  JournalChanges changes = ChangesOf({{RecordKind::kPassport, "p1"}});
  changes.Add(ChangesOf({{RecordKind::kPassport, "p2"},
                         {RecordKind::kExposure, "p3"},
                         {RecordKind::kTask, "t"},
                         {RecordKind::kPolicy, "2"}}));
  EXPECT_THAT(changes.passports, ElementsAre("p1", "p2"));
  EXPECT_THAT(changes.exposures, ElementsAre("p3"));
  EXPECT_THAT(changes.tasks, ElementsAre("t"));
  EXPECT_FALSE(changes.policies);
}

}  // namespace
}  // namespace passend::service

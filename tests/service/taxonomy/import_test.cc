// What an import writes, and what is kept of the one before.
#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "storage/memory_store.h"
#include "tests/service/taxonomy/taxonomy_world.h"

namespace passend::service {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;

v1::Concept Stored(TaxonomyWorld& world, std::string_view id) {
  v1::GetConceptRequest request;
  request.set_name(Named(id));
  auto entry = world.handlers().GetConcept(request);
  EXPECT_TRUE(entry.ok()) << entry.status();
  return entry.ok() ? *entry : v1::Concept();
}

absl::StatusOr<v1::Taxonomy> StoredTaxonomy(TaxonomyWorld& world) {
  v1::GetTaxonomyRequest request;
  request.set_name("taxonomies/esco");
  return world.handlers().Get(request);
}

TEST(ImportTest, IsOneCommitWithOneEvent) {
  TaxonomyWorld world;
  const auto response = world.Import({MakeSkill("b"), MakeSkill("a"), MakeOccupation("o", {"a"})});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->added_concepts(), 3);
  EXPECT_EQ(response->deprecated_concepts(), 0);
  EXPECT_EQ(response->taxonomy().concept_count(), 3);
  EXPECT_EQ(response->taxonomy().occupation_count(), 1);
  EXPECT_EQ(response->taxonomy().relation_count(), 1);
  EXPECT_EQ(response->taxonomy().import_time().seconds(), 1'790'000'000);
  EXPECT_EQ(world.store().LastSequence(), 1u);
  const auto journal = world.store().Tail(0, 10);
  ASSERT_TRUE(journal.ok());
  ASSERT_EQ(journal->size(), 1u);
  ASSERT_EQ(journal->front().events.size(), 1u);
  EXPECT_EQ(journal->front().events[0].key, (storage::Key{storage::RecordKind::kTaxonomy, "esco"}));
  const auto stored = StoredTaxonomy(world);
  ASSERT_TRUE(stored.ok());
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*stored, response->taxonomy()));
}

TEST(ImportTest, CountsUsesAndSaysHowMuchASkillTells) {
  TaxonomyWorld world;
  // A group of occupations uses nothing and does not count: four occupations are left.
  ASSERT_TRUE(world
                  .Import({MakeSkill("all"), MakeSkill("half"), MakeSkill("one"), MakeSkill("none"),
                           MakeConcept(v1::CONCEPT_KIND_OCCUPATION, "group"),
                           MakeOccupation("o1", {"all", "half", "one"}, {"all"}),
                           MakeOccupation("o2", {"all"}, {"half"}), MakeOccupation("o3", {"all"}),
                           MakeOccupation("o4", {}, {"all"})})
                  .ok());
  EXPECT_EQ(Stored(world, "all").used_by_occupations(), 4);
  EXPECT_EQ(Stored(world, "all").specificity_basis_points(), 1);
  EXPECT_EQ(Stored(world, "half").used_by_occupations(), 2);
  EXPECT_EQ(Stored(world, "half").specificity_basis_points(), 5'000);
  EXPECT_EQ(Stored(world, "one").specificity_basis_points(), 10'000);
  EXPECT_EQ(Stored(world, "none").used_by_occupations(), 0);
  EXPECT_EQ(Stored(world, "none").specificity_basis_points(), 5'000);
  EXPECT_EQ(Stored(world, "o1").specificity_basis_points(), 0);
  // The scoring core sees the same numbers.
  const auto taxonomy = world.catalog().snapshot()->taxonomy();
  for (const char* id : {"all", "half", "one", "none"}) {
    EXPECT_EQ(taxonomy->specificity(*taxonomy->Find(Named(id))),
              Stored(world, id).specificity_basis_points());
  }
}

TEST(ImportTest, MappingsMayPointToWhatWasNeverImported) {
  v1::Concept skill = MakeSkill("a");
  skill.add_mappings()->set_target("taxonomies/onet/concepts/x");
  skill.mutable_mappings(0)->set_relation(v1::MAPPING_RELATION_EXACT);
  TaxonomyWorld world;
  EXPECT_TRUE(world.Import({skill}).ok());
}

TEST(ImportTest, ALaterVersionKeepsWhatIsGoneAsDeprecated) {
  TaxonomyWorld world;
  ASSERT_TRUE(world.Import({MakeSkill("stays"), MakeSkill("goes", "goes away")}).ok());
  const auto later = world.Import({MakeSkill("stays"), MakeSkill("comes")});
  ASSERT_TRUE(later.ok());
  EXPECT_EQ(later->added_concepts(), 1);
  EXPECT_EQ(later->deprecated_concepts(), 1);
  EXPECT_EQ(later->taxonomy().concept_count(), 3);
  EXPECT_EQ(Stored(world, "goes").state(), v1::CONCEPT_STATE_DEPRECATED);
  EXPECT_EQ(Stored(world, "goes").labels(0).preferred(), "goes away");
  EXPECT_EQ(Stored(world, "stays").state(), v1::CONCEPT_STATE_ACTIVE);
  // Passports and tasks that name it are still understood; nobody is offered it.
  EXPECT_EQ(world.catalog().KindOf(Named("goes")), v1::CONCEPT_KIND_SKILL);
  EXPECT_THAT(world.Search("goes", "en"), IsEmpty());

  const auto third = world.Import({MakeSkill("stays"), MakeSkill("comes"), MakeSkill("goes")});
  ASSERT_TRUE(third.ok());
  EXPECT_EQ(third->added_concepts(), 0);
  EXPECT_EQ(third->deprecated_concepts(), 0);
  EXPECT_EQ(Stored(world, "goes").state(), v1::CONCEPT_STATE_ACTIVE);
  EXPECT_THAT(world.Search("goes", "en"), ElementsAre("goes"));
}

TEST(ImportTest, WhatStaysTheSameIsNotWrittenAgain) {
  TaxonomyWorld world;
  ASSERT_TRUE(world.Import({MakeSkill("same"), MakeSkill("other", "before")}).ok());
  const auto first = StoredTaxonomy(world);
  world.Advance(absl::Hours(1));
  ASSERT_TRUE(world.Import({MakeSkill("same"), MakeSkill("other", "after")}).ok());
  const auto records = world.store().Read({{storage::RecordKind::kConcept, "esco/same"},
                                           {storage::RecordKind::kConcept, "esco/other"},
                                           {storage::RecordKind::kTaxonomy, "esco"}});
  ASSERT_TRUE(records.ok());
  EXPECT_EQ((*records)[0]->version, 1u);
  EXPECT_EQ((*records)[1]->version, 2u);
  EXPECT_EQ((*records)[2]->version, 2u);
  EXPECT_NE(StoredTaxonomy(world)->etag(), first->etag());
}

TEST(ImportTest, ValidateOnlyAnswersAndWritesNothing) {
  TaxonomyWorld world;
  ASSERT_TRUE(world.Import({MakeSkill("a")}).ok());
  const auto snapshot = world.catalog().snapshot();
  const auto response = world.Import({MakeSkill("b"), MakeSkill("c")}, /*validate_only=*/true);
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->added_concepts(), 2);
  EXPECT_EQ(response->deprecated_concepts(), 1);
  EXPECT_THAT(response->taxonomy().etag(), IsEmpty());
  EXPECT_EQ(world.store().LastSequence(), 1u);
  EXPECT_EQ(world.catalog().snapshot(), snapshot);
}

TEST(ImportTest, TaxonomiesDoNotTouchEachOther) {
  TaxonomyWorld world;
  ASSERT_TRUE(world.Import({MakeSkill("a")}).ok());
  v1::ImportTaxonomyRequest header = HeaderPart();
  header.mutable_header()->mutable_taxonomy()->set_name("taxonomies/esco-nl");
  v1::Concept other = MakeSkill("a", "another one");
  other.set_name("taxonomies/esco-nl/concepts/a");
  ASSERT_TRUE(world.ImportParts(Ended({header, ConceptsPart({other})})).ok());
  ASSERT_TRUE(world.Import({MakeSkill("b")}).ok());
  EXPECT_EQ(Stored(world, "a").state(), v1::CONCEPT_STATE_DEPRECATED);
  EXPECT_THAT(world.Search("another", "en"), ElementsAre("another one"));
}

TEST(ImportTest, IsThereAfterARestart) {
  TaxonomyWorld world;
  ASSERT_TRUE(world.Import({MakeSkill("a", "clean windows")}).ok());
  TaxonomyWorld restarted(world.store());
  EXPECT_THAT(restarted.Search("clean", "en"), ElementsAre("clean windows"));
  EXPECT_EQ(restarted.catalog().KindOf(Named("a")), v1::CONCEPT_KIND_SKILL);
}

// A store that lets something happen just before each commit.
class InterruptedStore : public storage::Store {
 public:
  explicit InterruptedStore(std::function<void()> before_commit)
      : store_(storage::NewMemoryStore()), before_commit_(std::move(before_commit)) {}

  absl::StatusOr<storage::CommitResult> Commit(storage::Batch batch) override {
    if (auto interruption = std::exchange(before_commit_, nullptr)) interruption();
    return store_->Commit(std::move(batch));
  }
  absl::StatusOr<std::vector<std::optional<storage::Record>>> Read(
      const std::vector<storage::Key>& keys) const override {
    return store_->Read(keys);
  }
  absl::Status Scan(const storage::ScanRange& range,
                    const std::function<bool(storage::Record)>& visit) const override {
    return store_->Scan(range, visit);
  }
  absl::StatusOr<std::unique_ptr<storage::Snapshot>> GetSnapshot() const override {
    return store_->GetSnapshot();
  }
  absl::StatusOr<std::vector<storage::JournalEntry>> Tail(storage::Sequence after,
                                                          size_t limit) const override {
    return store_->Tail(after, limit);
  }
  absl::StatusOr<storage::JournalSpan> CheckJournal() const override {
    return store_->CheckJournal();
  }
  absl::StatusOr<storage::ChainPoint> ChainAt(storage::Sequence sequence) const override {
    return store_->ChainAt(sequence);
  }
  storage::Sequence LastSequence() const override { return store_->LastSequence(); }
  storage::Sequence AwaitCommit(storage::Sequence after, absl::Duration at_most) const override {
    return store_->AwaitCommit(after, at_most);
  }
  absl::StatusOr<std::optional<storage::Receipt>> FindReceipt(
      std::string_view request) const override {
    return store_->FindReceipt(request);
  }
  absl::Status CompactJournal(storage::Sequence through) override {
    return store_->CompactJournal(through);
  }
  absl::Status Fence(uint64_t epoch) override { return store_->Fence(epoch); }

 private:
  std::unique_ptr<storage::Store> store_;
  std::function<void()> before_commit_;
};

TEST(ImportTest, RefusesToMixWithAnImportThatCameInBetween) {
  std::function<void()> in_between;
  InterruptedStore store([&in_between] { in_between(); });
  TaxonomyWorld world(store);
  TaxonomyWorld other(store);
  in_between = [&other] { ASSERT_TRUE(other.Import({MakeSkill("theirs")}).ok()); };
  const auto refused = world.Import({MakeSkill("ours")});
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kAborted);
  EXPECT_THAT(
      ErrorText(refused.status()),
      Eq("ETAG_MISMATCH etag=" + StoredTaxonomy(other)->etag() + " resource=taxonomies/esco"));
  EXPECT_EQ(store.LastSequence(), 1u);
  EXPECT_EQ(other.catalog().KindOf(Named("ours")), std::nullopt);
  EXPECT_EQ(other.catalog().KindOf(Named("theirs")), v1::CONCEPT_KIND_SKILL);
}

TEST(ImportTest, ManyAtOnceLeaveOneOfThemWhole) {
  TaxonomyWorld world;
  const auto import = [&world](const std::string& mark) {
    for (int round = 0; round < 20; ++round) {
      const auto done = world.Import({MakeSkill("a", mark), MakeSkill("b", mark)});
      EXPECT_TRUE(done.ok() || done.status().code() == absl::StatusCode::kAborted) << done.status();
    }
  };
  std::vector<std::thread> threads;
  for (const char* mark : {"one", "two", "three"}) threads.emplace_back(import, mark);
  for (int i = 0; i < 200; ++i) {
    const auto snapshot = world.catalog().snapshot();
    if (snapshot->taxonomy()->size() == 0) continue;
    EXPECT_EQ(snapshot->LabelOf(0, Language::kEnglish), snapshot->LabelOf(1, Language::kEnglish));
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Stored(world, "a").labels(0).preferred(), Stored(world, "b").labels(0).preferred());
  EXPECT_EQ(world.catalog().snapshot()->LabelOf(0, Language::kEnglish),
            Stored(world, "a").labels(0).preferred());
}

}  // namespace
}  // namespace passend::service

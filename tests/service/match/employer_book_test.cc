#include "service/match/employer_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>

#include "storage/memory_store.h"

namespace passend::service {
namespace {

constexpr char kGarden[] = "employers/garden";
constexpr absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

// A budget with one kind of work, changed by `change`: what becomes of whoever reads it.
absl::Status ReadChanged(const std::function<void(store::v1::EmployerBudget&)>& change) {
  const auto store = storage::NewMemoryStore();
  const CandidateReferences references(std::string(32, 's'));
  store::v1::EmployerBudget budget;
  store::v1::KindOfWork& kind = *budget.add_kinds();
  kind.set_digest(std::string(32, 'k'));
  kind.mutable_renew_time()->set_seconds(absl::ToUnixSeconds(kNow) + 60);
  kind.add_lists(std::string(32, 'a'));
  change(budget);
  storage::Batch batch;
  batch.mutations.push_back(
      {{storage::RecordKind::kEmployerBudget, references.Make(kGarden, "budget", "")},
       budget.SerializeAsString()});
  EXPECT_TRUE(store->Commit(std::move(batch)).ok());
  return EmployerBook(*store, references, {}).OfEmployer(kGarden, kNow).status();
}

TEST(EmployerBookTest, ABudgetThatNobodyWritesIsDamaged) {
  EXPECT_TRUE(ReadChanged([](auto&) {}).ok());
  EXPECT_TRUE(absl::IsDataLoss(ReadChanged([](auto& budget) {
    const store::v1::KindOfWork twin = budget.kinds(0);
    *budget.add_kinds() = twin;
  }))) << "a kind of work twice";
  for (const std::string& id : {std::string(), std::string(257, 'a')}) {
    EXPECT_TRUE(absl::IsDataLoss(ReadChanged([&](auto& budget) {
      budget.mutable_kinds(0)->add_lists(id);
    }))) << id.size();
  }
}

}  // namespace
}  // namespace passend::service

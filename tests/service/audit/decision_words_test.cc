#include "service/audit/decision_words.h"

#include <gtest/gtest.h>

#include <limits>

#include "matcher/policy.h"
#include "service/audit/audit_keys.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

constexpr char kAnswer[] = "0123456789abcdef0123456789abcdef";

store::v1::Decision Weighed() {
  store::v1::Decision decision;
  for (int weight = 0; weight < matcher::kDimensions; ++weight) decision.add_weights(1);
  return decision;
}

// Of a decision about anna, whose look says the rest of it.
absl::Status ReadWith(const store::v1::Decision& in_look) {
  store::v1::Decision decision;
  decision.set_passport("anna");
  store::v1::Look look;
  *look.mutable_decision() = in_look;
  const auto store = storage::NewMemoryStore();
  storage::Batch batch;
  batch.mutations = {{DecisionKey(kAnswer), decision.SerializeAsString()},
                     {LookKey("anna", kAnswer), look.SerializeAsString()}};
  EXPECT_TRUE(store->Commit(std::move(batch)).ok());
  return ReadDecision(**store->GetSnapshot(), kAnswer).status();
}

TEST(DecisionWords, ALookDoesNotAddPeopleOrListsToItsDecision) {
  EXPECT_TRUE(ReadWith(Weighed()).ok());

  store::v1::Decision more_people = Weighed();
  more_people.add_people("ben");
  more_people.add_ranks(1);
  EXPECT_TRUE(absl::IsDataLoss(ReadWith(more_people)));

  store::v1::Decision long_list = Weighed();
  long_list.mutable_employer_list()->set_first_rank(1);
  long_list.mutable_employer_list()->set_last_rank(std::numeric_limits<int32_t>::max());
  EXPECT_TRUE(absl::IsDataLoss(ReadWith(long_list)));

  store::v1::Decision early_list = Weighed();
  early_list.mutable_employer_list()->set_first_rank(std::numeric_limits<int32_t>::min());
  EXPECT_TRUE(absl::IsDataLoss(ReadWith(early_list)));
}

}  // namespace
}  // namespace passend::service

#include "tests/service/feed/model_reader.h"

#include <gtest/gtest.h>

namespace passend::service {

void ModelReader::Apply(const v1::WatchResponse& response) {
  EXPECT_FALSE(response.cursor().empty());
  cursor_ = response.cursor();
  const bool of_snapshot = !complete_;
  std::set<std::string> told_here;
  for (const v1::WatchChange& change : response.changes()) {
    ++told_;
    const std::string& name = change.passport_name();
    ASSERT_FALSE(name.empty());
    ASSERT_GT(change.sequence(), 0);
    ASSERT_NE(change.state_case(), v1::WatchChange::STATE_NOT_SET) << "a change has a state";
    EXPECT_TRUE(told_here.insert(name).second || !of_snapshot) << "told twice in one answer";
    if (of_snapshot) {
      EXPECT_LT(last_name_, name) << "a snapshot is in the order of the names";
      last_name_ = name;
    } else {
      EXPECT_GE(change.sequence(), tail_sequence_) << "in the order of the commits";
      tail_sequence_ = change.sequence();
    }
    EXPECT_GE(change.sequence(), sequences_[name]) << name << " went back in time";
    sequences_[name] = change.sequence();
    ever_named_.insert(name);
    const bool is_erased =
        change.has_passport() ? false : change.removal() == v1::WATCH_REMOVAL_ERASED;
    EXPECT_TRUE(is_erased || !erased_.contains(name)) << "something was told after an erasure";
    if (is_erased) erased_.insert(name);
    if (change.has_passport()) {
      v1::WatchChange kept = change;
      kept.clear_sequence();
      people_[name] = std::move(kept);
    } else {
      people_.erase(name);
      EXPECT_EQ(change.validations_size(), 0) << "nothing but the name of who is to be forgotten";
    }
  }
  EXPECT_TRUE(response.snapshot_complete() || !complete_) << "a snapshot begins only once";
  complete_ = response.snapshot_complete();
  if (response.data_sequence() > 0) {
    EXPECT_TRUE(complete_);
    EXPECT_GE(response.data_sequence(), data_sequence_);
    EXPECT_GE(response.data_sequence(), tail_sequence_);
    data_sequence_ = response.data_sequence();
  }
}

void ModelReader::BeginAgain() {
  people_.clear();
  cursor_.clear();
  last_name_.clear();
  complete_ = false;
  tail_sequence_ = 0;
}

}  // namespace passend::service

// A server on disk whose rankings are replayed.
#ifndef PASSEND_TESTS_SERVICE_AUDIT_REPLAY_SCENE_H_
#define PASSEND_TESTS_SERVICE_AUDIT_REPLAY_SCENE_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "service/errors/error_status.h"
#include "storage/person_keys.h"
#include "storage/rocksdb_store.h"
#include "tests/matcher/random_source.h"
#include "tests/service/audit/audit_world.h"
#include "tests/storage/damage.h"
#include "tests/storage/fixed_wrapper.h"
#include "tests/storage/store_factories.h"

namespace passend::service {

inline const std::vector<std::string> kSkills = {"weed", "dig", "sow"};

// A server on disk with encrypted people, that can be started anew.
class ReplayScene : public testing::Test {
 protected:
  ReplayScene() { Start(); }

  void Stop() {
    world_.reset();
    store_.reset();
    keys_.reset();
  }

  void Start() {
    Stop();
    storage::OpenOptions options;
    options.directory = directory_.path() + "/data";
    auto keys = storage::PersonKeys::Open(
        {directory_.path() + "/keys", std::make_shared<storage::FixedWrapper>()});
    ASSERT_TRUE(keys.ok()) << keys.status();
    keys_ = *std::move(keys);
    options.keys = keys_;
    auto store = storage::OpenRocksDbStore(std::move(options));
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
    world_ = std::make_unique<AuditWorld>(*store_);
  }

  std::string ASkill() { return kSkills[random_() % kSkills.size()]; }
  const std::string& Somebody() { return people_[random_() % people_.size()]; }
  const std::string& ATask() { return tasks_[random_() % tasks_.size()]; }

  void Fill(int people, int tasks) {
    world_->ImportSkills("1", kSkills);
    for (int i = 0; i < people; ++i) {
      people_.push_back(world_->CreatePassport(random_));
      world_->Record(people_.back(), ASkill(), 1 + static_cast<int>(random_() % 5));
    }
    for (int i = 0; i < tasks; ++i) tasks_.push_back(world_->CreateTask(ASkill(), random_));
  }

  // Anything that changes what is ranked.
  void Write() {
    switch (random_() % 5) {
      case 0:
        people_.push_back(world_->CreatePassport(random_));
        break;
      case 1:
        world_->UpdatePassport(Somebody(), random_);
        break;
      case 2:
        world_->UpdateTask(ATask(), random_);
        break;
      default:
        world_->Record(Somebody(), ASkill(), 1 + static_cast<int>(random_() % 5));
    }
  }

  // One ranking, with up to three pages of it; how many answers that are.
  int Rank() {
    if (random_() % 4 == 0) {
      v1::FindTasksRequest request;
      request.set_passport(Somebody());
      const auto found = world_->Call<v1::FindTasksResponse>("MatchService.FindTasks", request);
      EXPECT_TRUE(found.ok()) << found.status();
      return 1;
    }
    v1::FindCandidatesRequest request;
    request.set_task(ATask());
    request.set_page_size(1 + static_cast<int>(random_() % 8));
    if (random_() % 2 == 0) request.add_regions("groningen");
    if (random_() % 3 == 0) request.mutable_options()->set_seed("another");
    int pages = 0;
    do {
      request.set_page_token(world_->FindCandidates(request).next_page_token());
      ++pages;
    } while (!request.page_token().empty() && pages < 3);
    return pages;
  }

  // The list that the task's employer is shown: all pages, or the first ones; how many. None where
  // the task has had as many lists as there may be in a month.
  int RankForEmployer(const std::string& task, int page_size = 200, int pages_max = 100) {
    v1::FindCandidatesRequest request;
    request.set_task(task);
    request.set_page_size(page_size);
    int pages = 0;
    do {
      const auto page = world_->Call<v1::FindCandidatesResponse>(
          "MatchService.FindCandidates", request, CallerAs(Role::kEmployer, "garden"));
      if (!page.ok()) {
        EXPECT_EQ(ReasonOf(page.status()), v1::ERROR_REASON_LIST_BUDGET) << page.status();
        break;
      }
      request.set_page_token(page->next_page_token());
      ++pages;
    } while (!request.page_token().empty() && pages < pages_max);
    return pages;
  }

  const uint64_t seed_ = matcher::NumberFrom("PASSEND_SEED", std::random_device()());
  std::mt19937_64 random_{seed_};
  storage::TemporaryDirectory directory_;
  std::shared_ptr<storage::PersonKeys> keys_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<AuditWorld> world_;
  std::vector<std::string> people_;
  std::vector<std::string> tasks_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_AUDIT_REPLAY_SCENE_H_

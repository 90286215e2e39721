// While a writer commits one thing after the other, everything that is answered is exactly what the
// plain scorer makes of the store after the commit that the answer names: no newer, no older.
#include <atomic>
#include <chrono>
#include <optional>
#include <random>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "service/match/fit_projection.h"
#include "service/match/match_page.h"
#include "service/match/projection.h"
#include "storage/rocksdb_store.h"
#include "tests/service/client/temporary_folder.h"
#include "tests/service/match/match_world.h"
#include "tests/service/match/store_moments.h"

namespace passend::service {
namespace {

constexpr int kPassports = 40;
constexpr int kTasks = 30;

std::string IdOf(const std::string& name) { return name.substr(name.find('/') + 1); }

struct StoreCase {
  std::string name;
  int commits;
  bool on_disk;
};

class ExactVersionTest : public testing::TestWithParam<StoreCase> {
 public:
  ExactVersionTest() : world_(OpenStore()), moments_(world_.store()) { moments_.Take(); }

  // One write of any kind, and its moment.
  void Write(std::mt19937_64& random) {
    const auto below = [&](int limit) { return static_cast<int>(random() % limit); };
    const std::string id = absl::StrCat("p", below(kPassports));
    switch (below(16)) {
      case 0:
      case 1:
      case 2: {
        v1::Passport passport = AGardener(id);
        passport.set_state(below(4) == 0 ? v1::PASSPORT_STATE_PAUSED : v1::PASSPORT_STATE_ACTIVE);
        passport.set_region(below(2) == 0 ? "groningen" : "utrecht");
        passport.mutable_wishes()->mutable_hours()->set_weekly_hours_max(12 + below(20));
        world_.Put(passport);
        break;
      }
      case 3:
        world_.Erase(id);
        break;
      case 4:
      case 5:
      case 6: {
        v1::Task task = AGardenTask(absl::StrCat("t", below(kTasks)));
        task.set_state(below(5) == 0 ? v1::TASK_STATE_CLOSED : v1::TASK_STATE_OPEN);
        task.set_title(absl::StrCat("Garden help, edition ", below(1'000'000)));
        task.mutable_hours()->set_start_weekly_hours(8 + below(16));
        task.mutable_required_skills(0)->set_skill(Named(ASkill(random)));
        world_.Put(task);
        break;
      }
      case 7:
        world_.exposures().Record(
            {id}, world_.now() + absl::Seconds(static_cast<int>(world_.store().LastSequence())));
        ASSERT_TRUE(world_.exposures().Flush().ok());
        break;
      case 8:
        if (below(6) == 0) {
          matcher::Policy policy;
          policy.wishes.unmet = 1'000 + below(5'000);
          world_.PublishPolicy(++policies_, policy);
        }
        break;
      case 9:
        if (below(5) == 0) Import();
        break;
      case 10:
      case 11:
      case 12:
      case 13:
        world_.Look(id);
        break;
      default:
        world_.Record(id, ASkill(random), 1 + below(5));
    }
    moments_.Take();
  }

  // Each import adds a skill that comes before all others, so that all indices of concepts shift.
  void Import() {
    std::vector<v1::Concept> concepts = {MakeSkill("weed"), MakeSkill("dig"),
                                         MakeOccupation("gardener", {"weed", "dig"})};
    ++extra_skills_;
    for (int extra = 0; extra < extra_skills_; ++extra) concepts.push_back(MakeSkill(Extra(extra)));
    const auto imported = world_.taxonomies().Import(std::move(concepts));
    ASSERT_TRUE(imported.ok()) << imported.status();
  }
  static std::string Extra(int number) { return absl::StrCat("a", 1'000 - number); }
  std::string ASkill(std::mt19937_64& random) const {
    if (extra_skills_ > 0 && random() % 3 == 0) {
      return Extra(static_cast<int>(random() % static_cast<uint64_t>(extra_skills_)));
    }
    return random() % 2 == 0 ? "weed" : "dig";
  }

  // What `basis` stands for; checked for freshness.
  std::unique_ptr<Remade> Check(const v1::MatchBasis& basis, storage::Sequence last_before,
                                storage::Sequence asked) {
    EXPECT_GE(basis.data_sequence(), last_before);
    auto remade = Remake(basis, moments_);
    EXPECT_NE(remade, nullptr) << "made from what never was: " << basis.ShortDebugString();
    if (remade == nullptr) return nullptr;
    EXPECT_LE(remade->import, basis.data_sequence()) << "the vocabulary is newer than the data";
    EXPECT_FALSE(remade->moment->UsesUnknownSkills(*remade->scoring.taxonomy));
    const auto asked_for = asked == 0 ? nullptr : moments_.At(asked);
    if (asked_for != nullptr) {
      EXPECT_GE(basis.data_sequence(), asked);
      EXPECT_GE(remade->import, asked_for->last_import);
    }
    if (remade->import == remade->moment->last_import) ++of_newest_vocabulary_;
    ++compared_;
    return remade;
  }

  void AskForCandidates(std::mt19937_64& random) {
    v1::FindCandidatesRequest request;
    request.set_task(absl::StrCat("tasks/t", random() % kTasks));
    request.set_page_size(static_cast<int>(1 + random() % 20));
    if (random() % 2 == 0) request.add_regions("groningen");
    const storage::Sequence last = world_.store().LastSequence();
    if (random() % 4 == 0) request.set_min_data_sequence(static_cast<int64_t>(last));
    std::unique_ptr<Remade> remade;
    std::string basis;
    matcher::Ranking expected;
    std::set<int32_t> places;
    do {
      const auto page = world_.candidates().Find(world_.Call(), request);
      if (!page.ok()) {
        ASSERT_TRUE(remade == nullptr &&
                    (ReasonOf(page.status()) == v1::ERROR_REASON_TASK_NOT_FOUND ||
                     ReasonOf(page.status()) == v1::ERROR_REASON_TASK_CLOSED))
            << page.status();
        return;
      }
      if (remade == nullptr) {
        remade =
            Check(page->basis(), last, static_cast<storage::Sequence>(request.min_data_sequence()));
        ASSERT_NE(remade, nullptr);
        basis = page->basis().SerializeAsString();
        std::vector<matcher::Person> people;
        for (matcher::Person& person : remade->moment->ActivePeople(*remade->scoring.taxonomy)) {
          if (request.regions().empty() || person.region == request.regions(0)) {
            people.push_back(std::move(person));
          }
        }
        const v1::Task& task = remade->moment->tasks.at(IdOf(request.task()));
        ASSERT_EQ(task.state(), v1::TASK_STATE_OPEN);
        expected = RankPlainly(
            matcher::ReferenceScorer(remade->scoring, WorkOf(task, *remade->scoring.taxonomy)),
            people, request.task(), kListedMax);
      }
      ASSERT_EQ(page->basis().SerializeAsString(), basis);
      ASSERT_EQ(page->summary().SerializeAsString(), ToProto(expected.counts).SerializeAsString());
      for (const v1::Candidate& candidate : page->candidates()) {
        const size_t place = static_cast<size_t>(candidate.rank()) - 1;
        ASSERT_LT(place, expected.list.size());
        ASSERT_EQ(candidate.passport(), expected.list[place].name);
        ASSERT_EQ(candidate.fit().score_basis_points(), expected.list[place].score);
        ASSERT_TRUE(places.insert(candidate.rank()).second);
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    for (size_t place = 0; place < expected.list.size(); ++place) {
      if (places.contains(static_cast<int32_t>(place) + 1)) continue;
      ASSERT_TRUE(moments_.ErasedAfter(remade->moment->sequence, IdOf(expected.list[place].name)));
    }
  }

  void AskForTasks(std::mt19937_64& random) {
    v1::FindTasksRequest request;
    request.set_passport(absl::StrCat("passports/p", random() % kPassports));
    request.set_page_size(static_cast<int>(1 + random() % 20));
    const storage::Sequence last = world_.store().LastSequence();
    if (random() % 4 == 0) request.set_min_data_sequence(static_cast<int64_t>(last));
    std::unique_ptr<Remade> remade;
    matcher::Ranking expected;
    size_t place = 0;
    do {
      const auto page = world_.tasks().Find(world_.Call(), request);
      if (!page.ok()) {  // not there, or erased between two pages
        ASSERT_EQ(ReasonOf(page.status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
        return;
      }
      if (remade == nullptr) {
        remade =
            Check(page->basis(), last, static_cast<storage::Sequence>(request.min_data_sequence()));
        ASSERT_NE(remade, nullptr);
        const matcher::Taxonomy& taxonomy = *remade->scoring.taxonomy;
        ASSERT_TRUE(remade->moment->passports.contains(IdOf(request.passport())));
        expected = RankWorkPlainly(remade->scoring, remade->moment->OpenWork(taxonomy),
                                   remade->moment->PersonOfId(IdOf(request.passport()), taxonomy),
                                   request.passport(), kListedMax);
      }
      ASSERT_EQ(page->basis().data_sequence(), remade->moment->sequence);
      ASSERT_EQ(page->summary().SerializeAsString(), ToProto(expected.counts).SerializeAsString());
      for (const v1::TaskMatch& match : page->tasks()) {
        ASSERT_LT(place, expected.list.size());
        ASSERT_EQ(match.task(), expected.list[place].name);
        ASSERT_EQ(match.fit().score_basis_points(), expected.list[place].score);
        ASSERT_EQ(match.title(), remade->moment->tasks.at(IdOf(match.task())).title());
        ++place;
      }
      for (const v1::TaskMatch& match : page->nearest()) {
        const v1::Task& task = remade->moment->tasks.at(IdOf(match.task()));
        ASSERT_EQ(task.state(), v1::TASK_STATE_OPEN);
        ASSERT_EQ(match.title(), task.title());
        ASSERT_EQ(match.fit().outcome(), v1::FIT_OUTCOME_EXCLUDED);
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    ASSERT_EQ(place, expected.list.size());
  }

  void AskForAnExplanation(std::mt19937_64& random) {
    v1::ExplainMatchRequest request;
    request.set_passport(absl::StrCat("passports/p", random() % kPassports));
    request.set_task(absl::StrCat("tasks/t", random() % kTasks));
    const storage::Sequence last = world_.store().LastSequence();
    const auto explained = Explain(world_.Call(), request, world_.parts());
    if (!explained.ok()) {
      ASSERT_EQ(explained.status().code(), absl::StatusCode::kNotFound) << explained.status();
      return;
    }
    const auto remade = Check(explained->basis(), last, 0);
    ASSERT_NE(remade, nullptr);
    const matcher::Taxonomy& taxonomy = *remade->scoring.taxonomy;
    const matcher::ReferenceScorer scorer(
        remade->scoring, WorkOf(remade->moment->tasks.at(IdOf(request.task())), taxonomy));
    const matcher::Person person = remade->moment->PersonOfId(IdOf(request.passport()), taxonomy);
    const v1::Fit fit = ToProto({remade->scoring, scorer.work(), person, scorer.Score(person)},
                                "nl", LabelsIn(*remade->vocabulary, "nl"), FitDetail::kFull);
    ASSERT_EQ(explained->fit().SerializeAsString(), fit.SerializeAsString());
  }

  std::unique_ptr<storage::Store> OpenStore() {
    if (!GetParam().on_disk) return nullptr;
    folder_.emplace();
    auto store = storage::OpenRocksDbStore({.directory = folder_->path() + "/data"});
    EXPECT_TRUE(store.ok()) << store.status();
    return *std::move(store);
  }

  std::optional<client::TemporaryFolder> folder_;  // outlives the world's store
  MatchWorld world_;
  StoreMoments moments_;
  uint32_t policies_ = 0;
  int extra_skills_ = 0;
  std::atomic<int> compared_ = 0;
  std::atomic<int> of_newest_vocabulary_ = 0;
};

TEST_P(ExactVersionTest, EveryAnswerIsOfTheCommitThatItNames) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937_64 random(seed);
  for (int commit = 0; commit < 100; ++commit) Write(random);
  std::atomic<bool> done = false;
  using Asker = void (ExactVersionTest::*)(std::mt19937_64&);
  std::vector<std::thread> readers;
  for (const Asker ask : {&ExactVersionTest::AskForCandidates, &ExactVersionTest::AskForCandidates,
                          &ExactVersionTest::AskForTasks, &ExactVersionTest::AskForAnExplanation}) {
    readers.emplace_back([this, &done, ask, own = std::mt19937_64(random())]() mutable {
      while (!done && !HasFatalFailure()) (this->*ask)(own);
    });
  }
  // Neither side can keep the other out: it ends only when both got on.
  for (int commit = 0; (commit < GetParam().commits || compared_ < 400) && !HasFailure();
       ++commit) {
    Write(random);
    // Now in bursts, now one by one.
    if (random() % 4 == 0) std::this_thread::sleep_for(std::chrono::microseconds(random() % 3'000));
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_GT(of_newest_vocabulary_, 0);
  RecordProperty("compared", compared_);
  std::printf("%d answers compared, %d of them of the newest vocabulary, up to commit %d\n",
              compared_.load(), of_newest_vocabulary_.load(),
              static_cast<int>(world_.store().LastSequence()));
}

INSTANTIATE_TEST_SUITE_P(Stores, ExactVersionTest,
                         testing::Values(StoreCase{"Memory", 1'200, false},
                                         StoreCase{"RocksDb", 800, true}),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace passend::service

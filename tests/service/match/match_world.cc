#include "tests/service/match/match_world.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "service/audit/audit_keys.h"
#include "service/match/match_records.h"
#include "service/names/resource_names.h"
#include "service/policy_projection.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"
#include "service/records/validation_book.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

using storage::RecordKind;

storage::Mutation Deletion(storage::Key key) { return {std::move(key), std::nullopt}; }

}  // namespace

v1::Passport AGardener(const std::string& id) {
  v1::Passport passport;
  passport.set_name("passports/" + id);
  passport.set_state(v1::PASSPORT_STATE_ACTIVE);
  passport.set_region("groningen");
  v1::Wish& wish = *passport.mutable_wishes()->add_features();
  wish.set_feature(v1::WORK_FEATURE_GREEN);
  wish.set_attitude(v1::ATTITUDE_WANTS);
  wish.set_strength(3);
  passport.mutable_wishes()->add_participation_forms(v1::PARTICIPATION_FORM_BASIC_JOB);
  passport.mutable_wishes()->mutable_hours()->set_weekly_hours_min(8);
  passport.mutable_wishes()->mutable_hours()->set_weekly_hours_max(24);
  passport.mutable_support()->set_nothing_needed(true);
  return passport;
}

v1::Task AGardenTask(const std::string& id) {
  v1::Task task;
  task.set_name("tasks/" + id);
  task.set_state(v1::TASK_STATE_OPEN);
  task.set_employer("employers/garden");
  task.set_title("Garden help " + id);
  task.mutable_carving()->set_method(v1::CARVING_METHOD_JOB_CARVING);
  v1::RequiredSkill& skill = *task.add_required_skills();
  skill.set_skill(Named("weed"));
  skill.set_level(3);
  skill.set_importance(5);
  skill.set_learnable(true);
  task.add_features(v1::WORK_FEATURE_GREEN);
  task.set_participation_form(v1::PARTICIPATION_FORM_BASIC_JOB);
  task.mutable_hours()->set_start_weekly_hours(16);
  task.mutable_place()->set_region("groningen");
  task.mutable_place()->set_remote(true);
  task.set_pay_form(v1::PAY_FORM_MINIMUM_WAGE);
  task.mutable_additionality()->set_ground(v1::ADDITIONALITY_GROUND_NOT_DONE_BEFORE);
  task.mutable_additionality()->set_statement("Nobody tended this garden.");
  return task;
}

std::optional<matcher::Person> PersonIn(const MatchView& view, const std::string& name) {
  std::optional<matcher::Person> found;
  view.index->VisitPeople([&](const matcher::Person& person) {
    if (person.name == name) found = person;
    return !found;
  });
  return found;
}

std::optional<matcher::Work> WorkIn(const MatchView& view, const std::string& name) {
  std::optional<matcher::Work> found;
  view.index->VisitWorks([&](const matcher::Work& work) {
    if (work.name == name) found = work;
    return !found;
  });
  return found;
}

MatchWorld::MatchWorld(std::unique_ptr<storage::Store> store)
    : own_store_(store != nullptr ? std::move(store)
                                  : storage::NewMemoryStore({.clock = [this] { return now_; }})),
      store_(*own_store_),
      taxonomies_(store_),
      page_tokens_(std::string(32, 'p')),
      references_(std::string(32, 'r')) {
  const auto imported = taxonomies_.Import({InDutch(MakeSkill("weed", "weed"), {"wieden"}),
                                            InDutch(MakeSkill("dig", "dig"), {"spitten"}),
                                            MakeOccupation("gardener", {"weed", "dig"})});
  EXPECT_TRUE(imported.ok()) << imported.status();
  auto follower = IndexFollower::Start(store_, taxonomies_.catalog(), {.awaited = &store_});
  EXPECT_TRUE(follower.ok()) << follower.status();
  follower_ = *std::move(follower);
  exposures_ = std::make_unique<ExposureRecorder>(
      store_, [](std::string_view) {}, absl::InfiniteDuration());
  employers_ = std::make_unique<EmployerLists>(store_, parts());
  candidates_ = std::make_unique<CandidateFinder>(parts());
  tasks_ = std::make_unique<TaskFinder>(parts());
}

MatchWorld::~MatchWorld() = default;

MatchParts MatchWorld::parts() {
  return {store_,
          *follower_,
          taxonomies_.catalog(),
          page_tokens_,
          references_,
          exposures_.get(),
          {[this] { return now_; },
           [this](size_t count) {
             std::string bytes = absl::StrCat(random_++);
             bytes.resize(count, 'x');
             return bytes;
           }},
          nullptr,
          {},
          employers_.get(),
          &store_};
}

void MatchWorld::Commit(std::vector<storage::Mutation> mutations,
                        std::vector<storage::Event> events) {
  storage::Batch batch;
  batch.mutations = std::move(mutations);
  batch.events = std::move(events);
  const auto committed = store_.Commit(std::move(batch));
  ASSERT_TRUE(committed.ok()) << committed.status();
}

void MatchWorld::Put(const v1::Passport& passport) {
  const storage::Key key = KeyOf(*ParsePassportName(passport.name()));
  Commit({{key, StoredValue(passport)}}, {ChangeEvent(key, Change::kChanged)});
}

void MatchWorld::Put(const v1::Task& task) {
  const storage::Key key = KeyOf(*ParseTaskName(task.name()));
  Commit({{key, StoredValue(task)}}, {ChangeEvent(key, Change::kChanged)});
}

void MatchWorld::Record(const std::string& passport_id, const std::string& skill_id, int level) {
  v1::Validation validation;
  validation.set_skill(Named(skill_id));
  validation.set_level(level);
  validation.set_method(v1::VALIDATION_METHOD_OBSERVED);
  *validation.mutable_validate_time() = ToTimestamp(now_ - absl::Hours(24 * 30));
  const ValidationName name{{passport_id}, absl::StrFormat("v%04d", ++validations_)};
  validation.set_name(MakeName(name));
  auto book = ReadBook(store_, name.parent);
  ASSERT_TRUE(book.ok()) << book.status();
  book->Add(std::move(validation));
  Commit({{BookKeyOf(name.parent), StoredValue(*book)}},
         {ChangeEvent(KeyOf(name), Change::kChanged)});
}

void MatchWorld::Revoke(const std::string& passport_id, const std::string& validation_id) {
  const ValidationName name{{passport_id}, validation_id};
  auto book = ReadBook(store_, name.parent);
  ASSERT_TRUE(book.ok()) << book.status();
  v1::Validation* validation = book->Find(MakeName(name));
  ASSERT_NE(validation, nullptr);
  *validation->mutable_revoke_time() = ToTimestamp(now_);
  Commit({{BookKeyOf(name.parent), StoredValue(*book)}},
         {ChangeEvent(KeyOf(name), Change::kChanged)});
}

void MatchWorld::Erase(const std::string& passport_id) {
  const storage::Key key = KeyOf(PassportName{passport_id});
  Commit({Deletion(key), Deletion(ExposureKey(passport_id)),
          Deletion(BookKeyOf(PassportName{passport_id}))},
         {ChangeEvent(key, Change::kErased)});
}

void MatchWorld::Look(const std::string& passport_id) {
  const std::string answer = absl::StrCat("answer", ++looks_);
  Commit({{LookKey(passport_id, answer), "a look"}, {DecisionKey(answer), "a decision"}},
         {{LooksEventKey(answer), "whom"}, {DecisionKey(answer), "what"}});
}

void MatchWorld::PublishPolicy(uint32_t version, const matcher::Policy& policy) {
  const storage::Key key = KeyOf(PolicyName{version});
  Commit({{key, StoredValue(ToProto(policy))}}, {ChangeEvent(key, Change::kChanged)});
}

CallContext MatchWorld::Call() const {
  CallContext context;
  context.caller.role = Role::kOperator;
  context.caller.proof = Proof::kLocal;
  context.now = [] { return absl::Now(); };
  return context;
}

CallContext MatchWorld::CallOf(const std::string& employer_id) const {
  CallContext context = Call();
  context.caller.role = Role::kEmployer;
  context.caller.tenant = employer_id;
  context.caller.proof = Proof::kToken;
  return context;
}

std::vector<std::string> MatchWorld::CandidatesFor(const std::string& task_id) {
  v1::FindCandidatesRequest request;
  request.set_task("tasks/" + task_id);
  request.set_page_size(kMatchPageSizeMax);
  const auto page = candidates_->Find(Call(), request);
  EXPECT_TRUE(page.ok()) << page.status();
  std::vector<std::string> names;
  if (page.ok()) {
    for (const v1::Candidate& candidate : page->candidates()) names.push_back(candidate.passport());
  }
  return names;
}

MatchView MatchWorld::Current() const {
  auto view = follower_->AwaitComplete(store_.LastSequence(), Call());
  EXPECT_TRUE(view.ok()) << view.status();
  return *std::move(view);
}

}  // namespace passend::service

// What an employer is told of candidates, and how often.
#include "service/match/employer_lists.h"

#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr char kGarden[] = "garden";

void Needs(v1::Passport& passport, v1::SupportSolution solution) {
  passport.mutable_support()->set_nothing_needed(false);
  v1::SupportNeed& need = *passport.mutable_support()->add_needs();
  need.set_solution(solution);
  need.set_amount_percent(100);
  need.set_essential(true);
}

class EmployerListsTest : public testing::Test {
 protected:
  static v1::FindCandidatesRequest For(const std::string& task_id) {
    v1::FindCandidatesRequest request;
    request.set_task("tasks/" + task_id);
    return request;
  }
  absl::StatusOr<v1::FindCandidatesResponse> Find(const v1::FindCandidatesRequest& request,
                                                  const std::string& employer = kGarden) {
    return world_.candidates().Find(world_.CallOf(employer), request);
  }
  std::vector<std::string> Listed(const std::string& task_id) {
    auto answer = world_.employers().Find(world_.CallOf(kGarden), For(task_id));
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? answer->passports : std::vector<std::string>();
  }
  v1::Task Put(const std::string& id, int theme = v1::WORK_FEATURE_GREEN) {
    v1::Task task = AGardenTask(id);
    task.set_features(0, static_cast<v1::WorkFeature>(theme));
    world_.Put(task);
    return task;
  }

  MatchWorld world_;
};

TEST_F(EmployerListsTest, TellBandsAndEvidenceAndNoNumber) {
  Put("t");
  world_.Put(AGardener("p"));
  world_.Record("p", "weed", 4);

  const auto page = Find(For("t"));

  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_THAT(page->candidates(), SizeIs(1));
  const v1::Candidate& candidate = page->candidates(0);
  EXPECT_FALSE(candidate.has_fit());
  EXPECT_THAT(candidate.passport(), IsEmpty());
  EXPECT_THAT(candidate.candidate(), SizeIs(32));
  EXPECT_EQ(candidate.view().band(), v1::FIT_BAND_STRONG);
  ASSERT_THAT(candidate.view().skills(), SizeIs(1));
  EXPECT_EQ(candidate.view().skills(0).standing(), v1::SKILL_STANDING_MET);
  EXPECT_EQ(candidate.view().skills(0).method(), v1::VALIDATION_METHOD_OBSERVED);
  EXPECT_EQ(candidate.view().skills(0).age(), v1::EVIDENCE_AGE_RECENT);
  EXPECT_THAT(candidate.view().wishes_met(), ElementsAre(v1::WORK_FEATURE_GREEN));
  EXPECT_THAT(candidate.view().reasons(),
              ElementsAre(HasSubstr("Kan dit: wieden (gezien"), HasSubstr("Wil graag: groen")));
  EXPECT_FALSE(page->has_summary());
  EXPECT_EQ(page->basis().weights().support(), 0);
  EXPECT_EQ(page->basis().weights().pace(), 0);
}

// The same people in the same places, whatever they need and whatever is offered.
TEST_F(EmployerListsTest, DoNotDependOnPaceAndSupport) {
  v1::Task task = AGardenTask("t");
  task.set_kind(v1::WORK_KIND_GREEN);
  task.mutable_pace()->set_tempo_percent(100);
  world_.Put(task);
  v1::Passport needs = AGardener("p1");
  Needs(needs, v1::SUPPORT_SOLUTION_ORGANISATIONAL_QUIET_PLACE);
  Needs(needs, v1::SUPPORT_SOLUTION_TECHNICAL_TRANSPORT);
  v1::Pace& pace = *needs.add_paces();
  pace.set_kind(v1::WORK_KIND_GREEN);
  pace.set_tempo_percent(20);
  pace.set_basis(v1::PACE_BASIS_MEASURED);
  world_.Put(AGardener("p0"));
  world_.Put(needs);
  v1::Passport unknown = AGardener("p2");
  unknown.clear_support();
  world_.Put(unknown);
  for (const char* person : {"p0", "p1", "p2"}) world_.Record(person, "weed", 3);
  EXPECT_THAT(world_.CandidatesFor("t"), SizeIs(2));  // with needs, p1 is excluded

  const auto page = Find(For("t"));
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_THAT(page->candidates(), SizeIs(3));
  for (const v1::Candidate& candidate : page->candidates()) {
    EXPECT_EQ(candidate.view().SerializeAsString(), page->candidates(0).view().SerializeAsString());
  }
}

// Otherwise everybody who lives too far away would be in the list.
TEST_F(EmployerListsTest, DistanceStillCounts) {
  v1::Task task = AGardenTask("t");
  task.mutable_place()->clear_remote();
  task.mutable_place()->mutable_point()->set_latitude_centidegrees(5321);
  task.mutable_place()->mutable_point()->set_longitude_centidegrees(656);
  world_.Put(task);
  v1::Passport far = AGardener("far");
  v1::TravelLimit& travel = *far.mutable_wishes()->mutable_travel();
  travel.mutable_home()->set_latitude_centidegrees(5080);
  travel.mutable_home()->set_longitude_centidegrees(570);
  travel.set_minutes_max(30);
  travel.set_means(v1::TRAVEL_MEANS_CYCLING);
  world_.Put(far);
  world_.Put(AGardener("near"));
  EXPECT_THAT(Listed("t"), ElementsAre("passports/near"));
}

TEST_F(EmployerListsTest, AreMadeOnceAndGivenAgain) {
  Put("t");
  world_.Put(AGardener("p0"));
  world_.Put(AGardener("p1"));
  const auto first = Listed("t");
  ASSERT_THAT(first, SizeIs(2));
  const auto page = Find(For("t"));
  EXPECT_EQ(
      page->employer_list().renew_time().seconds() - page->employer_list().freeze_time().seconds(),
      30 * 24 * 3'600);

  // Who comes later, knows more, or asks for another pace and support changes nothing.
  world_.Put(AGardener("p2"));
  world_.Record(first[1].substr(std::string("passports/").size()), "weed", 5);
  v1::Task edited = AGardenTask("t");
  edited.set_title("Another title");
  edited.mutable_pace()->set_tempo_percent(90);
  v1::SupportOffer& offer = *edited.add_support_offers();
  offer.set_solution(v1::SUPPORT_SOLUTION_GUIDANCE_MENTOR);
  offer.set_amount_percent(50);
  world_.Put(edited);
  world_.Advance(absl::Hours(24 * 30 - 1));
  EXPECT_EQ(Listed("t"), first);
  const auto again = Find(For("t"));
  EXPECT_EQ(again->candidates(0).candidate(), page->candidates(0).candidate());

  world_.Advance(absl::Hours(1));
  EXPECT_THAT(Listed("t"), SizeIs(3));
  EXPECT_NE(Find(For("t"))->candidates(0).candidate(), page->candidates(0).candidate());
}

TEST_F(EmployerListsTest, ALeftPlaceStaysEmpty) {
  Put("t");
  for (const char* person : {"p0", "p1", "p2", "p3"}) world_.Put(AGardener(person));
  const auto first = Listed("t");
  ASSERT_THAT(first, SizeIs(4));
  world_.Erase(first[0].substr(std::string("passports/").size()));
  v1::Passport paused = AGardener(first[1].substr(std::string("passports/").size()));
  paused.set_state(v1::PASSPORT_STATE_PAUSED);
  world_.Put(paused);
  v1::Passport never = AGardener(first[2].substr(std::string("passports/").size()));
  never.mutable_wishes()->mutable_features(0)->set_attitude(v1::ATTITUDE_NEVER);
  world_.Put(never);
  EXPECT_THAT(Listed("t"), ElementsAre(first[3]));
  EXPECT_EQ(Find(For("t"))->candidates(0).rank(), 4);
}

TEST_F(EmployerListsTest, PagesAreOfTheSameList) {
  Put("t");
  for (int number = 0; number < 5; ++number) {
    world_.Put(AGardener("p" + std::to_string(number)));
  }
  std::set<std::string> seen;
  v1::FindCandidatesRequest request = For("t");
  request.set_page_size(2);
  for (int page = 0; page < 3; ++page) {
    const auto answer = Find(request);
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(answer->has_employer_list(), page == 0);
    for (const v1::Candidate& candidate : answer->candidates()) seen.insert(candidate.candidate());
    EXPECT_EQ(answer->next_page_token().empty(), page == 2);
    request.set_page_token(answer->next_page_token());
    world_.Advance(absl::Hours(1));
  }
  EXPECT_THAT(seen, SizeIs(5));
  request.set_page_token(Find([] {
                           auto first = For("t");
                           first.set_page_size(2);
                           return first;
                         }())
                             ->next_page_token());
  world_.Advance(absl::Hours(24 * 30));
  EXPECT_EQ(ReasonOf(Find(request).status()), v1::ERROR_REASON_PAGE_EXPIRED);
}

TEST_F(EmployerListsTest, TakeNoOptionButTheLanguage) {
  Put("t");
  world_.Put(AGardener("p"));
  v1::FindCandidatesRequest request = For("t");
  request.mutable_options()->set_language_code("en");
  EXPECT_TRUE(Find(request).ok());
  request.mutable_options()->mutable_weights()->set_support(10'000);
  request.mutable_options()->set_seed("s");
  request.mutable_options()->set_policy("policies/1");
  request.mutable_options()->mutable_as_of_time()->set_seconds(1'700'000'000);
  const absl::Status refused = Find(request).status();
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_INVALID_FIELD);
  const auto bad = BadRequestOf(refused);
  ASSERT_TRUE(bad.has_value());
  std::vector<std::string> fields;
  for (const auto& violation : bad->field_violations()) {
    fields.push_back(violation.field());
  }
  EXPECT_THAT(fields, ElementsAre("options.weights", "options.policy", "options.as_of_time",
                                  "options.seed"));
}

// Whoever turns a condition on and off would find out who never wants it.
TEST_F(EmployerListsTest, DoNotDependOnConditionsThatSomebodyNeverWants) {
  for (const char* id : {"p0", "p1"}) {
    v1::Passport person = AGardener(id);
    if (person.name() == "passports/p1") {
      v1::Wish& never = *person.mutable_wishes()->add_features();
      never.set_feature(v1::WORK_FEATURE_NOISE);
      never.set_attitude(v1::ATTITUDE_NEVER);
    }
    world_.Put(person);
  }
  v1::Task task = AGardenTask("t");
  task.add_features(v1::WORK_FEATURE_NOISE);
  world_.Put(task);
  EXPECT_THAT(world_.CandidatesFor("t"), SizeIs(1));  // closed to p1
  const auto page = Find(For("t"));
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_THAT(page->candidates(), SizeIs(2));
  EXPECT_EQ(page->candidates(0).view().SerializeAsString(),
            page->candidates(1).view().SerializeAsString());
  // What the work is about closes it all the same.
  v1::Passport never = AGardener("p1");
  never.mutable_wishes()->mutable_features(0)->set_attitude(v1::ATTITUDE_NEVER);
  world_.Put(never);
  EXPECT_THAT(Listed("t"), ElementsAre("passports/p0"));
}

// In these, conditions closed it.
TEST_F(EmployerListsTest, ThatWereMadeBeforeConditionsWereLaidAsideStayAsTheyWere) {
  v1::Task task = AGardenTask("t");
  task.add_features(v1::WORK_FEATURE_NOISE);
  world_.Put(task);
  world_.Put(AGardener("p"));
  ASSERT_THAT(Listed("t"), SizeIs(1));
  storage::Batch batch;
  EXPECT_TRUE(world_.store()
                  .Scan({storage::RecordKind::kEmployerList, "", ""},
                        [&](const storage::Record& record) {
                          store::v1::EmployerList list;
                          EXPECT_TRUE(list.ParseFromString(record.value));
                          list.clear_conditions_close_nothing();
                          batch.mutations.push_back({record.key, list.SerializeAsString()});
                          return true;
                        })
                  .ok());
  ASSERT_TRUE(world_.store().Commit(std::move(batch)).ok());
  v1::Passport never = AGardener("p");
  v1::Wish& wish = *never.mutable_wishes()->add_features();
  wish.set_feature(v1::WORK_FEATURE_NOISE);
  wish.set_attitude(v1::ATTITUDE_NEVER);
  world_.Put(never);
  EXPECT_THAT(Listed("t"), IsEmpty());
}

TEST_F(EmployerListsTest, SurviveARestart) {
  Put("t");
  world_.Put(AGardener("p0"));
  const auto first = Find(For("t"));
  world_.Put(AGardener("p1"));
  EmployerLists restarted(world_.store(), world_.parts());
  const auto again = restarted.Find(world_.CallOf(kGarden), For("t"));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_THAT(again->passports, ElementsAre("passports/p0"));
  EXPECT_EQ(again->response.candidates(0).candidate(), first->candidates(0).candidate());
}

TEST_F(EmployerListsTest, AreRemovedAfterTheirEndWhoeverAsksNoMore) {
  Put("t");
  world_.Put(AGardener("p"));
  ASSERT_TRUE(Find(For("t")).ok());
  world_.Advance(absl::Hours(24));
  Put("later", v1::WORK_FEATURE_CARE);
  ASSERT_TRUE(Find(For("later")).ok());
  const auto kept = [&] {
    std::vector<std::string> tasks;
    EXPECT_TRUE(world_.store()
                    .Scan({storage::RecordKind::kEmployerList, "", ""},
                          [&](const storage::Record& record) {
                            store::v1::EmployerList list;
                            EXPECT_TRUE(list.ParseFromString(record.value));
                            tasks.push_back(list.task().name());
                            return true;
                          })
                    .ok());
    return tasks;
  };
  ASSERT_TRUE(world_.employers().DropEnded().ok());
  EXPECT_THAT(kept(), SizeIs(2));
  world_.Advance(absl::Hours(24 * 29));
  ASSERT_TRUE(world_.employers().DropEnded().ok());
  EXPECT_THAT(kept(), ElementsAre("tasks/later"));
  EXPECT_EQ(Find(For("t"))->employer_list().lists_left(), 58);
}

// By a clock that is a year ahead all have ended: they go a day's worth at a time.
TEST_F(EmployerListsTest, GoADayAtATime) {
  Put("t");
  world_.Put(AGardener("p"));
  ASSERT_TRUE(Find(For("t")).ok());
  world_.Advance(absl::Hours(48));
  Put("later", v1::WORK_FEATURE_CARE);
  ASSERT_TRUE(Find(For("later")).ok());
  world_.Advance(absl::Hours(24 * 365));
  for (const size_t left : {1u, 0u}) {
    ASSERT_TRUE(world_.employers().DropEnded().ok());
    size_t kept = 0;
    ASSERT_TRUE(world_.store()
                    .Scan({storage::RecordKind::kEmployerList, "", ""},
                          [&](const storage::Record&) { return ++kept > 0; })
                    .ok());
    EXPECT_EQ(kept, left);
  }
}

TEST_F(EmployerListsTest, CountsAreCoarse) {
  Put("few");
  for (int number = 0; number < 9; ++number) {
    world_.Put(AGardener("p" + std::to_string(number)));
  }
  const v1::EmployerList few = Find(For("few"))->employer_list();
  EXPECT_TRUE(few.considered().fewer_than_ten());
  EXPECT_EQ(few.considered().at_least(), 0);
  for (int number = 9; number < 19; ++number) {
    world_.Put(AGardener("p" + std::to_string(number)));
  }
  Put("many", v1::WORK_FEATURE_WOOD);
  const v1::EmployerList many = Find(For("many"))->employer_list();
  EXPECT_FALSE(many.considered().fewer_than_ten());
  EXPECT_EQ(many.considered().at_least(), 10);
  // Too few people for anything to be said of their needs.
  EXPECT_EQ(many.offer().statement(), v1::OFFER_STATEMENT_UNSPECIFIED);
  EXPECT_THAT(many.offer().text(), HasSubstr("te weinig mensen"));
}

// Whoever could choose of whom it is said could find out about one of them.
TEST_F(EmployerListsTest, WhatTheOfferComesToIsSaidOfEverybodyWhicheverRegionIsAskedFor) {
  Put("t");
  for (int number = 0; number < 200; ++number) {
    v1::Passport person = AGardener("p" + std::to_string(number));
    person.set_region(number % 2 == 0 ? "groningen" : "twente");
    if (number % 2 == 0) Needs(person, v1::SUPPORT_SOLUTION_TECHNICAL_TRANSPORT);
    world_.Put(person);
  }
  std::set<std::string> offers;
  for (const std::vector<std::string>& regions :
       {std::vector<std::string>{}, {"groningen"}, {"twente"}, {"groningen", "twente"}}) {
    v1::FindCandidatesRequest request = For("t");
    for (const std::string& region : regions) request.add_regions(region);
    const auto page = Find(request);
    ASSERT_TRUE(page.ok()) << page.status();
    offers.insert(page->employer_list().offer().SerializeAsString());
    EXPECT_EQ(page->employer_list().offer().statement(), v1::OFFER_STATEMENT_ENOUGH_WITH);
  }
  EXPECT_THAT(offers, SizeIs(1));
}

TEST_F(EmployerListsTest, AReferenceStandsForSomebodyOfItsTaskOnly) {
  const v1::Task task = Put("t");
  const v1::Task same = Put("same");  // the same list, and other references
  world_.Put(AGardener("p"));
  const std::string reference = Find(For("t"))->candidates(0).candidate();
  EXPECT_NE(Find(For("same"))->candidates(0).candidate(), reference);
  const EmployerLists& lists = world_.employers();
  EXPECT_EQ(**lists.FindReference(task, reference), "passports/p");
  EXPECT_EQ(*lists.FindReference(same, reference), std::nullopt);
  EXPECT_EQ(*lists.FindReference(task, "nobody"), std::nullopt);
  v1::Task other = task;
  other.set_employer("employers/other");
  EXPECT_EQ(*lists.FindReference(other, reference), std::nullopt);
  world_.Advance(absl::Hours(24 * 30));
  EXPECT_EQ(*lists.FindReference(task, reference), std::nullopt);
}

TEST_F(EmployerListsTest, PeopleOfATaskAreCalledAsInTheListThatWouldBeGivenAgain) {
  const v1::Task task = Put("t");
  world_.Put(AGardener("p"));
  const EmployerLists& lists = world_.employers();
  EXPECT_THAT(*lists.ReferencesFor(task), IsEmpty()) << "no list was made, and none is for this";

  v1::FindCandidatesRequest of_region = For("t");
  of_region.add_regions("groningen");
  const std::string in_region = Find(of_region)->candidates(0).candidate();
  EXPECT_EQ(lists.ReferencesFor(task)->at("passports/p"), in_region) << "the only one there is";
  const std::string listed = Find(For("t"))->candidates(0).candidate();
  ASSERT_NE(listed, in_region);
  EXPECT_EQ(lists.ReferencesFor(task)->at("passports/p"), listed);
  EXPECT_EQ(**lists.FindReference(task, in_region), "passports/p") << "it was given as well";

  // Of another task the same list gives other references, and another employer has no list.
  const v1::Task same = Put("same");
  EXPECT_NE(lists.ReferencesFor(same)->at("passports/p"), listed);
  v1::Task other = task;
  other.set_employer("employers/other");
  EXPECT_THAT(*lists.ReferencesFor(other), IsEmpty());
  world_.Advance(absl::Hours(24 * 30));
  EXPECT_THAT(*lists.ReferencesFor(task), IsEmpty());
}

TEST_F(EmployerListsTest, WhoIsToBeAskedComesLast) {
  v1::Task task = AGardenTask("t");
  task.mutable_required_skills(0)->set_learnable(false);
  world_.Put(task);
  world_.Put(AGardener("unknown"));
  world_.Put(AGardener("known"));
  world_.Record("known", "weed", 3);
  const auto page = Find(For("t"));
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_THAT(page->candidates(), SizeIs(2));
  EXPECT_FALSE(page->candidates(0).view().to_be_asked());
  EXPECT_TRUE(page->candidates(1).view().to_be_asked());
  EXPECT_EQ(page->candidates(1).view().skills(0).standing(), v1::SKILL_STANDING_TO_BE_ASKED);
  EXPECT_THAT(page->candidates(1).view().reasons(0), HasSubstr("nog niet bekend"));
}

TEST_F(EmployerListsTest, AnothersTaskIsNotThere) {
  Put("t");
  EXPECT_EQ(ReasonOf(Find(For("t"), "other").status()), v1::ERROR_REASON_TASK_NOT_FOUND);
}

}  // namespace
}  // namespace passend::service

#include "service/feed/person_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace passend::service {
namespace {

using storage::RecordKind;
using testing::ElementsAre;
using testing::IsEmpty;

storage::JournalEntry Entry(std::vector<storage::Event> events) {
  return {7, absl::UnixEpoch(), std::move(events)};
}

TEST(PersonChangeTest, ParseGivesBackWhatWasTold) {
  const storage::Key key{RecordKind::kPassport, "p"};
  for (const PersonChange& change :
       {PersonChange{}, PersonChange{.change = Change::kErased}, PersonChange{.moved = true},
        PersonChange{.partners = {"partners/a"}},
        PersonChange{.change = Change::kErased, .partners = {"partners/a", "partners/b"}},
        PersonChange{.change = Change::kErased, .partners_unknown = true},
        PersonChange{.moved = true, .partners = {"partners/a"}}}) {
    EXPECT_EQ(PersonChangeOf(PersonEvent(key, change).payload), change);
    EXPECT_EQ(ChangeOf(PersonEvent(key, change).payload), change.change);
  }
  EXPECT_EQ(PersonEvent(key, {}), ChangeEvent(key, Change::kChanged)) << "as it always was on disk";
}

TEST(PersonChangeTest, FrozenBytes) {
  const storage::Key key{RecordKind::kPassport, "p"};
  EXPECT_EQ(PersonEvent(key, {.moved = true, .partners = {"partners/a"}}).payload,
            std::string("\x01\x01\x0Apartners/a", 13));
  EXPECT_EQ(PersonEvent(key, {.change = Change::kErased, .partners = {"partners/a"}}).payload,
            std::string("\x02\x00\x0Apartners/a", 13));
}

TEST(PersonChangeTest, WhatIsNoneIsNullopt) {
  for (const std::string& payload :
       {std::string(), std::string("\x03"), std::string("\x01\x04", 2),
        std::string("\x01\x00\x0Apartners", 11), std::string("\x00", 1)}) {
    EXPECT_EQ(PersonChangeOf(payload), std::nullopt);
  }
}

TEST(PersonEventsTest, EachPersonOnceInTheOrderOfTheEvents) {
  const auto people = PeopleOf(Entry({
      ChangeEvent({RecordKind::kValidation, "b/1"}, Change::kChanged),
      ChangeEvent({RecordKind::kPassport, "a"}, Change::kChanged),
      ChangeEvent({RecordKind::kValidation, "b/2"}, Change::kChanged),
      PersonEvent({RecordKind::kConsentBook, "b"}, {.partners = {"partners/x"}}),
      PersonEvent({RecordKind::kPassport, "a"}, {.change = Change::kErased}),
      PersonEvent({RecordKind::kPartnerBook, "c"}, {}),
  }));
  ASSERT_EQ(people.size(), 3u);
  EXPECT_EQ(people[2].passport, "c");
  EXPECT_EQ(people[0].passport, "b");
  EXPECT_EQ(people[0].change, PersonChange{.partners = {"partners/x"}});
  EXPECT_EQ(people[1].passport, "a");
  EXPECT_EQ(people[1].change.change, Change::kErased);
}

TEST(PersonEventsTest, WhatIsAboutAnswersTasksAndProposalsIsNobodys) {
  const auto entry = Entry({{{RecordKind::kLook, "a"}, ""},
                            {{RecordKind::kTask, "t"}, "\x01"},
                            {{RecordKind::kProposalBook, "a"}, "\x01"},
                            {{RecordKind::kPartnerLink, "p/1"}, "\x01"},
                            {{RecordKind::kPersonHistory, "a"}, ""},
                            {{RecordKind::kExposure, "a"}, "\x01"}});
  EXPECT_THAT(PeopleOf(entry), IsEmpty());
  EXPECT_FALSE(IsAboutPeople(entry));
}

}  // namespace
}  // namespace passend::service

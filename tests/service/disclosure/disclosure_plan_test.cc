// What is kept of an answer: by the option on each field, at any depth; what nobody said anything
// of is private. The messages are made here, so that a field can be added that no proto has.
#include "service/disclosure/disclosure_plan.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "passend/v1/match_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "service/call/method_table.h"

namespace passend::service {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::DynamicMessageFactory;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::Message;
using testing::ElementsAre;
using testing::IsEmpty;

// Person { name: IDENTITY, region: BASIC, diary: nothing said, hidden: said to be private,
//          skills: repeated Skill, SKILLS, friend: Person, BASIC }
// Skill { label: SKILLS, place: EVIDENCE }
class DisclosurePlanTest : public testing::Test {
 protected:
  DisclosurePlanTest() : pool_(DescriptorPool::generated_pool()) {
    google::protobuf::FileDescriptorProto file;
    file.set_name("people.proto");
    file.set_package("people");
    file.set_syntax("proto3");
    file.add_dependency("passend/v1/visibility.proto");
    auto& person = *file.add_message_type();
    person.set_name("Person");
    Say(AddText(person, "name", 1), v1::FIELD_GROUP_IDENTITY);
    Say(AddText(person, "region", 2), v1::FIELD_GROUP_BASIC);
    AddText(person, "diary", 3);
    Say(AddText(person, "hidden", 4), v1::FIELD_GROUP_UNSPECIFIED);
    FieldDescriptorProto& skills = AddText(person, "skills", 5);
    skills.set_label(FieldDescriptorProto::LABEL_REPEATED);
    Say(Of(skills, ".people.Skill"), v1::FIELD_GROUP_SKILLS);
    Say(Of(AddText(person, "friend", 6), ".people.Person"), v1::FIELD_GROUP_BASIC);
    auto& skill = *file.add_message_type();
    skill.set_name("Skill");
    Say(AddText(skill, "label", 1), v1::FIELD_GROUP_SKILLS);
    Say(AddText(skill, "place", 2), v1::FIELD_GROUP_EVIDENCE);
    const auto* built = pool_.BuildFile(file);
    EXPECT_NE(built, nullptr);
    type_ = built->FindMessageTypeByName("Person");
    plan_ = std::make_unique<DisclosurePlan>(*type_);
  }

  static FieldDescriptorProto& AddText(google::protobuf::DescriptorProto& message,
                                       const std::string& name, int number) {
    FieldDescriptorProto& field = *message.add_field();
    field.set_name(name);
    field.set_number(number);
    field.set_label(FieldDescriptorProto::LABEL_OPTIONAL);
    field.set_type(FieldDescriptorProto::TYPE_STRING);
    return field;
  }
  static FieldDescriptorProto& Of(FieldDescriptorProto& field, const std::string& type) {
    field.set_type(FieldDescriptorProto::TYPE_MESSAGE);
    field.set_type_name(type);
    return field;
  }
  static void Say(FieldDescriptorProto& field, v1::FieldGroup group) {
    field.mutable_options()->SetExtension(v1::visibility, group);
  }

  std::unique_ptr<Message> Parse(const std::string& text) {
    std::unique_ptr<Message> message(factory_.GetPrototype(type_)->New());
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, message.get())) << text;
    return message;
  }
  std::string Kept(GroupSet allowed, const std::string& text) {
    const std::unique_ptr<Message> message = Parse(text);
    plan_->Keep(allowed, *message);
    return message->ShortDebugString();
  }

  DescriptorPool pool_;
  DynamicMessageFactory factory_{&pool_};
  const google::protobuf::Descriptor* type_ = nullptr;
  std::unique_ptr<DisclosurePlan> plan_;
};

constexpr char kPerson[] = R"(
  name: "p" region: "delft" diary: "today" hidden: "x"
  skills { label: "weeding" place: "park" }
  friend { name: "q" diary: "yesterday" }
)";

TEST_F(DisclosurePlanTest, KeepsWhatIsAllowedAndNothingElse) {
  EXPECT_EQ(Kept({v1::FIELD_GROUP_IDENTITY}, kPerson), R"(name: "p")");
  EXPECT_EQ(Kept({v1::FIELD_GROUP_SKILLS}, kPerson), R"(skills { label: "weeding" })");
  EXPECT_EQ(Kept({v1::FIELD_GROUP_SKILLS, v1::FIELD_GROUP_EVIDENCE}, kPerson),
            R"(skills { label: "weeding" place: "park" })");
  EXPECT_EQ(Kept({v1::FIELD_GROUP_BASIC}, kPerson), R"(region: "delft" friend { })");
  EXPECT_EQ(Kept({}, kPerson), "");
}

TEST_F(DisclosurePlanTest, WhatLiesInAFieldThatIsNotShownIsNotShown) {
  EXPECT_EQ(Kept({v1::FIELD_GROUP_EVIDENCE}, kPerson), "");
}

TEST_F(DisclosurePlanTest, AFieldOfWhichNobodySaidAnythingIsPrivate) {
  EXPECT_THAT(plan_->unsaid(), ElementsAre("people.Person.diary"))
      << "hidden is private on purpose";
  const std::string shown = Kept(GroupSet::Named(), kPerson);
  EXPECT_EQ(shown, R"(name: "p" region: "delft" skills { label: "weeding" place: "park" } )"
                   R"(friend { name: "q" })")
      << "not even whoever sees all groups sees it, at any depth";
  EXPECT_EQ(Kept(GroupSet::Everything(), kPerson), Parse(kPerson)->ShortDebugString());
}

// A group that a later version adds is nothing that this one may show.
TEST_F(DisclosurePlanTest, ANumberThatIsNoGroupIsPrivate) {
  const GroupSet unheard = {static_cast<v1::FieldGroup>(99)};
  EXPECT_EQ(unheard, GroupSet{v1::FIELD_GROUP_UNSPECIFIED});
  EXPECT_FALSE(GroupSet::Named().Covers(unheard));
}

TEST_F(DisclosurePlanTest, WhatIsLookedAtLosesItsUnknownFields) {
  const std::unique_ptr<Message> message = Parse(kPerson);
  message->GetReflection()->MutableUnknownFields(message.get())->AddVarint(900, 7);
  plan_->Keep({v1::FIELD_GROUP_IDENTITY}, *message);
  EXPECT_TRUE(message->GetReflection()->GetUnknownFields(*message).empty());
}

TEST_F(DisclosurePlanTest, TellsWhichGroupsAnAnswerShows) {
  EXPECT_EQ(plan_->GroupsShown(*Parse("")), GroupSet());
  EXPECT_EQ(plan_->GroupsShown(*Parse(R"(region: "delft")")), GroupSet{v1::FIELD_GROUP_BASIC});
  EXPECT_EQ(plan_->GroupsShown(*Parse(R"(skills { } skills { place: "park" })")),
            (GroupSet{v1::FIELD_GROUP_SKILLS, v1::FIELD_GROUP_EVIDENCE}));
  EXPECT_TRUE(plan_->groups().Has(v1::FIELD_GROUP_EVIDENCE));
  EXPECT_FALSE(plan_->groups().Has(v1::FIELD_GROUP_PACE));
}

// The build says the same (call/method_check_main.cc); here it says which.
TEST(AnswersTest, EveryFieldOfEveryAnswerSaysWhoMaySeeIt) {
  for (const MethodRow& row : MethodTable()) {
    const auto* method =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(std::string(row.name));
    ASSERT_NE(method, nullptr);
    EXPECT_THAT(DisclosurePlan(*method->output_type()).unsaid(), IsEmpty()) << row.name;
    EXPECT_NE(row.purpose, v1::PURPOSE_UNSPECIFIED) << row.name;
  }
}

TEST(AnswersTest, TimesAreKeptOrRemovedWhole) {
  const DisclosurePlan plan(*v1::Passport::descriptor());
  v1::Passport passport;
  passport.mutable_create_time()->set_seconds(5);
  passport.set_name("passports/p");
  plan.Keep({v1::FIELD_GROUP_BASIC}, passport);
  EXPECT_EQ(passport.create_time().seconds(), 5);
  plan.Keep({v1::FIELD_GROUP_IDENTITY}, passport);
  EXPECT_FALSE(passport.has_create_time());
}

// A guard against a filter that has become slow by orders of magnitude, not a measurement.
TEST(AnswersTest, APageOfCandidatesTakesMicroseconds) {
  v1::FindCandidatesResponse page;
  for (int i = 0; i < 20; ++i) {
    v1::Candidate& candidate = *page.add_candidates();
    candidate.set_passport("passports/p");
    candidate.mutable_fit()->set_score(80);
    for (int dimension = 0; dimension < 4; ++dimension) {
      candidate.mutable_fit()->add_dimensions()->set_score_basis_points(8'000);
    }
    for (const char* reason : {"first", "second", "third"}) {
      candidate.mutable_fit()->add_reasons(reason);
    }
  }
  const DisclosurePlan plan(*v1::FindCandidatesResponse::descriptor());
  const auto micros_of = [&](GroupSet allowed) {
    constexpr int kPages = 500;
    std::vector<v1::FindCandidatesResponse> pages(kPages, page);
    const std::clock_t start = std::clock();
    for (v1::FindCandidatesResponse& one : pages) plan.Keep(allowed, one);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    return seconds * 1e6 / kPages;
  };
  const double all = micros_of(GroupSet::Named());
  const double employer =
      micros_of({v1::FIELD_GROUP_OPEN, v1::FIELD_GROUP_FIT, v1::FIELD_GROUP_SKILLS});
  std::printf("a page of 20 candidates: %.2f us with everything, %.2f us for an employer\n", all,
              employer);
  EXPECT_LT(all, 20);
  EXPECT_LT(employer, 1'000);
}

}  // namespace
}  // namespace passend::service

#include "service/policy_projection.h"

#include <functional>
#include <random>

#include "gtest/gtest.h"

namespace passend::service {
namespace {

// A policy with another number everywhere, so that no field can stand in for another.
matcher::Policy APolicyOfItsOwn(uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto number = [&] { return static_cast<int32_t>(random() % 1'000'000 + 1); };
  matcher::Policy policy;
  for (int32_t& weight : policy.weights) weight = number();
  for (int32_t& weight : policy.weights_min) weight = number();
  for (matcher::MethodCertainty& method : policy.ability.methods) {
    method = {number(), number(), number()};
  }
  for (matcher::TravelSpeed& speed : policy.wishes.speeds) speed = {number(), number()};
  for (int32_t* field : {&policy.ability.certainty_floor,
                         &policy.ability.certainty_full,
                         &policy.ability.learnable_start,
                         &policy.ability.specificity_exponent,
                         &policy.ability.under_use,
                         &policy.ability.dispute_levels,
                         &policy.ability.dispute_certainty,
                         &policy.ability.related,
                         &policy.ability.mapping_exact,
                         &policy.ability.mapping_close,
                         &policy.ability.mapping_narrower,
                         &policy.wishes.unknown,
                         &policy.wishes.unmet,
                         &policy.wishes.hours_floor,
                         &policy.wishes.schedule_floor,
                         &policy.wishes.travel_floor,
                         &policy.wishes.detour_percent,
                         &policy.pace.unknown,
                         &policy.pace.tempo_tolerance_percent,
                         &policy.pace.stretch_tolerance_minutes,
                         &policy.pace.day_tolerance_hours,
                         &policy.pace.week_tolerance_days,
                         &policy.pace.expected_uncertainty,
                         &policy.pace.other_kind_uncertainty,
                         &policy.support.unknown,
                         &policy.support.unmet,
                         &policy.support.guidance_full_percent,
                         &policy.support.guidance_unknown_percent}) {
    *field = number();
  }
  return policy;
}

TEST(PolicyProjection, GivesBackEveryNumber) {
  for (const uint64_t seed : {1, 2, 3}) {
    const matcher::Policy policy = APolicyOfItsOwn(seed);
    EXPECT_EQ(PolicyOf(ToProto(policy)), policy) << "seed " << seed;
  }
  EXPECT_EQ(PolicyOf(ToProto(matcher::Policy{})), matcher::Policy{});
}

// Every number field of the message, however deep, is written: none is left at 0.
void ExpectNoZero(const google::protobuf::Message& message, const std::string& path) {
  const auto* type = message.GetDescriptor();
  const auto* reflection = message.GetReflection();
  for (int index = 0; index < type->field_count(); ++index) {
    const auto* field = type->field(index);
    const std::string name = path + "." + field->name();
    if (field->name() == "name" || field->name() == "rationale" || field->name() == "create_time") {
      continue;
    }
    if (field->is_repeated()) {
      EXPECT_GT(reflection->FieldSize(message, field), 0) << name;
      for (int place = 0; place < reflection->FieldSize(message, field); ++place) {
        ExpectNoZero(reflection->GetRepeatedMessage(message, field, place), name);
      }
    } else if (field->message_type() != nullptr) {
      EXPECT_TRUE(reflection->HasField(message, field)) << name;
      ExpectNoZero(reflection->GetMessage(message, field), name);
    } else {
      EXPECT_TRUE(reflection->HasField(message, field)) << name;
    }
  }
}

TEST(PolicyProjection, WritesEveryFieldOfTheMessage) {
  ExpectNoZero(ToProto(APolicyOfItsOwn(4)), "policy");
}

TEST(PolicyProjection, KeepsTheShippedNumbersOfWhatIsNotListed) {
  v1::Policy policy = ToProto(matcher::Policy{});
  policy.mutable_ability()->clear_methods();
  policy.mutable_wishes()->clear_speeds();
  v1::MethodCertainty& later = *policy.mutable_ability()->add_methods();
  later.set_method(static_cast<v1::ValidationMethod>(77));
  later.set_certainty(1);
  EXPECT_EQ(PolicyOf(policy), matcher::Policy{});
}

}  // namespace
}  // namespace passend::service

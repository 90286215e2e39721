#include "service/policy_projection.h"

namespace passend::service {
namespace {

namespace v1 = passend::v1;

void Read(const v1::AbilityPolicy& from, matcher::AbilityPolicy& to) {
  to.certainty_floor = from.certainty_floor();
  to.certainty_full = from.certainty_full();
  to.learnable_start = from.learnable_start();
  to.specificity_exponent = from.specificity_exponent();
  to.under_use = from.under_use();
  to.dispute_levels = from.dispute_levels();
  to.dispute_certainty = from.dispute_certainty();
  for (const v1::MethodCertainty& method : from.methods()) {
    const int place = method.method() - v1::VALIDATION_METHOD_SELF_DECLARED;
    if (place < 0 || place >= matcher::kMethods) continue;
    to.methods[place] = {method.certainty(), method.grace_days(), method.half_life_days()};
  }
  to.related = from.related();
  to.mapping_exact = from.mapping_exact();
  to.mapping_close = from.mapping_close();
  to.mapping_narrower = from.mapping_narrower();
}

void Write(const matcher::AbilityPolicy& from, v1::AbilityPolicy& to) {
  to.set_certainty_floor(from.certainty_floor);
  to.set_certainty_full(from.certainty_full);
  to.set_learnable_start(from.learnable_start);
  to.set_specificity_exponent(from.specificity_exponent);
  to.set_under_use(from.under_use);
  to.set_dispute_levels(from.dispute_levels);
  to.set_dispute_certainty(from.dispute_certainty);
  for (int place = 0; place < matcher::kMethods; ++place) {
    v1::MethodCertainty& method = *to.add_methods();
    method.set_method(
        static_cast<v1::ValidationMethod>(v1::VALIDATION_METHOD_SELF_DECLARED + place));
    method.set_certainty(from.methods[place].certainty);
    method.set_grace_days(from.methods[place].grace_days);
    method.set_half_life_days(from.methods[place].half_life_days);
  }
  to.set_related(from.related);
  to.set_mapping_exact(from.mapping_exact);
  to.set_mapping_close(from.mapping_close);
  to.set_mapping_narrower(from.mapping_narrower);
}

void Read(const v1::WishesPolicy& from, matcher::WishesPolicy& to) {
  to.unknown = from.unknown();
  to.unmet = from.unmet();
  to.hours_floor = from.hours_floor();
  to.schedule_floor = from.schedule_floor();
  to.travel_floor = from.travel_floor();
  to.detour_percent = from.detour_percent();
  for (const v1::TravelSpeed& speed : from.speeds()) {
    const int place = speed.means() - v1::TRAVEL_MEANS_WALKING;
    if (place < 0 || place >= matcher::kTravelMeans) continue;
    to.speeds[place] = {speed.meters_per_minute(), speed.minutes_fixed()};
  }
}

void Write(const matcher::WishesPolicy& from, v1::WishesPolicy& to) {
  to.set_unknown(from.unknown);
  to.set_unmet(from.unmet);
  to.set_hours_floor(from.hours_floor);
  to.set_schedule_floor(from.schedule_floor);
  to.set_travel_floor(from.travel_floor);
  to.set_detour_percent(from.detour_percent);
  for (int place = 0; place < matcher::kTravelMeans; ++place) {
    v1::TravelSpeed& speed = *to.add_speeds();
    speed.set_means(static_cast<v1::TravelMeans>(v1::TRAVEL_MEANS_WALKING + place));
    speed.set_meters_per_minute(from.speeds[place].meters_per_minute);
    speed.set_minutes_fixed(from.speeds[place].minutes_fixed);
  }
}

void Read(const v1::PacePolicy& from, matcher::PacePolicy& to) {
  to.unknown = from.unknown();
  to.tempo_tolerance_percent = from.tempo_tolerance_percent();
  to.stretch_tolerance_minutes = from.stretch_tolerance_minutes();
  to.day_tolerance_hours = from.day_tolerance_hours();
  to.week_tolerance_days = from.week_tolerance_days();
  to.expected_uncertainty = from.expected_uncertainty();
  to.other_kind_uncertainty = from.other_kind_uncertainty();
}

void Write(const matcher::PacePolicy& from, v1::PacePolicy& to) {
  to.set_unknown(from.unknown);
  to.set_tempo_tolerance_percent(from.tempo_tolerance_percent);
  to.set_stretch_tolerance_minutes(from.stretch_tolerance_minutes);
  to.set_day_tolerance_hours(from.day_tolerance_hours);
  to.set_week_tolerance_days(from.week_tolerance_days);
  to.set_expected_uncertainty(from.expected_uncertainty);
  to.set_other_kind_uncertainty(from.other_kind_uncertainty);
}

void Read(const v1::SupportPolicy& from, matcher::SupportPolicy& to) {
  to.unknown = from.unknown();
  to.unmet = from.unmet();
  to.guidance_full_percent = from.guidance_full_percent();
  to.guidance_unknown_percent = from.guidance_unknown_percent();
}

void Write(const matcher::SupportPolicy& from, v1::SupportPolicy& to) {
  to.set_unknown(from.unknown);
  to.set_unmet(from.unmet);
  to.set_guidance_full_percent(from.guidance_full_percent);
  to.set_guidance_unknown_percent(from.guidance_unknown_percent);
}

}  // namespace

matcher::Policy PolicyOf(const v1::Policy& policy) {
  matcher::Policy read;
  read.weights = WeightsOf(policy.weights());
  read.weights_min = WeightsOf(policy.weights_min());
  Read(policy.ability(), read.ability);
  Read(policy.wishes(), read.wishes);
  Read(policy.pace(), read.pace);
  Read(policy.support(), read.support);
  return read;
}

v1::Policy ToProto(const matcher::Policy& policy) {
  v1::Policy written;
  *written.mutable_weights() = ToProto(policy.weights);
  *written.mutable_weights_min() = ToProto(policy.weights_min);
  Write(policy.ability, *written.mutable_ability());
  Write(policy.wishes, *written.mutable_wishes());
  Write(policy.pace, *written.mutable_pace());
  Write(policy.support, *written.mutable_support());
  return written;
}

matcher::Weights WeightsOf(const v1::DimensionWeights& weights) {
  return {weights.ability(), weights.wishes(), weights.pace(), weights.support()};
}

v1::DimensionWeights ToProto(const matcher::Weights& weights) {
  v1::DimensionWeights written;
  written.set_ability(weights[static_cast<int>(matcher::Dimension::kAbility)]);
  written.set_wishes(weights[static_cast<int>(matcher::Dimension::kWishes)]);
  written.set_pace(weights[static_cast<int>(matcher::Dimension::kPace)]);
  written.set_support(weights[static_cast<int>(matcher::Dimension::kSupport)]);
  return written;
}

}  // namespace passend::service

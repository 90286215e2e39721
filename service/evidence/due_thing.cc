#include "service/evidence/due_thing.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "matcher/certainty.h"
#include "service/match/book_reader.h"
#include "service/match/projection.h"
#include "service/records/validation_book.h"

namespace passend::service {
namespace {

using matcher::ConceptIndex;
using matcher::Day;
using Validations = std::vector<matcher::Validation>;

// A validation as it is kept, and as the scoring core reads it.
struct Statement {
  const v1::Validation* kept;
  matcher::Validation read;
};
using Statements = std::vector<Statement>;

Validations ReadOf(const Statements& statements) {
  Validations read;
  for (const Statement& one : statements) read.push_back(one.read);
  return read;
}

Validations Without(const Statements& statements, const Statement& left_out) {
  Validations rest;
  for (const Statement& one : statements) {
    if (one.kept != left_out.kept) rest.push_back(one.read);
  }
  return rest;
}

// The same said again on `day`, by the same method.
matcher::Validation Again(const matcher::Validation& one, Day day) {
  return {one.method, one.level, day, std::nullopt, std::nullopt};
}

// In the place of the old one, which would otherwise contradict it.
Validations Renewed(const Statements& statements, const Statement& old, Day day) {
  Validations validations = Without(statements, old);
  validations.push_back(Again(old.read, day));
  return validations;
}

class SkillThings {
 public:
  SkillThings(const matcher::ScoringBasis& basis, ConceptIndex skill, const Statements& statements,
              std::vector<DueThing>& things)
      : policy_(basis.policy.ability),
        today_(basis.as_of),
        skill_(skill),
        statements_(statements),
        things_(things) {}

  void Add() {
    for (const Statement& one : statements_) {
      if (HasOpenDispute(*one.kept) && matcher::CountsOn(one.read, today_)) AddDispute(one);
    }
    const auto held = matcher::HoldsOn(policy_, ReadOf(statements_), today_);
    if (!held) {
      if (const Statement* last = LastExpired()) AddExpiring(*last);
      return;
    }
    if (held->disputed) {
      AddDisagreement(*held);
      return;
    }
    const Statement& setter = Setter();
    const bool expires = setter.read.expires && *setter.read.expires <= today_ + kDueDays;
    const bool weak = setter.read.method == matcher::Method::kSelfDeclared ||
                      setter.read.method == matcher::Method::kReference;
    if (expires) {
      AddExpiring(setter);
    } else if (weak) {
      AddUnconfirmed(setter);
    } else if (AgeOf(setter) > MethodOf(setter).grace_days) {
      AddAged(setter);
    }
  }

 private:
  const matcher::MethodCertainty& MethodOf(const Statement& one) const {
    return policy_.methods[static_cast<int>(one.read.method)];
  }
  int32_t AgeOf(const Statement& one) const { return today_ - one.read.validated; }

  // What sets the level, as matcher::Holding has it; of equal ones the first by name.
  const Statement& Setter() const {
    const auto rank = [&](const Statement& one) {
      const bool counts = matcher::CountsOn(one.read, today_);
      return std::tuple(counts,
                        counts ? matcher::AgedCertainty(policy_, one.read.method, AgeOf(one)) : 0,
                        one.read.validated, one.read.level, one.read.method);
    };
    return *std::max_element(
        statements_.begin(), statements_.end(),
        [&](const Statement& a, const Statement& b) { return rank(a) < rank(b); });
  }

  // The last one that expired, where it was lately.
  const Statement* LastExpired() const {
    const Statement* last = nullptr;
    for (const Statement& one : statements_) {
      if (one.read.revoked || !one.read.expires || *one.read.expires > today_) continue;
      if (*one.read.expires < today_ - kExpiredDaysMax) continue;
      if (last == nullptr || *one.read.expires > *last->read.expires) last = &one;
    }
    return last;
  }

  DueThing& Thing(v1::DueKind kind, const Statement& about) {
    DueThing& thing = things_.emplace_back();
    thing.kind = kind;
    thing.skill = skill_;
    thing.level = thing.level_high = about.read.level;
    thing.method = about.read.method;
    thing.age_days = std::max(0, AgeOf(about));
    return thing;
  }

  void AddDispute(const Statement& disputed) {
    DueThing& thing = Thing(v1::DUE_KIND_DISPUTE, disputed);
    thing.validation = disputed.kept->name();
    thing.due = DayOf(disputed.kept->disputes().rbegin()->dispute_time());
    thing.outcomes = {Without(statements_, disputed), Renewed(statements_, disputed, today_)};
  }

  // Whoever looks again leaves one opinion.
  void AddDisagreement(const matcher::HeldLevel& held) {
    DueThing& thing = things_.emplace_back();
    thing.kind = v1::DUE_KIND_DISAGREEMENT;
    thing.skill = skill_;
    thing.level = held.level;
    thing.level_high = held.level_high;
    thing.method = held.method;
    thing.age_days = held.age_days;
    for (const int level : {held.level, held.level_high}) {
      thing.outcomes.push_back(
          {{held.method, static_cast<int8_t>(level), today_, std::nullopt, std::nullopt}});
    }
  }

  void AddExpiring(const Statement& expiring) {
    DueThing& thing = Thing(v1::DUE_KIND_EXPIRES, expiring);
    thing.validation = expiring.kept->name();
    thing.due = expiring.read.expires;
    thing.expired = *expiring.read.expires <= today_;
    thing.outcomes = {Without(statements_, expiring), Renewed(statements_, expiring, today_)};
  }

  // The best is that somebody sees it at work: the same level in a practice test.
  void AddUnconfirmed(const Statement& weak) {
    DueThing& thing = Thing(v1::DUE_KIND_FIND_OUT, weak);
    thing.topic = matcher::Topic::kSkillLevel;
    Validations seen = Without(statements_, weak);
    seen.push_back(weak.read);
    seen.push_back(
        {matcher::Method::kWorkSample, weak.read.level, today_, std::nullopt, std::nullopt});
    thing.outcomes = {std::move(seen)};
  }

  void AddAged(const Statement& aged) {
    DueThing& thing = Thing(v1::DUE_KIND_RENEW, aged);
    thing.validation = aged.kept->name();
    thing.due = aged.read.validated + MethodOf(aged).grace_days + 1;
    thing.outcomes = {Renewed(statements_, aged, today_)};
  }

  const matcher::AbilityPolicy& policy_;
  const Day today_;
  const ConceptIndex skill_;
  const Statements& statements_;
  std::vector<DueThing>& things_;
};

void AddTopics(std::vector<DueThing>& things) {
  using matcher::Topic;
  for (const Topic topic : {Topic::kSkills, Topic::kWishes, Topic::kForms, Topic::kHours,
                            Topic::kSchedule, Topic::kTravel, Topic::kPace, Topic::kSupport}) {
    DueThing& thing = things.emplace_back();
    thing.kind = v1::DUE_KIND_FIND_OUT;
    thing.topic = topic;
  }
}

}  // namespace

std::vector<DueThing> ThingsDue(std::span<const v1::Validation> validations,
                                const matcher::Person& person, const matcher::ScoringBasis& basis) {
  std::map<ConceptIndex, Statements> by_skill;
  for (const v1::Validation& validation : validations) {
    const auto skill = basis.taxonomy->Find(validation.skill());
    const auto read = ValidationOf(FactsOf(validation));
    if (skill && read) by_skill[*skill].push_back({&validation, *read});
  }
  std::vector<DueThing> things;
  for (const matcher::PersonSkill& held : person.skills) {
    const auto statements = by_skill.find(held.skill);
    if (statements == by_skill.end()) continue;
    SkillThings(basis, held.skill, statements->second, things).Add();
  }
  std::stable_sort(things.begin(), things.end(), [](const DueThing& a, const DueThing& b) {
    const auto rank = [](const DueThing& thing) {
      return std::pair(thing.kind, thing.due.value_or(std::numeric_limits<Day>::max()));
    };
    return rank(a) < rank(b);
  });
  if (things.size() > kDueSkillsMax) things.resize(kDueSkillsMax);
  AddTopics(things);
  return things;
}

}  // namespace passend::service

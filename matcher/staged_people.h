// People of one region on their way into a block: all that a block keeps of them, in some 400 bytes
// each and a few pieces of memory for all of them together.
#ifndef PASSEND_MATCHER_STAGED_PEOPLE_H_
#define PASSEND_MATCHER_STAGED_PEOPLE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/person.h"
#include "matcher/posting.h"

namespace passend::matcher {

// One validation of one skill. The validations of a person come in order of skill, and of one skill
// in the order of PersonSkill.
struct SkillValidation {
  ConceptIndex skill;
  Validation validation;
  friend bool operator==(const SkillValidation&, const SkillValidation&) = default;
};

// A part of a validation: what becomes one posting, or two (posting.h). Parts of a validation stand
// together, the day of validation first.
class StagedPosting {
 public:
  // Of a day of validation, days count from here; of an end, from the day of validation.
  static constexpr Day kDayZero = 20'000;

  // `days` fits 27 bits with sign.
  StagedPosting(ConceptIndex skill, uint32_t code, int64_t days)
      : skill_(skill), code_and_days_(code << kDaysBits | (static_cast<uint32_t>(days) & kMask)) {}

  ConceptIndex skill() const { return skill_; }
  uint32_t code() const { return code_and_days_ >> kDaysBits; }
  bool validates() const { return code() < kPostingHigh; }
  int32_t days() const {
    return static_cast<int32_t>(code_and_days_ << (32 - kDaysBits)) >> (32 - kDaysBits);
  }

 private:
  static constexpr int kDaysBits = 27;
  static constexpr uint32_t kMask = (1u << kDaysBits) - 1;
  static_assert(kPostingRevoked < 1u << (32 - kDaysBits));
  static_assert(kPostingDaysMax < int64_t{1} << (kDaysBits - 1));

  ConceptIndex skill_;
  uint32_t code_and_days_;
};

// One of them, good until more are added.
struct StagedPerson {
  std::string_view name;
  const Wishes* wishes;
  std::span<const StagedPosting> skills;
  std::span<const PersonPace> paces;
  std::span<const SupportNeed> needs;
  bool support_known;
  uint32_t last_shown;
};

// Not thread-safe.
class StagedPeople {
 public:
  // Somebody whom PeopleBlock::Holds. The second form takes the skills from `skills`, whatever
  // those of `person` are.
  void Add(const Person& person);
  void Add(const Person& person, std::span<const SkillValidation> skills);
  // The people from `begin` to just before `end` of `other`.
  void Append(const StagedPeople& other, size_t begin, size_t end);
  // Keeps the memory for whoever comes next.
  void Clear();

  size_t size() const { return people_.size(); }
  bool empty() const { return people_.empty(); }
  StagedPerson operator[](size_t place) const;

 private:
  // Where a person's own things end; those of the one before end where they begin.
  struct Ends {
    uint32_t name = 0;
    uint32_t skills = 0;
    uint32_t paces = 0;
    uint32_t needs = 0;
  };
  struct Fixed {
    Wishes wishes;
    Ends ends;
    uint32_t last_shown;
    bool support_known;
  };

  Ends EndsBefore(size_t place) const { return place == 0 ? Ends() : people_[place - 1].ends; }
  void AddSkill(ConceptIndex skill, const Validation& validation);
  void AddAllButSkills(const Person& person);

  std::vector<Fixed> people_;
  std::string names_;
  std::vector<StagedPosting> skills_;
  std::vector<PersonPace> paces_;
  std::vector<SupportNeed> needs_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_STAGED_PEOPLE_H_

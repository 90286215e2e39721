#include "service/client/sheet/sheet_row.h"

#include <algorithm>
#include <utility>

#include "service/client/sheet/sheet_words.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kUsualStrength = 2;
constexpr int kStrengthMax = 3;

std::string At(const std::string& list, int index) {
  return list + "[" + std::to_string(index) + "]";
}

}  // namespace

void SheetRow::Read() {
  ReadRegion();
  ReadSkill();
  ReadWishes(SheetColumn::kWants, v1::ATTITUDE_WANTS);
  ReadWishes(SheetColumn::kAvoids, v1::ATTITUDE_AVOIDS);
  ReadWishes(SheetColumn::kNever, v1::ATTITUDE_NEVER);
  ReadForms();
  ReadHours();
  ReadPace();
  ReadSupport();
}

void SheetRow::Mistake(SheetColumn column, const std::string& allowed) {
  mistakes_.push_back({row_, HeadingOf(language_, column), allowed});
}

void SheetRow::Stands(const std::string& field, SheetColumn column) {
  person_.cells_by_field.emplace(field, SheetCell{row_, column});
}

std::optional<int> SheetRow::Whole(SheetColumn column, int least, int most) {
  if (!Has(column)) return std::nullopt;
  const auto number = WholeFrom(Cell(column), least, most);
  if (!number) {
    Mistake(column,
            Say(language_, Word::kSheetWhole, {std::to_string(least), std::to_string(most)}));
  }
  return number;
}

std::optional<int> SheetRow::Value(SheetColumn column,
                                   const google::protobuf::EnumDescriptor& type) {
  if (!Has(column)) return std::nullopt;
  const auto value = EnumFromWord(type, Cell(column));
  if (!value) Mistake(column, Say(language_, Word::kSheetOneOf, {EnumWords(language_, type)}));
  return value;
}

bool SheetRow::Need(SheetColumn column, SheetColumn because) {
  if (Has(column)) return true;
  Mistake(column, Say(language_, Word::kSheetNeeded, {HeadingOf(language_, because)}));
  return false;
}

bool SheetRow::Once(SheetColumn column, bool unset, bool same) {
  if (unset) rows_[column] = row_;
  if (unset || same) return true;
  Mistake(column, Say(language_, Word::kSheetContradicts, {std::to_string(rows_[column])}));
  return false;
}

void SheetRow::ReadRegion() {
  if (!Has(SheetColumn::kRegion)) return;
  const std::string region = Folded(Cell(SheetColumn::kRegion));
  const std::string& known = person_.passport.region();
  if (Once(SheetColumn::kRegion, known.empty(), known == region)) {
    person_.passport.set_region(region);
    Stands("region", SheetColumn::kRegion);
  }
}

void SheetRow::ReadSkill() {
  using enum SheetColumn;
  if (!Has(kSkill)) {
    for (const SheetColumn column : {kLevel, kMethod, kDate, kPlace}) {
      if (Has(column)) {
        Need(kSkill, column);
        return;
      }
    }
    return;
  }
  SheetSkill skill;
  skill.row = row_;
  skill.name = Cell(kSkill);
  const bool needed = Need(kLevel, kSkill);
  const auto level = Whole(kLevel, 1, 5);
  const bool method_there = Need(kMethod, kSkill);
  const auto method = Value(kMethod, *v1::ValidationMethod_descriptor());
  if (Has(kDate)) {
    const auto day = DayFrom(Cell(kDate));
    if (day) *skill.validation.mutable_validate_time() = *day;
    if (!day) Mistake(kDate, Say(language_, Word::kSheetDay));
  }
  skill.validation.set_place(Cell(kPlace));
  if (!needed || !method_there || !level || !method) return;
  skill.validation.set_level(*level);
  skill.validation.set_method(static_cast<v1::ValidationMethod>(*method));
  const std::string field = At("validations", static_cast<int>(person_.skills.size()));
  Stands(field, kSkill);
  if (Has(kDate)) Stands(field + ".validate_time", kDate);
  if (Has(kPlace)) Stands(field + ".place", kPlace);
  person_.skills.push_back(std::move(skill));
}

void SheetRow::ReadWishes(SheetColumn column, v1::Attitude attitude) {
  for (std::string word : PartsOf(Cell(column))) {
    int strength = kUsualStrength;
    const std::size_t size = word.size();
    const std::size_t number = word.find_last_not_of("0123456789") + 1;
    if (number > 1 && number < size && word[number - 1] == ' ') {
      const auto said = WholeFrom(word.substr(number), 1, kStrengthMax);
      if (!said) {
        Mistake(column, Say(language_, Word::kSheetStrength, {word}));
        continue;
      }
      strength = *said;
      word.resize(number - 1);
    }
    const auto feature = EnumFromWord(*v1::WorkFeature_descriptor(), word);
    if (!feature) {
      Mistake(column, Say(language_, Word::kSheetOneOf,
                          {EnumWords(language_, *v1::WorkFeature_descriptor())}));
      continue;
    }
    v1::Wish wish;
    wish.set_feature(static_cast<v1::WorkFeature>(*feature));
    wish.set_attitude(attitude);
    if (attitude != v1::ATTITUDE_NEVER) wish.set_strength(strength);
    const auto& wishes = person_.passport.wishes().features();
    const auto known = std::find_if(wishes.begin(), wishes.end(), [&](const v1::Wish& other) {
      return other.feature() == wish.feature();
    });
    if (known == wishes.end()) {
      Stands(At("wishes.features", wishes.size()), column);
      *person_.passport.mutable_wishes()->add_features() = wish;
    } else if (known->SerializeAsString() != wish.SerializeAsString()) {
      Mistake(column, word + ": " + Say(language_, Word::kSheetTwice));
    }
  }
}

void SheetRow::ReadForms() {
  for (const std::string& word : PartsOf(Cell(SheetColumn::kForms))) {
    const auto form = EnumFromWord(*v1::ParticipationForm_descriptor(), word);
    if (!form) {
      Mistake(SheetColumn::kForms,
              Say(language_, Word::kSheetOneOf,
                  {EnumWords(language_, *v1::ParticipationForm_descriptor())}));
      continue;
    }
    auto& forms = *person_.passport.mutable_wishes()->mutable_participation_forms();
    if (std::find(forms.begin(), forms.end(), *form) == forms.end()) {
      Stands("wishes.participation_forms", SheetColumn::kForms);
      forms.Add(static_cast<v1::ParticipationForm>(*form));
    }
  }
}

void SheetRow::ReadHours() {
  using enum SheetColumn;
  if (!Has(kHoursMin) && !Has(kHoursMax)) return;
  const bool both = Has(kHoursMin) ? Need(kHoursMax, kHoursMin) : Need(kHoursMin, kHoursMax);
  const auto least = Whole(kHoursMin, 1, 60);
  const auto most = Whole(kHoursMax, 1, 60);
  if (!both || !least || !most) return;
  if (*least > *most) {
    Mistake(kHoursMin, Say(language_, Word::kSheetHours));
    return;
  }
  const v1::HoursRange& known = person_.passport.wishes().hours();
  const bool same = known.weekly_hours_min() == *least && known.weekly_hours_max() == *most;
  if (!Once(kHoursMin, !person_.passport.wishes().has_hours(), same)) return;
  Stands("wishes.hours", kHoursMin);
  v1::HoursRange& hours = *person_.passport.mutable_wishes()->mutable_hours();
  hours.set_weekly_hours_min(*least);
  hours.set_weekly_hours_max(*most);
}

void SheetRow::ReadPace() {
  using enum SheetColumn;
  if (!Has(kWorkKind)) {
    for (const SheetColumn column : {kTempo, kMinutes, kHoursPerDay, kDaysPerWeek, kBasis}) {
      if (Has(column)) {
        Need(kWorkKind, column);
        return;
      }
    }
    return;
  }
  const std::size_t mistakes_before = mistakes_.size();
  v1::Pace pace;
  const auto kind = Value(kWorkKind, *v1::WorkKind_descriptor());
  if (const auto tempo = Whole(kTempo, 1, 150)) pace.set_tempo_percent(*tempo);
  if (const auto minutes = Whole(kMinutes, 5, 480)) pace.set_minutes_at_a_stretch(*minutes);
  if (const auto hours = Whole(kHoursPerDay, 1, 12)) pace.set_hours_per_day(*hours);
  if (const auto days = Whole(kDaysPerWeek, 1, 7)) pace.set_days_per_week(*days);
  const auto basis = Value(kBasis, *v1::PaceBasis_descriptor());
  if (mistakes_.size() > mistakes_before) return;
  pace.set_kind(static_cast<v1::WorkKind>(*kind));
  pace.set_basis(basis ? static_cast<v1::PaceBasis>(*basis) : v1::PACE_BASIS_EXPECTED);
  for (const v1::Pace& other : person_.passport.paces()) {
    if (other.kind() != pace.kind() || other.basis() != pace.basis()) continue;
    if (other.SerializeAsString() != pace.SerializeAsString()) {
      Mistake(kWorkKind, Say(language_, Word::kSheetTwice));
    }
    return;
  }
  Stands(At("paces", person_.passport.paces_size()), kWorkKind);
  *person_.passport.add_paces() = pace;
}

void SheetRow::ReadSupport() {
  using enum SheetColumn;
  if (!Has(kSupport)) {
    for (const SheetColumn column : {kAmount, kEssential}) {
      if (Has(column)) {
        Need(kSupport, column);
        return;
      }
    }
    return;
  }
  const std::string word = Folded(Cell(kSupport));
  const bool nothing = word == Say(Language::kDutch, Word::kSheetNothing) ||
                       word == Say(Language::kEnglish, Word::kSheetNothing);
  v1::SupportProfile& support = *person_.passport.mutable_support();
  if (nothing) {
    support.set_nothing_needed(true);
  } else {
    ReadNeed();
  }
  if (support.nothing_needed() && support.needs_size() > 0) {
    Mistake(kSupport, Say(language_, Word::kSheetNothingElse));
  }
}

void SheetRow::ReadNeed() {
  using enum SheetColumn;
  const auto& solutions = *v1::SupportSolution_descriptor();
  const auto solution = EnumFromWord(solutions, Cell(kSupport));
  if (!solution) {
    Mistake(kSupport,
            Say(language_, Word::kSheetOneOf,
                {Say(language_, Word::kSheetNothing) + ", " + EnumWords(language_, solutions)}));
  }
  v1::SupportNeed need;
  if (const auto amount = Whole(kAmount, 1, 100)) need.set_amount_percent(*amount);
  if (Has(kEssential)) {
    const auto essential = YesFrom(Cell(kEssential));
    if (!essential) Mistake(kEssential, Say(language_, Word::kSheetYesNo));
    need.set_essential(essential.value_or(false));
  }
  if (!solution) return;
  need.set_solution(static_cast<v1::SupportSolution>(*solution));
  for (const v1::SupportNeed& other : person_.passport.support().needs()) {
    if (other.solution() != need.solution()) continue;
    if (other.SerializeAsString() != need.SerializeAsString()) {
      Mistake(kSupport, Say(language_, Word::kSheetTwice));
    }
    return;
  }
  Stands(At("support.needs", person_.passport.support().needs_size()), kSupport);
  *person_.passport.mutable_support()->add_needs() = need;
}

}  // namespace passend::client

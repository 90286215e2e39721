#include <vector>

#include "service/client/dates.h"
#include "service/client/explain_terms.h"
#include "service/client/fields_text.h"
#include "service/client/pace_text.h"
#include "service/client/record_views.h"
#include "service/client/table.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

std::string WishesText(Language language, const v1::Passport& passport) {
  std::vector<std::string> wishes;
  for (const v1::Wish& wish : passport.wishes().features()) {
    std::string text = NameOf(language, wish.attitude()) + " " + NameOf(language, wish.feature());
    if (wish.strength() > 0) text += " (" + std::to_string(wish.strength()) + ")";
    wishes.push_back(text);
  }
  return wishes.empty() ? Say(language, Word::kUnknown) : Listed(wishes);
}

std::string FormsText(Language language, const v1::Passport& passport) {
  std::vector<std::string> forms;
  for (const int form : passport.wishes().participation_forms()) {
    forms.push_back(NameOf(language, static_cast<v1::ParticipationForm>(form)));
  }
  return forms.empty() ? Say(language, Word::kUnknown) : Listed(forms);
}

std::string HoursText(Language language, const v1::Passport& passport) {
  if (!passport.wishes().has_hours()) return Say(language, Word::kUnknown);
  const auto& hours = passport.wishes().hours();
  const std::string range =
      std::to_string(hours.weekly_hours_min()) + "-" + std::to_string(hours.weekly_hours_max());
  return Say(language, Word::kHoursAWeek, {range});
}

std::string TravelText(Language language, const v1::Passport& passport) {
  if (!passport.wishes().has_travel()) return Say(language, Word::kUnknown);
  const auto& travel = passport.wishes().travel();
  return Say(language, Word::kMinutesBy,
             {std::to_string(travel.minutes_max()), NameOf(language, travel.means())});
}

std::string PacesText(Language language, const v1::Passport& passport) {
  std::vector<std::string> paces;
  for (const v1::Pace& pace : passport.paces()) {
    std::vector<std::string> amounts = PaceAmounts(language, pace);
    amounts.push_back(NameOf(language, pace.basis()));
    paces.push_back(NameOf(language, pace.kind()) + " (" + Listed(amounts) + ")");
  }
  return paces.empty() ? Say(language, Word::kUnknown) : Listed(paces);
}

std::string SupportText(Language language, const v1::Passport& passport) {
  if (passport.support().nothing_needed()) return Say(language, Word::kNothingNeeded);
  std::vector<std::string> needs;
  for (const v1::SupportNeed& need : passport.support().needs()) {
    std::string text = NameOf(language, need.solution());
    if (need.has_amount_percent()) text += " " + std::to_string(need.amount_percent()) + " %";
    if (need.essential()) text += " (" + Say(language, Word::kEssential) + ")";
    needs.push_back(text);
  }
  return needs.empty() ? Say(language, Word::kUnknown) : Listed(needs);
}

std::string SkillsText(const Style& style, const v1::Passport& passport) {
  const Language language = style.language;
  Table table({{Say(language, Word::kSkill)},
               {Say(language, Word::kLevel), Table::Align::kRight},
               {Say(language, Word::kCertainty), Table::Align::kRight},
               {Say(language, Word::kMethod)},
               {Say(language, Word::kWhen)}});
  for (const v1::PassportSkill& skill : passport.skills()) {
    const bool any = !skill.validations().empty();
    table.AddRow({skill.skill(), std::to_string(skill.level()),
                  Ratio(language, skill.certainty_basis_points(), 100) + " %",
                  any ? NameOf(language, skill.validations(0).method()) : "",
                  any ? DayText(skill.validations(0).validate_time()) : ""});
    if (skill.disputed()) table.AddNote(Say(language, Word::kDisputed), 0, Ink::kYellow);
  }
  return table.Draw(style);
}

}  // namespace

std::string PassportText(const Style& style, const Labels& labels, const v1::Passport& passport) {
  const Language language = style.language;
  const auto say = [&](Word word) { return Say(language, word); };
  const std::string region = passport.region().empty() ? say(Word::kUnknown) : passport.region();
  std::string text = FieldsText(
      style,
      {{say(Word::kName), passport.name()},
       {say(Word::kLabel), labels.LabelOf(passport.name())},
       {say(Word::kState), NameOf(language, passport.state())},
       {say(Word::kRegion), region},
       {say(Word::kPartners), Listed({passport.partners().begin(), passport.partners().end()})},
       {say(Word::kCoaches), Listed({passport.coaches().begin(), passport.coaches().end()})},
       {say(Word::kChanged), DayText(passport.update_time())},
       {say(Word::kWishes), WishesText(language, passport)},
       {say(Word::kForms), FormsText(language, passport)},
       {say(Word::kHours), HoursText(language, passport)},
       {say(Word::kTravel), TravelText(language, passport)},
       {say(Word::kPace), PacesText(language, passport)},
       {say(Word::kSupport), SupportText(language, passport)}});
  const std::string skills = SkillsText(style, passport);
  return skills.empty() ? text : text + "\n" + skills;
}

std::string PassportsText(const Style& style, const Labels& labels,
                          const Messages<v1::Passport>& passports) {
  const Language language = style.language;
  Table table({{Say(language, Word::kName)},
               {Say(language, Word::kLabel), Table::Align::kLeft, true},
               {Say(language, Word::kState)},
               {Say(language, Word::kRegion)},
               {Say(language, Word::kSkills), Table::Align::kRight}});
  for (const v1::Passport& passport : passports) {
    table.AddRow({passport.name(), labels.LabelOf(passport.name()),
                  NameOf(language, passport.state()), passport.region(),
                  std::to_string(passport.skills_size())});
  }
  return passports.empty() ? Say(language, Word::kNothing) + "\n" : table.Draw(style);
}

std::string ValidationsText(const Style& style, const Messages<v1::Validation>& validations) {
  const Language language = style.language;
  Table table({{Say(language, Word::kSkill)},
               {Say(language, Word::kLevel), Table::Align::kRight},
               {Say(language, Word::kMethod)},
               {Say(language, Word::kWhen)},
               {Say(language, Word::kBy), Table::Align::kLeft, true}});
  for (const v1::Validation& validation : validations) {
    std::string by = validation.validator();
    if (!validation.capacity().empty()) by += (by.empty() ? "" : ", ") + validation.capacity();
    if (!validation.place().empty()) by += (by.empty() ? "" : ", ") + validation.place();
    if (validation.has_foreign_proof()) {
      by += (by.empty() ? "" : ", ") +
            Say(language, Word::kSignedBy, {validation.foreign_proof().issuer_name()});
    }
    table.AddRow({validation.skill(), std::to_string(validation.level()),
                  NameOf(language, validation.method()), DayText(validation.validate_time()), by});
    table.AddNote(validation.name(), 0, Ink::kDim);
    for (const v1::Dispute& dispute : validation.disputes()) {
      if (dispute.resolution() != v1::DISPUTE_RESOLUTION_UNSPECIFIED) continue;
      table.AddNote(
          Say(language, Word::kObjection, {DayText(dispute.dispute_time()), dispute.reason()}), 0,
          Ink::kYellow);
    }
    if (validation.has_revoke_time()) {
      table.AddNote(Say(language, Word::kRevoked,
                        {DayText(validation.revoke_time()), validation.revoke_reason()}),
                    0, Ink::kYellow);
    }
  }
  return validations.empty() ? Say(language, Word::kNothing) + "\n" : table.Draw(style);
}

}  // namespace passend::client

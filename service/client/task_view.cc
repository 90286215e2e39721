#include <vector>

#include "service/client/dates.h"
#include "service/client/fields_text.h"
#include "service/client/pace_text.h"
#include "service/client/record_views.h"
#include "service/client/table.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

std::string HoursText(Language language, const v1::TaskHours& hours) {
  std::string text = Say(language, Word::kHoursAWeek, {std::to_string(hours.start_weekly_hours())});
  if (hours.growth_weekly_hours() > 0) {
    text += ", " + Say(language, Word::kGrowsTo, {std::to_string(hours.growth_weekly_hours())});
  }
  return text;
}

std::string FeaturesText(Language language, const v1::Task& task) {
  std::vector<std::string> features;
  for (const int feature : task.features()) {
    features.push_back(NameOf(language, static_cast<v1::WorkFeature>(feature)));
  }
  return Listed(features);
}

std::string OffersText(Language language, const v1::Task& task) {
  std::vector<std::string> offers;
  for (const v1::SupportOffer& offer : task.support_offers()) {
    offers.push_back(NameOf(language, offer.solution()) + " " +
                     std::to_string(offer.amount_percent()) + " %");
  }
  return Listed(offers);
}

std::string SkillsText(const Style& style, const v1::Task& task) {
  const Language language = style.language;
  if (task.required_skills().empty()) return Say(language, Word::kOpenHiring) + "\n";
  Table table({{Say(language, Word::kSkill)},
               {Say(language, Word::kLevel), Table::Align::kRight},
               {"1-5", Table::Align::kRight},
               {""}});
  for (const v1::RequiredSkill& skill : task.required_skills()) {
    table.AddRow({skill.skill(), std::to_string(skill.level()), std::to_string(skill.importance()),
                  skill.learnable() ? Say(language, Word::kLearnable) : ""});
  }
  return table.Draw(style);
}

}  // namespace

std::string TaskText(const Style& style, const v1::Task& task) {
  const Language language = style.language;
  const auto say = [&](Word word) { return Say(language, word); };
  std::string carved = NameOf(language, task.carving().method());
  if (!task.carving().carved_from().empty()) carved = task.carving().carved_from() + ", " + carved;
  const std::string additional =
      NameOf(language, task.additionality().ground()) + ": " + task.additionality().statement();
  return FieldsText(style, {{say(Word::kName), task.name()},
                            {say(Word::kWhat), task.title()},
                            {"", task.description()},
                            {say(Word::kState), NameOf(language, task.state())},
                            {say(Word::kEmployer), task.employer()},
                            {say(Word::kRegion), task.place().region()},
                            {say(Word::kHours), HoursText(language, task.hours())},
                            {say(Word::kForms), NameOf(language, task.participation_form())},
                            {say(Word::kPay), NameOf(language, task.pay_form())},
                            {say(Word::kFeatures), FeaturesText(language, task)},
                            {say(Word::kPace), Listed(PaceAmounts(language, task.pace()))},
                            {say(Word::kSupport), OffersText(language, task)},
                            {say(Word::kCarved), carved},
                            {say(Word::kAdditional), additional}}) +
         "\n" + SkillsText(style, task);
}

std::string TaskListText(const Style& style, const Messages<v1::Task>& tasks) {
  const Language language = style.language;
  Table table({{Say(language, Word::kName)},
               {Say(language, Word::kWhat), Table::Align::kLeft, true},
               {Say(language, Word::kState)},
               {Say(language, Word::kRegion)},
               {Say(language, Word::kHours), Table::Align::kRight},
               {Say(language, Word::kEmployer)}});
  for (const v1::Task& task : tasks) {
    table.AddRow({task.name(), task.title(), NameOf(language, task.state()), task.place().region(),
                  std::to_string(task.hours().start_weekly_hours()), task.employer()});
  }
  return tasks.empty() ? Say(language, Word::kNothing) + "\n" : table.Draw(style);
}

}  // namespace passend::client

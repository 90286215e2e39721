#include <vector>

#include "service/client/dates.h"
#include "service/client/fields_text.h"
#include "service/client/record_views.h"
#include "service/client/table.h"

namespace passend::client {
namespace v1 = passend::v1;

std::string ConsentsText(const Style& style, const Messages<v1::Consent>& consents,
                         const google::protobuf::Timestamp& now) {
  const Language language = style.language;
  Table table({{Say(language, Word::kAudience)},
               {Say(language, Word::kPurpose)},
               {Say(language, Word::kWhat), Table::Align::kLeft, true},
               {Say(language, Word::kUntil)}});
  for (const v1::Consent& consent : consents) {
    table.AddRow({consent.audience(), NameOf(language, consent.purpose()),
                  GroupsText(language, consent.groups()), DayText(consent.expire_time())});
    table.AddNote(consent.name(), 0, Ink::kDim);
    if (consent.any_task()) table.AddNote(Say(language, Word::kForAnyTask), 0);
    if (consent.tasks_size() > 0) {
      const std::string tasks = Listed({consent.tasks().begin(), consent.tasks().end()});
      table.AddNote(Say(language, Word::kForTasks, {tasks}), 0);
    }
    if (!consent.recorded_by().empty()) {
      table.AddNote(Say(language, Word::kSaidSo, {consent.recorded_by(), consent.statement()}), 0);
    }
    if (consent.has_revoke_time()) {
      const std::string day = DayText(consent.revoke_time());
      table.AddNote(Say(language, Word::kRevokedOn, {day}), 0, Ink::kYellow);
    } else if (consent.expire_time().seconds() <= now.seconds()) {
      table.AddNote(Say(language, Word::kEnded), 0, Ink::kYellow);
    }
  }
  return consents.empty() ? Say(language, Word::kNothing) + "\n" : table.Draw(style);
}

std::string RevealsText(const Style& style, const Messages<v1::Reveal>& reveals) {
  const Language language = style.language;
  Table table({{Say(language, Word::kAudience)},
               {Say(language, Word::kRevealTask)},
               {Say(language, Word::kRevealFirst)},
               {Say(language, Word::kRevealLast)},
               {Say(language, Word::kRevealCount), Table::Align::kRight}});
  for (const v1::Reveal& reveal : reveals) {
    table.AddRow({reveal.employer(), reveal.task(), DayText(reveal.first_time()),
                  DayText(reveal.last_time()), std::to_string(reveal.count())});
    table.AddNote(reveal.consent(), 0, Ink::kDim);
  }
  return reveals.empty() ? Say(language, Word::kNothing) + "\n" : table.Draw(style);
}

}  // namespace passend::client

#include "service/client/audit_view.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "service/client/fields_text.h"
#include "service/client/table.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

std::string MomentText(const google::protobuf::Timestamp& moment) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(moment.seconds()),
                          absl::UTCTimeZone());
}

// `FindCandidates` of `passend.v1.MatchService.FindCandidates`.
std::string ShortMethod(const std::string& method) { return method.substr(method.rfind('.') + 1); }

std::string WhoText(const std::string& role, const std::string& tenant,
                    const std::string& subject) {
  std::vector<std::string> parts = {role};
  for (const std::string& part : {tenant, subject}) {
    if (!part.empty()) parts.push_back(part);
  }
  return Listed(parts);
}

}  // namespace

std::string LogText(const Style& style, const Labels& labels,
                    const google::protobuf::RepeatedPtrField<v1::AccessLogEntry>& entries) {
  const auto say = [&](Word word) { return Say(style.language, word); };
  if (entries.empty()) return say(Word::kNothing) + "\n";
  Table table({{say(Word::kWhen)},
               {say(Word::kName)},
               {say(Word::kWho), Table::Align::kLeft, true},
               {say(Word::kWhatFor)},
               {say(Word::kShown), Table::Align::kLeft, true}});
  for (const v1::AccessLogEntry& entry : entries) {
    const std::string passport = entry.name().substr(0, entry.name().find("/looks/"));
    if (entry.erased()) {
      table.AddRow({MomentText(entry.look_time()), passport, say(Word::kErasedSince)});
      continue;
    }
    const std::string label = labels.LabelOf(passport);
    table.AddRow(
        {MomentText(entry.look_time()), label.empty() ? passport : label,
         WhoText(entry.role(), entry.tenant(), entry.subject()),
         absl::StrCat(NameOf(style.language, entry.purpose()), ", ", ShortMethod(entry.method())),
         GroupsText(style.language, entry.groups())});
  }
  return table.Draw(style);
}

std::string DecisionsText(const Style& style,
                          const google::protobuf::RepeatedPtrField<v1::Decision>& decisions) {
  const auto say = [&](Word word) { return Say(style.language, word); };
  if (decisions.empty()) return say(Word::kNothing) + "\n";
  Table table({{say(Word::kWhen)},
               {say(Word::kName)},
               {say(Word::kWho), Table::Align::kLeft, true},
               {say(Word::kWhat), Table::Align::kLeft, true}});
  for (const v1::Decision& decision : decisions) {
    const std::string& about = decision.passport().empty() ? decision.task() : decision.passport();
    table.AddRow({MomentText(decision.decide_time()), decision.name(),
                  decision.role().empty()
                      ? say(Word::kErasedSince)
                      : WhoText(decision.role(), decision.tenant(), decision.subject()),
                  absl::StrCat(ShortMethod(decision.method()), " ", about)});
  }
  return table.Draw(style);
}

std::string ReplayText(const Style& style, const v1::ReplayResponse& replayed) {
  std::string text = absl::StrCat(replayed.decision().name(), ": ",
                                  NameOf(style.language, replayed.outcome()), "\n");
  for (const std::string& gone : replayed.gone()) absl::StrAppend(&text, "  ", gone, "\n");
  for (const std::string& other : replayed.differences()) {
    absl::StrAppend(&text, "  ", other, "\n");
  }
  return text;
}

std::string CheckText(const Style& style, const v1::CheckAccessLogResponse& checked) {
  std::string text =
      checked.whole() ? Say(style.language, Word::kLogIsWhole,
                            {std::to_string(checked.looks()), std::to_string(checked.decisions()),
                             std::to_string(checked.erased_looks())})
                      : Say(style.language, Word::kLogIsNotWhole);
  text += "\n";
  for (const std::string& problem : checked.problems()) absl::StrAppend(&text, "  ", problem, "\n");
  if (!checked.last_chain().empty()) {
    text += Say(style.language, Word::kNoteChain,
                {std::to_string(checked.last_sequence()), checked.last_chain()}) +
            "\n";
  }
  return text;
}

}  // namespace passend::client

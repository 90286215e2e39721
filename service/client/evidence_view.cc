#include "service/client/evidence_view.h"

#include "service/client/dates.h"
#include "service/client/table.h"
#include "service/client/words.h"

namespace passend::client {

namespace v1 = passend::v1;

std::string FlagsText(Language language,
                      const google::protobuf::RepeatedPtrField<v1::FlaggedItem>& flags) {
  std::string text;
  for (const v1::FlaggedItem& item : flags) {
    if (!text.empty()) text += ", ";
    text += NameOf(language, item.flag());
    if (!item.skill().empty()) text += ": " + item.skill();
    if (item.solution() != v1::SUPPORT_SOLUTION_UNSPECIFIED) {
      text += ": " + NameOf(language, item.solution());
    }
  }
  return text;
}

std::string DueText(const Style& style, const v1::ListDueResponse& due) {
  const Language language = style.language;
  if (due.items().empty()) return Say(language, Word::kNothingDue) + "\n";
  Table table({{"", Table::Align::kRight},
               {Say(language, Word::kPoints), Table::Align::kRight},
               {Say(language, Word::kWhat), Table::Align::kLeft, true}});
  int number = 0;
  for (const v1::DueItem& item : due.items()) {
    const std::string what = NameOf(language, item.kind());
    const std::string about = item.skill_label().empty() ? "" : ": " + item.skill_label();
    table.AddRow({std::to_string(++number),
                  std::to_string(item.value_basis_points() / 100),
                  {what + about, Ink::kBold}});
    table.AddNote(item.reason(), 2);
    if (!item.validation().empty()) table.AddNote(item.validation(), 2, Ink::kDim);
  }
  return table.Draw(style) +
         Say(language, Word::kDueAgainst,
             {std::to_string(due.items_size()), std::to_string(due.total_size()),
              std::to_string(due.tasks_considered())}) +
         "\n";
}

std::string ProposalsText(const Style& style, const v1::ListProposalsResponse& proposals) {
  const Language language = style.language;
  Table table({{Say(language, Word::kWhen)},
               {Say(language, Word::kScore), Table::Align::kRight},
               {Say(language, Word::kWhat)},
               {Say(language, Word::kBy), Table::Align::kLeft, true}});
  for (const v1::Proposal& proposal : proposals.proposals()) {
    table.AddRow({DayText(proposal.propose_time()), std::to_string(proposal.score()),
                  proposal.task(), proposal.proposer()});
    if (!proposal.flags().empty()) {
      table.AddNote(Say(language, Word::kFlagged, {FlagsText(language, proposal.flags())}), 2,
                    Ink::kYellow);
    }
    if (!proposal.motivation().empty()) {
      table.AddNote(Say(language, Word::kMotivation, {proposal.motivation()}), 2);
    }
  }
  return proposals.proposals().empty() ? Say(language, Word::kNothing) + "\n" : table.Draw(style);
}

std::string ProposedText(const Style& style, const v1::ListProposedCandidatesResponse& proposed) {
  const Language language = style.language;
  Table table({{Say(language, Word::kWhen)},
               {Say(language, Word::kWho)},
               {Say(language, Word::kBy), Table::Align::kLeft, true}});
  for (const v1::ProposedCandidate& candidate : proposed.candidates()) {
    table.AddRow(
        {DayText(candidate.propose_time()), candidate.candidate(), candidate.organisation()});
  }
  return proposed.candidates().empty() ? Say(language, Word::kNothing) + "\n" : table.Draw(style);
}

}  // namespace passend::client

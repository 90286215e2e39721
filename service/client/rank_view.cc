#include "service/client/rank_view.h"

#include <algorithm>
#include <vector>

#include "service/client/bar.h"
#include "service/client/dates.h"
#include "service/client/table.h"
#include "service/client/text_width.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kLittleBarColumns = 6;
constexpr std::size_t kNotesColumn = 1;

std::vector<Table::Column> Columns(Language language, Word last) {
  const auto say = [&](Word word) { return Say(language, word); };
  return {{say(Word::kRank), Table::Align::kRight},
          {say(Word::kScore), Table::Align::kRight},
          {say(Word::kFit)},
          {say(Word::kAbility)},
          {say(Word::kWishes)},
          {say(Word::kPace)},
          {say(Word::kSupport)},
          {say(last), Table::Align::kLeft, false}};
}

std::string LittleBar(const Style& style, const v1::Fit& fit, v1::Dimension dimension) {
  for (const v1::DimensionFit& part : fit.dimensions()) {
    if (part.dimension() == dimension) {
      return Bar(style, part.score_basis_points(), kLittleBarColumns);
    }
  }
  return "";
}

// Whether a reason ends with the question, so that a line of its own would say it twice.
bool AsksAlready(const v1::Fit& fit) {
  return std::any_of(fit.reasons().begin(), fit.reasons().end(), [&](const std::string& reason) {
    return reason.ends_with(fit.question().text());
  });
}

void AddFit(const Style& style, Table& table, const std::string& rank, const v1::Fit& fit,
            const std::string& name) {
  const bool ranked = fit.outcome() == v1::FIT_OUTCOME_RANKED;
  const std::string band =
      ranked ? NameOf(style.language, fit.band()) : NameOf(style.language, fit.outcome());
  table.AddRow({rank,
                {ScoreText(fit), Ink::kBold},
                {band, InkOf(fit)},
                LittleBar(style, fit, v1::DIMENSION_ABILITY),
                LittleBar(style, fit, v1::DIMENSION_WISHES),
                LittleBar(style, fit, v1::DIMENSION_PACE),
                LittleBar(style, fit, v1::DIMENSION_SUPPORT),
                {name, Ink::kBold}});
  for (const std::string& reason : fit.reasons()) table.AddNote(reason, kNotesColumn);
  for (const v1::Gate& gate : fit.gates()) {
    if (fit.reasons().empty()) table.AddNote(gate.reason(), kNotesColumn, Ink::kYellow);
    if (!gate.lift().empty()) {
      table.AddNote(Say(style.language, Word::kLift, {gate.lift()}), kNotesColumn, Ink::kDim);
    }
  }
  if (!fit.question().text().empty() && !AsksAlready(fit)) {
    table.AddNote(Say(style.language, Word::kAsk, {fit.question().text()}), kNotesColumn,
                  Ink::kYellow);
  }
}

// What an employer is told: no score and no bars.
void AddView(const Style& style, Table& table, const v1::Candidate& candidate,
             const std::string& name) {
  const v1::EmployerView& view = candidate.view();
  const std::string band = view.to_be_asked() ? NameOf(style.language, v1::FIT_OUTCOME_TO_BE_ASKED)
                                              : NameOf(style.language, view.band());
  v1::Fit coloured;
  coloured.set_outcome(view.to_be_asked() ? v1::FIT_OUTCOME_TO_BE_ASKED : v1::FIT_OUTCOME_RANKED);
  coloured.set_band(view.band());
  table.AddRow({std::to_string(candidate.rank()), {band, InkOf(coloured)}, {name, Ink::kBold}});
  for (const std::string& reason : view.reasons()) table.AddNote(reason, kNotesColumn);
}

std::string CoarseText(const v1::CoarseCount& count) {
  return count.fewer_than_ten() ? "<10" : std::to_string(count.at_least()) + "+";
}

std::string ForEmployersText(const Style& style, const Labels& labels,
                             const v1::FindCandidatesResponse& response) {
  const auto say = [&](Word word) { return Say(style.language, word); };
  Table table({{say(Word::kRank), Table::Align::kRight},
               {say(Word::kFit)},
               {say(Word::kWho), Table::Align::kLeft, false}});
  for (const v1::Candidate& candidate : response.candidates()) {
    AddView(style, table, candidate, CandidateName(labels, candidate));
  }
  std::string text = table.Draw(style);
  if (text.empty()) text = say(Word::kNobodyFits) + "\n";
  text += "\n";
  if (response.has_employer_list()) {
    const v1::EmployerList& list = response.employer_list();
    const std::string counts =
        Say(style.language, Word::kSummaryConsidered, {CoarseText(list.considered())});
    for (const std::string& foot : {WithoutControls(list.offer().text()), counts}) {
      for (const std::string& line : Wrap(foot, style.width_columns)) text += line + "\n";
    }
  }
  for (const std::string& line : Wrap(BasisText(style, response.basis()), style.width_columns)) {
    text += Paint(style, Ink::kDim, line) + "\n";
  }
  return text;
}

std::string TaskName(const v1::TaskMatch& match) {
  return match.title().empty() ? match.task() : match.title() + " (" + match.task() + ")";
}

std::string Foot(const Style& style, const v1::PoolSummary& summary, const v1::MatchBasis& basis) {
  std::string text;
  for (const std::string& line : Wrap(SummaryText(style, summary), style.width_columns)) {
    text += line + "\n";
  }
  for (const std::string& line : Wrap(BasisText(style, basis), style.width_columns)) {
    text += Paint(style, Ink::kDim, line) + "\n";
  }
  return text;
}

}  // namespace

Ink InkOf(const v1::Fit& fit) {
  if (fit.outcome() == v1::FIT_OUTCOME_EXCLUDED) return Ink::kRed;
  if (fit.outcome() == v1::FIT_OUTCOME_TO_BE_ASKED) return Ink::kYellow;
  const bool good = fit.band() == v1::FIT_BAND_STRONG || fit.band() == v1::FIT_BAND_GOOD ||
                    fit.band() == v1::FIT_BAND_GOOD_WITH_ADJUSTMENTS;
  return good ? Ink::kGreen : Ink::kYellow;
}

std::string ScoreText(const v1::Fit& fit) {
  if (fit.outcome() == v1::FIT_OUTCOME_TO_BE_ASKED) return "?";
  if (fit.outcome() == v1::FIT_OUTCOME_EXCLUDED) return "-";
  return std::to_string(fit.score());
}

std::string CandidateName(const Labels& labels, const v1::Candidate& candidate) {
  const std::string name =
      candidate.passport().empty() ? candidate.candidate() : candidate.passport();
  const std::string label = labels.LabelOf(candidate.passport());
  return label.empty() ? name : label + " (" + name + ")";
}

std::string SummaryText(const Style& style, const v1::PoolSummary& summary) {
  const Language language = style.language;
  std::vector<v1::ExclusionCount> exclusions(summary.exclusions().begin(),
                                             summary.exclusions().end());
  std::stable_sort(exclusions.begin(), exclusions.end(),
                   [](const auto& a, const auto& b) { return a.count() > b.count(); });
  std::int64_t excluded = 0;
  std::string causes;
  for (const v1::ExclusionCount& exclusion : exclusions) {
    excluded += exclusion.count();
    causes += causes.empty() ? "" : ", ";
    causes += NameOf(language, exclusion.cause()) + " " + std::to_string(exclusion.count());
  }
  const auto part = [&](Word word, std::int64_t count) {
    return Say(language, word, {std::to_string(count)});
  };
  std::string text = part(Word::kSummaryConsidered, summary.considered());
  text += Separator(style) + part(Word::kSummaryRanked, summary.ranked());
  text += Separator(style) + part(Word::kSummaryAsk, summary.to_be_asked());
  text += Separator(style) + part(Word::kSummaryExcluded, excluded);
  return causes.empty() ? text : text + " (" + causes + ")";
}

std::string BasisText(const Style& style, const v1::MatchBasis& basis) {
  std::string taxonomies;
  for (const std::string& taxonomy : basis.taxonomies()) {
    taxonomies += (taxonomies.empty() ? "" : ", ") + taxonomy;
  }
  if (taxonomies.empty()) taxonomies = "-";
  return WithoutControls(Say(style.language, Word::kBasis,
                             {basis.policy(), taxonomies, std::to_string(basis.data_sequence()),
                              DayText(basis.as_of_time())}));
}

std::string CandidatesText(const Style& style, const Labels& labels,
                           const v1::FindCandidatesResponse& response) {
  const bool for_employers = response.has_employer_list() ||
                             (response.candidates_size() > 0 && response.candidates(0).has_view());
  if (for_employers) return ForEmployersText(style, labels, response);
  Table table(Columns(style.language, Word::kWho));
  for (const v1::Candidate& candidate : response.candidates()) {
    AddFit(style, table, std::to_string(candidate.rank()), candidate.fit(),
           CandidateName(labels, candidate));
  }
  std::string text = table.Draw(style);
  if (text.empty()) text = Say(style.language, Word::kNobodyFits) + "\n";
  return text + "\n" + Foot(style, response.summary(), response.basis());
}

std::string TasksText(const Style& style, const v1::FindTasksResponse& response) {
  Table table(Columns(style.language, Word::kWhat));
  for (const v1::TaskMatch& match : response.tasks()) {
    AddFit(style, table, std::to_string(match.rank()), match.fit(), TaskName(match));
  }
  std::string text = table.Draw(style);
  if (text.empty()) text = Say(style.language, Word::kNoTaskFits) + "\n";
  if (!response.nearest().empty()) {
    Table nearest(Columns(style.language, Word::kWhat));
    for (const v1::TaskMatch& match : response.nearest()) {
      AddFit(style, nearest, "", match.fit(), TaskName(match));
    }
    text += "\n" + Say(style.language, Word::kNearest) + "\n" + nearest.Draw(style);
  }
  return text + "\n" + Foot(style, response.summary(), response.basis());
}

}  // namespace passend::client

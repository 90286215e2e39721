#include "service/client/explain_view.h"

#include <algorithm>

#include "service/client/bar.h"
#include "service/client/evidence_view.h"
#include "service/client/explain_terms.h"
#include "service/client/rank_view.h"
#include "service/client/table.h"
#include "service/client/text_width.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kBandColumnsMax = 62;
constexpr int kBarColumns = 10;
constexpr std::int64_t kHalving = std::int64_t{65536} * 10000;

// The text wrapped, the first line after `mark`, the others indented as far.
std::string Item(const Style& style, const std::string& mark, const std::string& text,
                 Ink ink = Ink::kPlain) {
  std::string drawn;
  const int indent = DisplayColumns(mark);
  const int columns = std::max(30, style.width_columns - indent);
  for (const std::string& line : Wrap(WithoutControls(text), columns)) {
    drawn += drawn.empty() ? mark : std::string(static_cast<std::size_t>(indent), ' ');
    drawn += Paint(style, ink, line) + "\n";
  }
  return drawn;
}

std::string Head(const Style& style, const std::string& who, const std::string& what,
                 const v1::Fit& fit) {
  const Language language = style.language;
  const auto points = [](int basis_points) { return std::to_string((basis_points + 50) / 100); };
  std::string text =
      Paint(style, Ink::kBold, WithoutControls(Say(language, Word::kFitOf, {who, what})));
  const bool ranked = fit.outcome() == v1::FIT_OUTCOME_RANKED;
  text += "\n" + Paint(style, Ink::kBold, ScoreText(fit)) + Separator(style);
  text += Paint(style, InkOf(fit),
                ranked ? NameOf(language, fit.band()) : NameOf(language, fit.outcome()));
  text += Separator(style) +
          Say(language, Word::kBand,
              {points(fit.score_low_basis_points()), points(fit.score_high_basis_points())});
  const int columns = std::min(kBandColumnsMax, style.width_columns - 8);
  text += "\n  0 " +
          BandBar(style, fit.score_low_basis_points(), fit.score_basis_points(),
                  fit.score_high_basis_points(), columns) +
          " 100\n";
  return text;
}

std::string Gates(const Style& style, const v1::Fit& fit) {
  if (fit.gates().empty()) return "";
  std::string text = "\n" + Paint(style, Ink::kBold, Say(style.language, Word::kClosed)) + "\n";
  for (const v1::Gate& gate : fit.gates()) {
    text += Item(style, style.unicode ? "  ✗ " : "  x ",
                 NameOf(style.language, gate.cause()) + ": " + gate.reason(), Ink::kRed);
    if (!gate.lift().empty()) {
      text += Item(style, "    ", Say(style.language, Word::kLift, {gate.lift()}));
    }
  }
  return text;
}

std::string Terms(const Style& style, const v1::DimensionFit& part) {
  const std::string mark = style.unicode ? "  • " : "  * ";
  std::string text;
  for (const auto& term : part.skills()) text += Item(style, mark, SkillTermText(style, term));
  for (const auto& term : part.wishes()) text += Item(style, mark, WishTermText(style, term));
  for (const auto& term : part.amounts()) text += Item(style, mark, AmountTermText(style, term));
  for (const auto& term : part.supports()) text += Item(style, mark, SupportTermText(style, term));
  const auto none = [&](v1::Dimension dimension, bool empty, Word word) {
    if (part.dimension() == dimension && empty)
      text += Item(style, mark, Say(style.language, word));
  };
  none(v1::DIMENSION_ABILITY, part.skills().empty(), Word::kOpenHiring);
  none(v1::DIMENSION_WISHES, part.wishes().empty(), Word::kNoWishes);
  return text;
}

std::string Dimensions(const Style& style, const v1::Fit& fit) {
  std::string text;
  for (const v1::DimensionFit& part : fit.dimensions()) {
    const auto points = [](int basis_points) { return std::to_string((basis_points + 50) / 100); };
    text += "\n" + Paint(style, Ink::kBold, PadRight(NameOf(style.language, part.dimension()), 8));
    text += Bar(style, part.score_basis_points(), kBarColumns) + " ";
    text += PadLeft(points(part.score_basis_points()), 3) + Separator(style);
    text += Say(style.language, Word::kBand,
                {points(part.score_low_basis_points()), points(part.score_high_basis_points())});
    text += Separator(style) +
            Say(style.language, Word::kWeight,
                {Ratio(style.language, part.weight_basis_points(), 100)}) +
            "\n";
    text += Terms(style, part);
  }
  return text;
}

std::string Losses(const Style& style, const v1::Fit& fit) {
  if (fit.dimensions().empty() || fit.outcome() == v1::FIT_OUTCOME_EXCLUDED) return "";
  const Language language = style.language;
  Table table({{Say(language, Word::kLosses)},
               {Say(language, Word::kLossUnits), Table::Align::kRight},
               {Say(language, Word::kLossShare), Table::Align::kRight}});
  std::int64_t sum = 0;
  for (const v1::DimensionFit& part : fit.dimensions()) sum += part.loss();
  for (const v1::DimensionFit& part : fit.dimensions()) {
    const std::string share = sum > 0 ? Ratio(language, part.loss() * 100, sum) + " %" : "-";
    table.AddRow({NameOf(language, part.dimension()), std::to_string(part.loss()), share});
  }
  table.AddRow({{Say(language, Word::kTotal), Ink::kBold}, {std::to_string(sum), Ink::kBold}, ""});
  table.AddNote("100 x 2^-(" + std::to_string(sum) + " / " + std::to_string(kHalving) +
                    ") = " + Ratio(language, fit.score_basis_points(), 100),
                0, Ink::kDim);
  std::string text = "\n" + table.Draw(style);
  if (sum != fit.loss()) {
    text += Paint(style, Ink::kRed,
                  Say(language, Word::kLossesDiffer,
                      {std::to_string(sum), std::to_string(fit.loss())})) +
            "\n";
  }
  return text;
}

}  // namespace

std::string ExplainText(const Style& style, const std::string& who, const std::string& what,
                        const v1::Fit& fit) {
  std::string text = Head(style, who, what, fit);
  for (const std::string& reason : fit.reasons()) text += Item(style, "  ", reason);
  if (!fit.question().text().empty()) {
    text +=
        Item(style, "  ", Say(style.language, Word::kAsk, {fit.question().text()}), Ink::kYellow);
  }
  if (!fit.flags().empty()) {
    text += Item(style, "  ",
                 Say(style.language, Word::kFlagged, {FlagsText(style.language, fit.flags())}),
                 Ink::kYellow);
  }
  return text + Gates(style, fit) + Dimensions(style, fit) + Losses(style, fit);
}

}  // namespace passend::client

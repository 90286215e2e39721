#include "service/portable/printed_passport.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "service/match/words.h"
#include "service/portable/print_words.h"
#include "service/portable/printed_parts.h"
#include "service/portable/printed_text.h"

namespace passend::service {
namespace {

// Quiet and wide, in dark green on white: good to read on paper, in black and white too. Nothing is
// told by colour alone.
constexpr char kStyle[] = R"(
@page { size: A4; margin: 16mm 15mm 18mm; }
* { box-sizing: border-box; }
html { font: 10.5pt/1.45 "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; color: #1c2421; }
body { margin: 0 auto; max-width: 180mm; overflow-wrap: anywhere; }
header { border-bottom: 2.5pt solid #1d5c4a; padding-bottom: 5mm; margin-bottom: 6mm; }
header p { margin: 0; }
h1 { font-size: 27pt; line-height: 1.1; font-weight: 700; letter-spacing: -.3pt; color: #1d5c4a; margin: 0 0 4mm; }
h2 { font-size: 15pt; color: #1d5c4a; margin: 7mm 0 3mm; break-after: avoid; }
h3 { font-size: 11.5pt; margin: 0 0 1mm; break-after: avoid; }
.name { font-size: 15pt; font-weight: 600; }
.name span { display: inline-block; min-width: 95mm; border-bottom: .75pt solid #1c2421; }
.facts { color: #4a5651; padding-top: 1.5mm; }
.intro { padding-top: 4mm; max-width: 140mm; }
.cards { columns: 2; column-gap: 6mm; margin-bottom: 2mm; }
article { border-left: 2pt solid #9cc5b5; padding: .5mm 0 .5mm 4mm; margin-bottom: 3.5mm; break-inside: avoid; }
article h3::first-letter, dd::first-letter { text-transform: uppercase; }
.level { margin: 0 0 1mm; }
.level small, .named small { color: #4a5651; white-space: nowrap; }
.dots { white-space: nowrap; margin-right: 2mm; }
.dots i { display: inline-block; width: 2.6mm; height: 2.6mm; border: .75pt solid #1d5c4a; border-radius: 50%; margin-right: .7mm; }
.dots i.on { background: #1d5c4a; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
article ul { list-style: none; margin: 0; padding: 0; font-size: 9pt; color: #36413c; }
article li { padding-left: 3mm; text-indent: -3mm; }
article li::before { content: "\2013\00a0"; }
dl { display: grid; grid-template-columns: 38mm 1fr; gap: 2mm 4mm; margin: 0; }
dt { font-weight: 600; }
dd { margin: 0; }
dd ul { list-style: none; margin: 0; padding: 0; }
.wishes dd li { display: inline; }
.wishes dd li:not(:last-child)::after { content: "; "; }
section.wishes dl > dd, section.best dd li { break-inside: avoid; }
footer { border-top: .75pt solid #9cc5b5; margin-top: 8mm; padding-top: 4mm; font-size: 9pt; break-inside: avoid; }
footer ol { list-style: none; margin: 0 0 3mm; padding: 0; columns: 2; }
footer h3 { font-size: 9.5pt; }
footer p { margin: 0; }
.close { font-size: 9.5pt; line-height: 1.35; }
.close header { padding-bottom: 3mm; margin-bottom: 4mm; }
.close h1 { font-size: 22pt; margin-bottom: 3mm; }
.close h2 { margin-top: 5mm; }
.close main h3 { font-size: 10.5pt; }
.close article { margin-bottom: 3mm; }
.close .level, .close .best dd li { font-size: 9pt; }
.close section.wishes dl > dd { break-inside: auto; }
.close dl { gap: 1.2mm 4mm; }
.close footer { margin-top: 5mm; padding-top: 3mm; }
@media screen { body { padding: 12mm 6mm; } }
)";

// "midden-brabant" as people write it: "Midden-Brabant".
std::string RegionName(std::string region) {
  bool starts = true;
  for (char& c : region) {
    if (starts && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    starts = c == '-';
  }
  return region;
}

std::string Header(const v1::Passport& passport, const PrintWords& words,
                   const PrintOptions& options) {
  std::string facts = Escaped(absl::Substitute(words.made_on, PrintedDay(words, options.now)));
  if (!passport.region().empty()) {
    absl::StrAppend(&facts, " &middot; ",
                    Escaped(absl::Substitute(words.region, RegionName(passport.region()))));
  }
  const std::string name = options.display_name.empty()
                               ? absl::StrCat(Escaped(words.name), ": <span>&nbsp;</span>")
                               : Escaped(options.display_name);
  return absl::StrCat("<header>\n<h1>", Escaped(words.title), "</h1>\n<p class=\"name\">", name,
                      "</p>\n<p class=\"facts\">", facts, "</p>\n<p class=\"intro\">",
                      Escaped(words.intro), "</p>\n</header>\n");
}

std::string Paragraph(const char* text) { return absl::StrCat("<p>", Escaped(text), "</p>\n"); }

}  // namespace

std::string PrintPassport(const v1::Passport& passport, const PrintedLabels& labels,
                          std::string_view language_code, const PrintOptions& options) {
  const PrintWords& words = PrintWordsFor(language_code);
  const MatchWords& names = MatchWordsFor(language_code);
  const std::string others =
      absl::StrCat(PrintedWishes(passport.wishes(), words, names),
                   options.for_employer ? "" : PrintedBest(passport, words, names));
  std::string skills = PrintedSkills(passport, labels, words, kWideRoom, options.now);
  const bool close = PrintedWidth(skills) + PrintedWidth(others) > kWideWidthMax;
  if (close) skills = PrintedSkills(passport, labels, words, kNarrowRoom, options.now);
  const std::string main = skills + others;
  const bool cut = main.find(kCutMark) != std::string::npos;
  return absl::StrCat(
      "<!DOCTYPE html>\n<html lang=\"", words.language_code,
      "\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>",
      Escaped(words.title), "</title>\n<style>", kStyle, "</style>\n</head>\n<body",
      close ? " class=\"close\"" : "", ">\n", Header(passport, words, options), "<main>\n", main,
      "</main>\n<footer>\n", PrintedScale(words), cut ? Paragraph(words.not_all) : "",
      options.is_signed ? Paragraph(words.how_to_check) + Paragraph(words.while_kept) : "",
      "</footer>\n</body>\n</html>\n");
}

}  // namespace passend::service

#include "service/client/sheet/sheet_columns.h"

#include "service/client/sheet/sheet_words.h"

namespace passend::client {
namespace {

const SheetHeading kEnglishHeadings[kSheetColumnCount] = {
    {"reference", "your own reference, never a name; rows that begin with # are not read in",
     "#example-1", "#example-1"},
    {"region", "labour-market region, such as groningen", "groningen", ""},
    {"skill",
     "one skill a row: its name in the taxonomy, or esco/...; a further skill is a further row "
     "with the same reference",
     "make soup", "bake"},
    {"level",
     "1 step by step, 2 with help, 3 on their own, 4 in a new setting too, 5 teaches others", "3",
     "2"},
    {"method",
     "how it is known: observed by a coach, work sample, reference, self-declared, diploma",
     "observed by a coach", "self-declared"},
    {"date", "when it was established; empty: today", "2026-11-02", ""},
    {"place", "where it was seen", "community kitchen", ""},
    {"wants", "what the person likes at work, commas between; 1 a little, 2 clearly, 3 very much",
     "kitchen 3, in a team", ""},
    {"avoids", "what the person would rather not have", "noise", ""},
    {"never", "what is out of the question", "height", ""},
    {"hours from", "fewest hours a week", "8", ""},
    {"hours to", "most hours a week", "24", ""},
    {"forms", "forms of work that are welcome, commas between; empty: not known",
     "basic job, voluntary work", ""},
    {"kind of work", "of the pace in this row", "kitchen", "cleaning"},
    {"tempo", "percent of the norm, 1-150", "80", "60"},
    {"minutes at a stretch", "5-480", "120", ""},
    {"hours a day", "1-12", "4", ""},
    {"days a week", "1-7", "3", ""},
    {"pace known as", "measured or expected; empty: expected", "measured", ""},
    {"support",
     "one a row, such as job coach, quiet place; nothing: it was asked, and nothing is needed",
     "job coach", "quiet place"},
    {"support percent", "how much, 1-100; empty: not known", "10", ""},
    {"support essential", "yes: without it the work cannot be done", "yes", ""},
};

const SheetHeading kDutchHeadings[kSheetColumnCount] = {
    {"kenmerk", "uw eigen kenmerk, nooit een naam; rijen die met # beginnen worden niet ingelezen",
     "#voorbeeld-1", "#voorbeeld-1"},
    {"regio", "arbeidsmarktregio, zoals groningen", "groningen", ""},
    {"vaardigheid",
     "één vaardigheid per rij: de naam in de taxonomie, of esco/...; een volgende vaardigheid is "
     "een volgende rij met hetzelfde kenmerk",
     "soep koken", "bakken"},
    {"niveau",
     "1 stap voor stap, 2 met hulp, 3 zelfstandig, 4 ook in een nieuwe omgeving, 5 leert het "
     "anderen",
     "3", "2"},
    {"hoe vastgesteld",
     "gezien door een coach, praktijkproef, referentie, eigen verklaring, diploma",
     "gezien door een coach", "eigen verklaring"},
    {"datum", "wanneer vastgesteld; leeg: vandaag", "2-11-2026", ""},
    {"plaats", "waar gezien", "buurtkeuken", ""},
    {"wil graag",
     "wat de persoon graag wil in het werk, komma ertussen; 1 een beetje, 2 duidelijk, 3 heel "
     "graag",
     "keuken 3, in een team", ""},
    {"liever niet", "wat de persoon liever niet wil", "lawaai", ""},
    {"nooit", "wat helemaal niet kan", "hoogte", ""},
    {"uren van", "minste uren per week", "8", ""},
    {"uren tot", "meeste uren per week", "24", ""},
    {"werkvormen", "welke vormen van werk goed zijn, komma ertussen; leeg: niet bekend",
     "basisbaan, vrijwilligerswerk", ""},
    {"soort werk", "van het tempo in deze rij", "keuken", "schoonmaak"},
    {"tempo", "procent van de norm, 1-150", "80", "60"},
    {"minuten aaneen", "5-480", "120", ""},
    {"uren per dag", "1-12", "4", ""},
    {"dagen per week", "1-7", "3", ""},
    {"tempo bekend als", "gemeten of verwacht; leeg: verwacht", "gemeten", ""},
    {"ondersteuning",
     "één per rij, zoals jobcoach, rustige plek; niets: het is gevraagd en er is niets nodig",
     "jobcoach", "rustige plek"},
    {"ondersteuning procent", "hoeveel, 1-100; leeg: niet bekend", "10", ""},
    {"ondersteuning onmisbaar", "ja: zonder kan het werk niet", "ja", ""},
};

std::string Quoted(std::string_view cell, char delimiter) {
  if (cell.find(delimiter) == std::string_view::npos) return std::string(cell);
  return '"' + std::string(cell) + '"';
}

std::string Row(Language language, std::string_view SheetHeading::*part) {
  const char delimiter = language == Language::kDutch ? ';' : ',';
  std::string row;
  for (const SheetHeading& heading : SheetHeadings(language)) {
    if (&heading != SheetHeadings(language).data()) row += delimiter;
    row += Quoted(heading.*part, delimiter);
  }
  return row + "\r\n";
}

}  // namespace

std::span<const SheetHeading, kSheetColumnCount> SheetHeadings(Language language) {
  if (language == Language::kDutch) return kDutchHeadings;
  return kEnglishHeadings;
}

std::string HeadingOf(Language language, SheetColumn column) {
  return std::string(SheetHeadings(language)[static_cast<std::size_t>(column)].heading);
}

std::optional<SheetColumn> ColumnOf(const std::string& heading) {
  const std::string folded = Folded(heading);
  for (int i = 0; i < kSheetColumnCount; ++i) {
    const auto column = static_cast<SheetColumn>(i);
    for (const Language language : {Language::kDutch, Language::kEnglish}) {
      if (HeadingOf(language, column) == folded) return column;
    }
  }
  return std::nullopt;
}

std::string SheetTemplate(Language language) {
  const std::string meanings = Row(language, &SheetHeading::meaning);
  return "\xEF\xBB\xBF" + Row(language, &SheetHeading::heading) +
         // The reference of the explaining row has to begin with # too.
         (meanings.starts_with('"') ? "\"# " + meanings.substr(1) : "# " + meanings) +
         Row(language, &SheetHeading::example) + Row(language, &SheetHeading::further);
}

}  // namespace passend::client

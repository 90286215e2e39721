#include "service/client/word_tables.h"

namespace passend::client {

// What the commands of whole sets and of spreadsheets say.
const WordText kDutchSetTexts[] = {
    {Word::kPushRejected, "de server staat het niet toe"},
    {Word::kPushConflict,
     "anderen hebben hetzelfde gewijzigd; kijk ernaar en stuur het opnieuw met de etag van wat u "
     "zag"},
    {Word::kPushErased, "deze persoon is gewist; wis die ook in uw systeem"},
    {Word::kPushDone,
     "{0} records: {1} overgenomen, {2} ongewijzigd, {3} geweigerd, {4} in strijd met anderen, {5} "
     "van mensen die zijn gewist, {6} onleesbaar."},
    {Word::kPushRefusedFile, "Wat is geweigerd en waarom: {0}"},
    {Word::kImportChanged,
     "{0} is gewijzigd sinds de vorige keer werd afgebroken; het gaat vanaf het begin."},
    {Word::kImportElsewhere,
     "{0} werd verstuurd voor een andere partner, naar een andere server of in een andere vorm; "
     "het "
     "gaat vanaf het begin."},
    {Word::kImportGoesOn, "{0}: gaat verder na {1} records."},
    {Word::kExporting, "Exporteren"},
    {Word::kExportGoesOn, "{0}: gaat verder na {1} mensen."},
    {Word::kExportOverwrites,
     "{0} is er al, en niet van een export die verder kan; --again schrijft eroverheen"},
    {Word::kExportDiffers,
     "{0} is van een andere vraag, een andere partner of een andere vorm; vraag hetzelfde, neem "
     "een "
     "ander bestand, of schrijf eroverheen met --again"},
    {Word::kExportShorter,
     "{0} is korter dan wat erover is genoteerd; zet het hele bestand terug, of schrijf het "
     "opnieuw "
     "met --again"},
    {Word::kExportTooOld,
     "{0}: de server bewaart de wijzigingen sindsdien niet meer; het wordt opnieuw geschreven."},
    {Word::kExportDone, "{0} mensen en wijzigingen staan in {1}."},
    {Word::kNotARecord, "dit is geen record dat verstuurd kan worden: {0}"},
    {Word::kTooLarge, "groter dan {0} bytes"},
    {Word::kFeedPassport, "zoals nu"},
    {Word::kOnlyHere, "de server heeft dit niet"},
    {Word::kOnlyThere, "de server heeft dit, het bestand niet"},
    {Word::kDiffering, "op de server van een andere revisie"},
    {Word::kErasedThere, "op de server gewist: wis het ook"},
    {Word::kNothingDiffers, "Er is geen verschil."},
    {Word::kNotCompared, "{0} records zonder revisie zijn niet vergeleken."},
    {Word::kSheetBad, "{0}, rij {1}, kolom {2}: {3}"},
    {Word::kSheetBadRow, "{0}, rij {1}: {2}"},
    {Word::kSheetNoColumn, "kolom {0} ontbreekt; begin met: passend csv template"},
    {Word::kSheetPassedOver, "{0}: kolom {1} wordt overgeslagen en niet verstuurd."},
    {Word::kSheetCannotRead, "niet te lezen: {0}"},
    {Word::kSheetBeyond,
     "er zijn meer cellen dan kolomkoppen; tekst met een {0} erin staat tussen aanhalingstekens"},
    {Word::kSheetOneOf, "één van: {0}"},
    {Word::kSheetWhole, "een geheel getal van {0} tot en met {1}"},
    {Word::kSheetDay,
     "een dag, zoals 21-11-2026 of 2026-11-21; met schuine strepen kan de maand voorop staan"},
    {Word::kSheetPast, "een dag die al is geweest, vanaf 1900"},
    {Word::kSheetRegion, "een regio, zoals groningen: 1 tot 40 uit a-z, 0-9 en koppelteken"},
    {Word::kSheetCharacters, "hoogstens {0} tekens"},
    {Word::kSheetStrength, "{0}: het getal erachter is 1, 2 of 3"},
    {Word::kSheetPace, "met minstens één van: {0}"},
    {Word::kSheetYesNo, "ja of nee"},
    {Word::kSheetNeeded, "moet ook worden ingevuld, want {0} is dat"},
    {Word::kSheetReference, "uw eigen kenmerk van de persoon, geen naam: hoogstens 128 tekens"},
    {Word::kSheetContradicts, "rij {0} zegt iets anders over dezelfde persoon"},
    {Word::kSheetTwice, "komt twee keer voor bij deze persoon"},
    {Word::kSheetHours, "het minste aantal uren is niet meer dan het meeste"},
    {Word::kSheetNothingElse, "niets nodig gaat niet samen met andere ondersteuning"},
    {Word::kSheetNothing, "niets"},
    {Word::kSheetYes, "ja"},
    {Word::kSheetNo, "nee"},
    {Word::kSkillUnknown,
     "geen taxonomie kent deze vaardigheid; zoek met: passend taxonomy search"},
    {Word::kSkillMeant, "niet de naam van één vaardigheid. Bedoelt u: {0}?"},
    {Word::kSheetChecked,
     "{0}: {1} mensen en {2} vaardigheden zijn in orde; er is niets weggeschreven."},
    {Word::kSheetMistakes,
     "{0} fouten; er is niets weggeschreven. Verbeter ze en geef dezelfde opdracht opnieuw."},
    {Word::kSheetDone,
     "{0} mensen toegevoegd, {1} bijgewerkt, {2} zoals ze waren; {3} vaardigheden vastgelegd; {4} "
     "geweigerd."},
    {Word::kSheetRevoked,
     "{0} vaardigheden blijven ingetrokken: ze zijn sindsdien teruggenomen. Om er een met opzet "
     "opnieuw vast te leggen: geef de rij een andere datum, of gebruik passend validation record"},
    {Word::kSheetEmpty,
     "{0} bevat geen mensen; rijen met een kenmerk dat met # begint, zijn voorbeelden"},
    {Word::kTemplateWritten,
     "{0} is geschreven. Vul voor ieder mens een rij in; een volgende vaardigheid is een volgende "
     "rij met hetzelfde kenmerk."},
    {Word::kFileIsThere, "{0} is er al; neem een andere naam"},
};
const std::size_t kDutchSetTextCount = std::size(kDutchSetTexts);

const WordText kDutchSetHelp[] = {
    {Word::kHelpPartner, "Welke partner, zoals delft. Weg te laten als de server weet wie belt."},
    {Word::kHelpSetFormat,
     "jsonl: per regel een JSON-object; protobuf: elk bericht na zijn lengte. Standaard: uit het "
     "einde van de bestandsnaam; .pb en .binpb zijn protobuf."},
    {Word::kHelpBatch, "Zoveel records in één keer, 1-500."},
    {Word::kHelpExport,
     "Schrijf iedereen die een partner mag zien in een bestand; kan worden hervat"},
    {Word::kHelpSetExportExamples,
     "Voorbeelden:\n"
     "  passend export mensen.jsonl --partner delft\n"
     "  passend export mensen.pb --with-validations --follow\n"
     "  passend export records.jsonl --records     om in een ander Passend in te lezen\n"
     "\n"
     "Voor ieder mens een WatchChange, in JSON of Protocol Buffers; van hetzelfde paspoort geldt "
     "de\n"
     "laatste. Na afbreken gaat dezelfde opdracht verder: FILE.export.progress houdt bij wat "
     "veilig\n"
     "in het bestand staat. Bij een compleet bestand komt erbij wat sindsdien is gewijzigd.\n"
     "\n"
     "Een kopie mag niemand langer bewaren dan de partner. Met --records wordt wie is gewist, dit "
     "niet\n"
     "meer met de partner deelt of naar een andere regio verhuisde een record dat die mens in de "
     "kopie\n"
     "wist, voorgoed; wie terugkomt is daar een nieuw mens. FILE.export.ids houdt bij onder welke "
     "id\n"
     "het bestand over wie gaat: bewaar het ernaast. Met --again is niets bekend van wie eerder in "
     "het\n"
     "bestand stond: passend sync reconcile zegt wie de kopie nog meer heeft."},
    {Word::kHelpExportFile, "Het bestand om te schrijven."},
    {Word::kHelpWithValidations, "Met de validaties van hun vaardigheden."},
    {Word::kHelpAsRecords,
     "Als PushRecord, voor passend import, in plaats van WatchChange; wie weg is wordt in de kopie "
     "gewist."},
    {Word::kHelpFollow, "Ga door met wijzigingen zodra ze er zijn, tot Ctrl-C."},
    {Word::kHelpExportAgain, "Begin opnieuw en schrijf over het bestand heen."},
    {Word::kHelpImport, "Verstuur een bestand met records van een partner; kan worden hervat"},
    {Word::kHelpSetImportExamples,
     "Voorbeelden:\n"
     "  passend import mensen.jsonl --partner delft\n"
     "  passend import mensen.pb.gz --batch 500\n"
     "\n"
     "Voor ieder mens een PushRecord: {\"external_id\": \"c-17\", \"revision\": \"3\", \"upsert\": "
     "{\"passport\":\n"
     "{...}}} of {\"external_id\": \"c-17\", \"erase\": {}}. Na afbreken gaat dezelfde opdracht "
     "verder\n"
     "(FILE.import.progress); een deel dat twee keer is verstuurd, wordt één keer uitgevoerd.\n"
     "FILE.refused.jsonl zegt wat is geweigerd en waarom: regel, extern kenmerk, veld en wat mag."},
    {Word::kHelpImportFile, "Het bestand, gewoon of gzip."},
    {Word::kHelpImportAgain, "Vanaf het begin, ook als een eerdere keer is afgebroken."},
    {Word::kHelpSyncGroup, "Houd een partnersysteem gelijk: sturen, volgen, vergelijken"},
    {Word::kHelpSyncPush, "Verstuur records van de standaardinvoer, en toon wat er van elk werd"},
    {Word::kHelpSyncPushExamples,
     "Voorbeeld:\n"
     "  echo '{\"external_id\": \"c-17\", \"upsert\": {\"passport\": {\"region\": "
     "\"groningen\"}}}' |\n"
     "      passend sync push --partner delft"},
    {Word::kHelpSyncWatch, "Toon de stroom: eerst iedereen, dan elke wijziging"},
    {Word::kHelpCursor, "Ga hierna verder; --json toont het. Standaard: vanaf het begin."},
    {Word::kHelpOnce, "Stop als iedereen verteld is."},
    {Word::kHelpReconcile,
     "Vind wat verschilt tussen een bestand met records en de server, zonder het te versturen"},
    {Word::kHelpReconcileFile,
     "Het bestand met alles wat de partner heeft, als voor passend import; vergeleken op extern "
     "kenmerk en revisie."},
    {Word::kHelpCsvGroup, "Spreadsheets van coaches: een sjabloon, en inlezen"},
    {Word::kHelpCsvTemplate,
     "Schrijf een spreadsheet om in te vullen, met voorbeelden; --lang zegt in welke taal"},
    {Word::kHelpCsvTemplateFile,
     "Het bestand om te schrijven, zoals mensen.csv; weggelaten: naar de standaarduitvoer."},
    {Word::kHelpCsvImport, "Lees een ingevulde spreadsheet in"},
    {Word::kHelpCsvImportExamples,
     "Voorbeelden:\n"
     "  passend csv import mensen.csv --check     kijk het na, schrijf niets weg\n"
     "  passend csv import mensen.csv\n"
     "  passend csv import mensen.csv --partner delft\n"
     "\n"
     "Een rij is een mens met één vaardigheid; volgende rijen met hetzelfde kenmerk voegen\n"
     "vaardigheden, tempo en ondersteuning toe. Zolang er een fout in het bestand staat, wordt er "
     "niets\n"
     "weggeschreven. Wie al eens is ingelezen, wordt bijgewerkt: FILE.passports.json op deze "
     "computer\n"
     "houdt bij wie dat zijn; bewaar het naast het bestand, want dezelfde rij in een ander "
     "bestand\n"
     "is een ander mens. Nooit een naam: het kenmerk is van uzelf. Kolommen die het sjabloon niet\n"
     "heeft, worden niet verstuurd. Wat is ingetrokken, blijft ingetrokken, tenzij de rij een "
     "andere\n"
     "datum heeft."},
    {Word::kHelpCsvFile,
     "Het bestand, met ; , of tabs tussen kolommen; datums als 21-11-2026 of 2026-11-21."},
    {Word::kHelpCsvCheck, "Kijk alles na en schrijf niets weg."},
    {Word::kHelpCsvPush,
     "Verstuur als de partner die belt; met --partner als die. Anders als coach."},
};
const std::size_t kDutchSetHelpCount = std::size(kDutchSetHelp);

}  // namespace passend::client

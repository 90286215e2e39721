#include "service/client/word_tables.h"

namespace passend::client {

// What the commands of whole sets and of spreadsheets say.
const WordText kEnglishSetTexts[] = {
    {Word::kPushRejected, "the server does not allow it"},
    {Word::kPushConflict,
     "others have changed the same; look at it, and push it again with the etag of what you saw"},
    {Word::kPushErased, "this person was erased; erase them in your system too"},
    {Word::kPushDone,
     "{0} records: {1} taken over, {2} unchanged, {3} refused, {4} in conflict, {5} of people who "
     "were erased, {6} unreadable."},
    {Word::kPushRefusedFile, "What was refused and why: {0}"},
    {Word::kImportChanged,
     "{0} was changed since the last run was broken off; it is pushed from its start."},
    {Word::kImportElsewhere,
     "{0} was being pushed for another partner, to another server or in another format; it is "
     "pushed from its start."},
    {Word::kImportGoesOn, "{0}: going on after {1} records."},
    {Word::kExporting, "Exporting"},
    {Word::kExportGoesOn, "{0}: going on after {1} people."},
    {Word::kExportOverwrites,
     "{0} is there already, and not of an export that can be gone on with; --again writes over it"},
    {Word::kExportDiffers,
     "{0} is of another question, of another partner or in another format; ask the same, take "
     "another file, or write over it with --again"},
    {Word::kExportShorter,
     "{0} is shorter than what was noted of it; put the whole file back, or write it anew with "
     "--again"},
    {Word::kExportTooOld,
     "{0}: the server no longer keeps the changes since then; it is written anew."},
    {Word::kExportDone, "{0} people and changes are in {1}."},
    {Word::kNotARecord, "this is not a record that can be pushed: {0}"},
    {Word::kTooLarge, "larger than {0} bytes"},
    {Word::kFeedPassport, "as they are now"},
    {Word::kOnlyHere, "the server does not have it"},
    {Word::kOnlyThere, "the server has it, the file does not"},
    {Word::kDiffering, "of another revision on the server"},
    {Word::kErasedThere, "erased on the server: erase it too"},
    {Word::kNothingDiffers, "Nothing differs."},
    {Word::kNotCompared, "{0} records without a revision were not compared."},
    {Word::kSheetBad, "{0}, row {1}, column {2}: {3}"},
    {Word::kSheetBadRow, "{0}, row {1}: {2}"},
    {Word::kSheetNoColumn, "column {0} is missing; begin with: passend csv template"},
    {Word::kSheetPassedOver, "{0}: column {1} is passed over and not sent."},
    {Word::kSheetCannotRead, "it cannot be read: {0}"},
    {Word::kSheetBeyond,
     "there are more cells than headings; text that holds a {0} stands between quotes"},
    {Word::kSheetOneOf, "one of: {0}"},
    {Word::kSheetWhole, "a whole number from {0} to {1}"},
    {Word::kSheetDay,
     "a day, such as 21-11-2026 or 2026-11-21; with slashes the month may come first"},
    {Word::kSheetPast, "a day that has been, from 1900 on"},
    {Word::kSheetRegion, "a region, such as groningen: 1 to 40 of a-z, 0-9 and hyphen"},
    {Word::kSheetCharacters, "at most {0} characters"},
    {Word::kSheetStrength, "{0}: the number after it is 1, 2 or 3"},
    {Word::kSheetPace, "with at least one of: {0}"},
    {Word::kSheetYesNo, "yes or no"},
    {Word::kSheetNeeded, "has to be filled in as well, because {0} is"},
    {Word::kSheetReference, "your own reference of the person, not a name: at most 128 characters"},
    {Word::kSheetContradicts, "row {0} says otherwise of the same person"},
    {Word::kSheetTwice, "comes twice for this person"},
    {Word::kSheetHours, "the fewest hours are not more than the most"},
    {Word::kSheetNothingElse, "nothing needed goes with no other support"},
    {Word::kSheetNothing, "nothing"},
    {Word::kSheetYes, "yes"},
    {Word::kSheetNo, "no"},
    {Word::kSkillUnknown,
     "no taxonomy knows this skill; look for it with: passend taxonomy search"},
    {Word::kSkillMeant, "not the name of one skill. Is this meant: {0}?"},
    {Word::kSheetChecked, "{0}: {1} people and {2} skills are in order; nothing was written."},
    {Word::kSheetMistakes,
     "{0} mistakes; nothing was written. Mend them and run the same command again."},
    {Word::kSheetDone,
     "{0} people added, {1} updated, {2} as they were; {3} skills recorded; {4} refused."},
    {Word::kSheetRevoked,
     "{0} skills stay revoked: they were taken back since. To record one again on purpose, give "
     "its "
     "row another date, or use: passend validation record"},
    {Word::kSheetEmpty, "{0} holds no people; rows whose reference begins with # are examples"},
    {Word::kTemplateWritten,
     "{0} is written. Fill in a row for each person; a further skill is a further row with the "
     "same reference."},
    {Word::kFileIsThere, "{0} is there already; take another name"},
};
const std::size_t kEnglishSetTextCount = std::size(kEnglishSetTexts);

const WordText kEnglishSetHelp[] = {
    {Word::kHelpPartner,
     "Which partner, such as delft. Left out where the server knows who calls."},
    {Word::kHelpSetFormat,
     "jsonl: a JSON object a line; protobuf: each message after its length. Default: from the "
     "ending of the file, .pb and .binpb being protobuf."},
    {Word::kHelpBatch, "So many records in one commit, 1-500."},
    {Word::kHelpExport, "Write everybody whom a partner may see to a file, restartable"},
    {Word::kHelpSetExportExamples,
     "Examples:\n"
     "  passend export people.jsonl --partner delft\n"
     "  passend export people.pb --with-validations --follow\n"
     "  passend export records.jsonl --records     to be imported into another Passend\n"
     "\n"
     "One WatchChange for each person, in JSON or Protocol Buffers; for the same passport the "
     "later\n"
     "one holds. Broken off, the same command goes on where it was: FILE.export.progress notes "
     "what\n"
     "is safely in the file. On a complete file it adds what has changed since.\n"
     "\n"
     "A copy may keep nobody longer than the partner. With --records whoever was erased, no "
     "longer\n"
     "shares this with the partner, or moved to another region becomes a record that erases them "
     "at\n"
     "the copy, for good; who comes back is a new person there. FILE.export.ids notes under which "
     "id\n"
     "whom the file told of: keep it beside the file. With --again nothing is known of those who "
     "were\n"
     "in the file before: passend sync reconcile says whom the copy has besides."},
    {Word::kHelpExportFile, "The file to write."},
    {Word::kHelpWithValidations, "With the validations of their skills."},
    {Word::kHelpAsRecords,
     "As PushRecord, for passend import, instead of WatchChange; removals erase at the copy."},
    {Word::kHelpFollow, "Go on with changes as they come, until Ctrl-C."},
    {Word::kHelpExportAgain, "Begin anew and write over the file."},
    {Word::kHelpImport, "Push a file of records of a partner, restartable"},
    {Word::kHelpSetImportExamples,
     "Examples:\n"
     "  passend import people.jsonl --partner delft\n"
     "  passend import people.pb.gz --batch 500\n"
     "\n"
     "One PushRecord for each person: {\"external_id\": \"c-17\", \"revision\": \"3\", \"upsert\": "
     "{\"passport\":\n"
     "{...}}} or {\"external_id\": \"c-17\", \"erase\": {}}. Broken off, the same command goes on "
     "where it was\n"
     "(FILE.import.progress); a batch that is sent twice is carried out once. FILE.refused.jsonl "
     "says\n"
     "what was refused and why: line, external id, field and what is allowed."},
    {Word::kHelpImportFile, "The file, plain or gzip."},
    {Word::kHelpImportAgain, "From the start, also where an earlier run was broken off."},
    {Word::kHelpSyncGroup, "Keep a partner system in step: push, watch, reconcile"},
    {Word::kHelpSyncPush, "Push records from standard input, and print what became of each"},
    {Word::kHelpSyncPushExamples,
     "Example:\n"
     "  echo '{\"external_id\": \"c-17\", \"upsert\": {\"passport\": {\"region\": "
     "\"groningen\"}}}' |\n"
     "      passend sync push --partner delft"},
    {Word::kHelpSyncWatch, "Print the feed as it comes: everybody, then every change"},
    {Word::kHelpCursor, "Go on after this one, which --json shows. Default: from the start."},
    {Word::kHelpOnce, "Stop when everybody was told."},
    {Word::kHelpReconcile,
     "Find what differs between a file of records and the server, without sending it"},
    {Word::kHelpReconcileFile,
     "The file with everything that the partner has, as for passend import; compared by external "
     "id and revision."},
    {Word::kHelpCsvGroup, "Spreadsheets of coaches: a template, and reading one in"},
    {Word::kHelpCsvTemplate,
     "Write a spreadsheet to fill in, with examples; --lang says in which language"},
    {Word::kHelpCsvTemplateFile,
     "The file to write, such as people.csv; left out: to standard output."},
    {Word::kHelpCsvImport, "Read a filled-in spreadsheet"},
    {Word::kHelpCsvImportExamples,
     "Examples:\n"
     "  passend csv import people.csv --check     look it over, write nothing\n"
     "  passend csv import people.csv\n"
     "  passend csv import people.csv --partner delft\n"
     "\n"
     "A row is a person with one skill; further rows of the same reference add skills, paces and\n"
     "support. Nothing is written while there is a mistake in the file. People who were read in "
     "before\n"
     "are updated: FILE.passports.json on this computer notes who they are; keep it beside the "
     "file,\n"
     "for the same row in another file is another person. Never a name: the reference is your "
     "own.\n"
     "Columns that the template does not have are not sent. What was revoked stays revoked, unless "
     "its\n"
     "row has another date."},
    {Word::kHelpCsvFile,
     "The file, with ; , or tabs between columns; dates as 21-11-2026 or 2026-11-21."},
    {Word::kHelpCsvCheck, "Look everything over and write nothing."},
    {Word::kHelpCsvPush,
     "Push as the partner that calls; with --partner as that one. Otherwise as a coach."},
};
const std::size_t kEnglishSetHelpCount = std::size(kEnglishSetHelp);

}  // namespace passend::client

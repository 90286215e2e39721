#include "service/client/word_tables.h"

namespace passend::client {

const WordText kEnglishHelp[] = {
    {Word::kHelpApp, "The Passend client: who fits what work, and why."},
    {Word::kHelpAppExamples,
     "Examples:\n"
     "  passend load demo\n"
     "  passend rank soup --region groningen --top 5\n"
     "  passend --lang nl explain anna soup\n"
     "  passend taxonomy search clean\n"
     "\n"
     "Passports can be named in full (passports/1f3a...), by id, or by their label on this "
     "computer.\n"
     "\n"
     "Exit codes: 0 done; 1 something was refused; 2 wrong usage; 3 no server could be reached."},
    {Word::kHelpHelp, "Print this help."},
    {Word::kHelpVersion, "Print the version."},
    {Word::kHelpUsage, "Usage"},
    {Word::kHelpOptionsWord, "OPTIONS"},
    {Word::kHelpOptions, "Options"},
    {Word::kHelpPositionals, "Arguments"},
    {Word::kHelpCommandWord, "COMMAND"},
    {Word::kHelpCommands, "Commands"},
    {Word::kHelpRequired, "(required)"},
    {Word::kHelpServer,
     "Where the server is: host:port or unix:/path. Default: PASSEND_SERVER, else "
     "127.0.0.1:50551."},
    {Word::kHelpTokenFile,
     "File with the token that says who you are; read for every call, so it may be renewed."},
    {Word::kHelpTlsCa, "TLS: file with the authorities that the server's certificate may be of."},
    {Word::kHelpTlsCert, "TLS: file with your own certificate; with --tls-key."},
    {Word::kHelpTlsKey, "TLS: file with the private key of --tls-cert."},
    {Word::kHelpLang,
     "The language of texts and reasons. Default: from LC_ALL, LC_MESSAGES, LANG."},
    {Word::kHelpJson,
     "Answers as JSON for scripts, one message a line, and nothing else on standard output."},
    {Word::kHelpTellSequence,
     "After a change, say on the error stream which commit has it: passend-data-sequence."},
    {Word::kHelpTimeout, "Seconds to wait for an answer. Default: 30, for imports 600."},
    {Word::kHelpColor, "Colours. auto: on a terminal, unless NO_COLOR is set."},
    {Word::kHelpAscii, "Draw with ASCII only."},
    {Word::kHelpLabels,
     "The file with friendly labels for passports. They stay on this computer. Default: "
     "$XDG_STATE_HOME/passend/labels.json, else ~/.local/state/passend/labels.json."},
    {Word::kHelpRank, "Who fits a task, best first, with reasons"},
    {Word::kHelpRankExamples,
     "Examples:\n"
     "  passend rank soup\n"
     "  passend rank soup --region groningen --region drenthe --top 20\n"
     "  passend rank soup --weights 25,35,20,20 --explain\n"
     "  passend rank ./carved.json       asks about a task that is not stored"},
    {Word::kHelpRankExplain, "After the list, explain each to the last term."},
    {Word::kHelpTaskOrFile,
     "A task's name or id, or a .json file with a task that is only asked about."},
    {Word::kHelpRegions, "Only this region; may be given several times."},
    {Word::kHelpTop, "How many to show, 1-1000."},
    {Word::kHelpWeights,
     "Weights of ability, wishes, pace, support in percent, within the policy's bounds."},
    {Word::kHelpPolicy, "A policy's version. Default: the newest."},
    {Word::kHelpAsOf, "The day for which certainty is computed, as 2026-11-21. Default: today."},
    {Word::kHelpMinDataSequence,
     "Wait until the answer has this commit: the passend-data-sequence of a change."},
    {Word::kHelpTasksFor, "What work fits a person; where nothing does, what comes nearest"},
    {Word::kHelpPassport, "A passport: full name, id, or label on this computer."},
    {Word::kHelpExplain, "How one person fits one task, to the last term"},
    {Word::kHelpWatch, "Ask again and again who fits, and show what changes, until Ctrl-C"},
    {Word::kHelpEvery, "Seconds between questions."},
    {Word::kHelpTimes, "Stop after so many questions."},
    {Word::kHelpLoad, "Load a folder with a taxonomy, tasks and people"},
    {Word::kHelpLoadExamples,
     "The folder:\n"
     "  taxonomy.jsonl   {\"taxonomy\": {...}}, then a concept a line\n"
     "  tasks/*.json     a task each; the file's stem is its id\n"
     "  people/*.json    {\"about\": ..., \"passport\": {...}, \"validations\": [...]} each\n"
     "  people/*.jsonl   the same, one a line\n"
     "\n"
     "Loading the same folder again changes nothing: requests are known by file and content. A "
     "person\n"
     "whose passport was edited counts as a new one. What is refused is reported with file, "
     "line, field\n"
     "and what is allowed; the rest goes on. The file's stem (and line) becomes the passport's "
     "label,\n"
     "which stays on this computer; see --labels. A label is of whoever was loaded last."},
    {Word::kHelpLoadDir, "The folder."},
    {Word::kHelpPassportGroup, "Show, list and erase passports"},
    {Word::kHelpPassportShow, "Show a passport with its skills"},
    {Word::kHelpPassportList, "List passports"},
    {Word::kHelpPassportErase, "Erase a passport and its validations for good"},
    {Word::kHelpYes,
     "Erase without being asked. Signed credentials that were taken along are refused elsewhere "
     "from "
     "then on: whoever goes on in another place has them read in there first, and is erased here "
     "last."},
    {Word::kHelpPassportExport, "Take a passport along: to read in elsewhere, or to print"},
    {Word::kHelpExportExamples,
     "Examples:\n"
     "  passend passport export anna --out anna.json\n"
     "  passend passport export anna --format html --for-employer --name Anna --out anna.html"},
    {Word::kHelpFormat,
     "json: the passport, what is shared and all validations, with signed credentials; all: the "
     "same, with proposals, reveals and who looked, to keep and not to hand on; vc: the "
     "credentials "
     "alone, one a line; html: a page to print, in the language of --lang."},
    {Word::kHelpOut, "The file to write. Default: the standard output."},
    {Word::kHelpForEmployer, "html: without pace and support."},
    {Word::kHelpPrintedName, "html: the name to print on it; it is kept nowhere."},
    {Word::kHelpPassportImport, "Read in a passport that was taken along, or credentials"},
    {Word::kHelpPortableFile,
     "What `passport export` wrote, as json or vc; or what others signed, one a line."},
    {Word::kHelpInto, "The passport that credentials are added to. Default: a new one."},
    {Word::kHelpMeantSkill,
     "The skill that is meant, where a credential names none that is known here: esco/..."},
    {Word::kHelpMeantLevel, "The level that is meant, 1-5, where a credential tells none."},
    {Word::kHelpStatusList,
     "A file with an issuer's status list: what it has taken back is refused. May be repeated."},
    {Word::kHelpStatusLists,
     "Write what others need to check credentials: keys, and what was taken back"},
    {Word::kHelpStatusFolder,
     "The folder, which a web server shows at the issuer's address. Everybody may read what is "
     "written there."},
    {Word::kHelpRegion, "Only this region."},
    {Word::kHelpState, "Only this state."},
    {Word::kHelpLimit, "At most so many."},
    {Word::kHelpTaskGroup, "Show, list and close tasks"},
    {Word::kHelpTaskShow, "Show a task"},
    {Word::kHelpTaskList, "List tasks"},
    {Word::kHelpTaskClose, "Close a task: it is kept, and matched no longer"},
    {Word::kHelpTask, "A task's name or id."},
    {Word::kHelpEmployer, "Only this employer."},
    {Word::kHelpValidationGroup, "Record, revoke and list validations"},
    {Word::kHelpValidationRecord, "Record that somebody has a skill at a level"},
    {Word::kHelpRecordExamples,
     "Example:\n"
     "  passend validation record anna --skill esco/0005c151 --level 3 --method observed \\\n"
     "      --by coaches/c-17 --capacity \"job coach\" --place \"community kitchen\"\n"
     "\n"
     "Levels: 1 with step-by-step guidance, 2 with regular help, 3 on one's own in a known "
     "setting,\n"
     "4 on one's own in a new setting, 5 teaches others."},
    {Word::kHelpValidationRevoke, "Take a validation back, with the reason"},
    {Word::kHelpValidationList, "List the validations of a passport, revoked ones too"},
    {Word::kHelpValidation, "passports/.../validations/..."},
    {Word::kHelpValidationCorrect, "Record the right validation in the place of a wrong one"},
    {Word::kHelpValidationDispute, "Note an objection to a validation"},
    {Word::kHelpValidationResolve, "End an objection, with the reason"},
    {Word::kHelpValidationDue, "What to renew or to find out first, and why that one"},
    {Word::kHelpOutcome,
     "upheld: the objection is right, the validation is revoked; rejected: it is not."},
    {Word::kHelpDueTop, "How many to show, 1-100."},
    {Word::kHelpPropose, "Propose a person for a task"},
    {Word::kHelpWhy,
     "Why this person all the same, where there is something to mind. About the work, without "
     "names."},
    {Word::kHelpProposals, "For what a person was proposed, and why"},
    {Word::kHelpProposed, "Who was proposed for a task"},
    {Word::kHelpReason, "Why."},
    {Word::kHelpSkill, "The skill: taxonomies/esco/concepts/... or esco/..."},
    {Word::kHelpLevel, "The level, 1-5."},
    {Word::kHelpMethod, "How it was established."},
    {Word::kHelpDate, "When it was established, as 2026-11-21. Default: now."},
    {Word::kHelpExpires, "From when it no longer counts. Default: never."},
    {Word::kHelpBy, "Who says so, such as coaches/c-17."},
    {Word::kHelpCapacity, "In what capacity, such as job coach."},
    {Word::kHelpPlace, "Where it was seen, such as community kitchen."},
    {Word::kHelpEvidence, "Where the evidence is kept."},
    {Word::kHelpConsentGroup, "Share, unshare, and see what is shared and who was told"},
    {Word::kHelpConsentGrant, "Share some of a passport with somebody, until a day"},
    {Word::kHelpGrantExamples,
     "Examples:\n"
     "  passend consent grant anna --to coaches/step-up --for guidance --what basic --what skills "
     "\\\n"
     "      --until 2027-05-01\n"
     "  passend consent grant anna --to employers/zorghuis --for introduction --what identity \\\n"
     "      --task soup-buddy --until 2027-02-01"},
    {Word::kHelpConsentRevoke, "Take back what was shared, from the next call on"},
    {Word::kHelpConsentList, "List what is and was shared, newest first"},
    {Word::kHelpConsentReveals, "List the employers that were told who the person is"},
    {Word::kHelpConsent, "passports/.../consents/..."},
    {Word::kHelpAudience, "With whom: employers/..., coaches/... or partners/..."},
    {Word::kHelpPurpose, "For what."},
    {Word::kHelpGroups, "What; may come several times."},
    {Word::kHelpConsentEnd,
     "From when it no longer counts, as 2026-11-21; at most two years ahead."},
    {Word::kHelpConsentTask, "introduction: for this task; may come several times."},
    {Word::kHelpAnyTask, "introduction: for every task of this employer."},
    {Word::kHelpStatement, "For coaches: how the person said so."},
    {Word::kHelpStanding, "Only what counts now."},
    {Word::kHelpReveal, "Ask who a candidate is, where that person agreed to it"},
    {Word::kHelpCandidate, "The candidate, as the list of the task calls them."},
    {Word::kHelpTaxonomyGroup, "Import, search and show taxonomies of skills"},
    {Word::kHelpTaxonomyImport, "Import a taxonomy from JSON lines"},
    {Word::kHelpTaxonomyFile,
     "First line {\"taxonomy\": {...}}, then a concept a line; plain or gzip."},
    {Word::kHelpTaxonomyImportEsco, "Import ESCO v1.1.1 from its published CSV files"},
    {Word::kHelpEscoDir,
     "The folder with skills_en.csv, occupations_en.csv and the others; plain or gzip."},
    {Word::kHelpTaxonomySearch, "Find concepts by the first letters of their words"},
    {Word::kHelpSearchText, "What to look for; case and accents do not matter."},
    {Word::kHelpSearchTaxonomy, "Only this taxonomy."},
    {Word::kHelpSearchKind,
     "Only this kind; may be given several times. Default: skill and knowledge."},
    {Word::kHelpTaxonomyShow, "Show a concept"},
    {Word::kHelpConcept, "taxonomies/esco/concepts/... or esco/..."},
    {Word::kHelpTaxonomyList, "List the taxonomies"},
    {Word::kHelpValidateOnly, "Check everything and write nothing."},
    {Word::kHelpPolicyGroup, "Show, list and publish policies, the numbers behind a score"},
    {Word::kHelpPolicyShow, "Show a policy; --json shows all of it"},
    {Word::kHelpPolicyList, "List the policies, newest first"},
    {Word::kHelpPolicyPublish, "Publish a new version; it counts from the next answer on"},
    {Word::kHelpPolicyFile, "The whole new policy as JSON; begin with: passend --json policy show"},
    {Word::kHelpLog, "Show who looked at whose data, newest first"},
    {Word::kHelpLogPassport, "Whose; default: everybody's."},
    {Word::kHelpDecisions, "List the rankings that were shown, newest first"},
    {Word::kHelpDecisionsTask, "Only for this task."},
    {Word::kHelpReplay,
     "Rank once more what was ranked then, on the data as they were, and compare"},
    {Word::kHelpReplayDecision, "decisions/...; may be given several times. Default: all."},
    {Word::kHelpCheckLog, "Check that no line of the log was removed or changed"},
    {Word::kHelpKnown, "What an earlier check said to note, as 1207:3f9a..."},
    {Word::kHelpCompletion, "Print shell completion"},
    {Word::kHelpCompletionExamples,
     "Examples:\n"
     "  source <(passend completion bash)\n"
     "  passend completion fish > ~/.config/fish/completions/passend.fish"},
    {Word::kHelpShell, "The shell."},
    {Word::kHelpAdmin, "For operators: backups, restoring them, and reading everything"},
    {Word::kHelpAdminExamples,
     "Examples:\n"
     "  passend admin backup\n"
     "  passend admin verify /backups/passend\n"
     "  passend admin restore /backups/passend /var/lib/passend\n"
     "  passend admin scrub\n"
     "\n"
     "backup and scrub ask a running server; verify, restore and scrub --data work on files."},
    {Word::kHelpAdminBackup, "Have the server make a backup, in the folder that it was given"},
    {Word::kHelpAdminVerify, "Read backups and check that nothing is missing or changed"},
    {Word::kHelpAdminRestore,
     "Restore a backup into an empty folder; who was erased since is erased again"},
    {Word::kHelpAdminScrub, "Read everything that a server has, and say what is damaged"},
    {Word::kHelpAdminFolder, "The folder of the backups."},
    {Word::kHelpAdminTarget, "The folder to restore into: empty, or not there yet."},
    {Word::kHelpAdminNumber, "The number of the backup. Default: verify all, restore the newest."},
    {Word::kHelpAdminMasterKey, "The file with the master key, as the server has it."},
    {Word::kHelpAdminKeyFolder, "The folder of people's keys, as the server has it."},
    {Word::kHelpAdminData,
     "Reads this folder of a server that is stopped, instead of asking a server."},
};
const std::size_t kEnglishHelpCount = std::size(kEnglishHelp);

}  // namespace passend::client

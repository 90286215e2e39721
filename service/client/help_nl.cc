#include "service/client/word_tables.h"

namespace passend::client {

const WordText kDutchHelp[] = {
    {Word::kHelpApp, "De Passend-client: wie past bij welk werk, en waarom."},
    {Word::kHelpAppExamples,
     "Voorbeelden:\n"
     "  passend load demo\n"
     "  passend rank soep --region groningen --top 5\n"
     "  passend --lang en explain anna soep\n"
     "  passend taxonomy search schoonm\n"
     "\n"
     "Een paspoort heet voluit (passports/1f3a...), bij zijn id, of bij zijn label op deze "
     "computer.\n"
     "\n"
     "Uitkomst: 0 gedaan; 1 er is iets geweigerd; 2 verkeerd gebruik; 3 geen server te bereiken."},
    {Word::kHelpHelp, "Toon deze uitleg."},
    {Word::kHelpVersion, "Toon de versie."},
    {Word::kHelpUsage, "Gebruik"},
    {Word::kHelpOptionsWord, "OPTIES"},
    {Word::kHelpOptions, "Opties"},
    {Word::kHelpPositionals, "Argumenten"},
    {Word::kHelpCommandWord, "OPDRACHT"},
    {Word::kHelpCommands, "Opdrachten"},
    {Word::kHelpRequired, "(nodig)"},
    {Word::kHelpServer,
     "Waar de server is: host:poort of unix:/pad. Standaard: PASSEND_SERVER, anders "
     "127.0.0.1:50551."},
    {Word::kHelpTokenFile,
     "Bestand met het token dat zegt wie u bent; bij elke aanroep gelezen, dus te vernieuwen."},
    {Word::kHelpTlsCa, "TLS: bestand met de autoriteiten van wie het servercertificaat mag zijn."},
    {Word::kHelpTlsCert, "TLS: bestand met uw eigen certificaat; samen met --tls-key."},
    {Word::kHelpTlsKey, "TLS: bestand met de privésleutel van --tls-cert."},
    {Word::kHelpLang, "De taal van teksten en redenen. Standaard: uit LC_ALL, LC_MESSAGES, LANG."},
    {Word::kHelpJson,
     "Antwoorden als JSON voor scripts, een bericht per regel, en verder niets op de uitvoer."},
    {Word::kHelpTellSequence,
     "Zeg na een wijziging op de foutuitvoer in welke commit die staat: passend-data-sequence."},
    {Word::kHelpTimeout, "Seconden om op een antwoord te wachten. Standaard: 30, bij inlezen 600."},
    {Word::kHelpColor, "Kleuren. auto: op een terminal, tenzij NO_COLOR gezet is."},
    {Word::kHelpAscii, "Teken met alleen ASCII."},
    {Word::kHelpLabels,
     "Het bestand met labels voor paspoorten. Ze blijven op deze computer. Standaard: "
     "$XDG_STATE_HOME/passend/labels.json, anders ~/.local/state/passend/labels.json."},
    {Word::kHelpRank, "Wie past bij een taak, de beste eerst, met redenen"},
    {Word::kHelpRankExamples,
     "Voorbeelden:\n"
     "  passend rank soep\n"
     "  passend rank soep --region groningen --region drenthe --top 20\n"
     "  passend rank soep --weights 25,35,20,20 --explain\n"
     "  passend rank ./idee.json         vraagt naar een taak die niet is opgeslagen"},
    {Word::kHelpRankExplain, "Leg na de lijst iedereen uit tot de laatste term."},
    {Word::kHelpTaskOrFile,
     "Naam of id van een taak, of een .json-bestand met een taak waar alleen naar wordt "
     "gevraagd."},
    {Word::kHelpRegions, "Alleen deze regio; mag meer keren."},
    {Word::kHelpTop, "Hoeveel er te tonen, 1-1000."},
    {Word::kHelpWeights,
     "Gewichten van kunnen, willen, tempo, steun in procent, binnen de grenzen van het beleid."},
    {Word::kHelpPolicy, "Een versie van het beleid. Standaard: de nieuwste."},
    {Word::kHelpAsOf,
     "De dag waarvoor zekerheid wordt berekend, als 2026-11-21. Standaard: vandaag."},
    {Word::kHelpMinDataSequence,
     "Wacht tot het antwoord deze commit heeft: de passend-data-sequence van een wijziging."},
    {Word::kHelpTasksFor, "Welk werk past bij een persoon; als niets past, wat het dichtst komt"},
    {Word::kHelpPassport, "Een paspoort: volle naam, id, of label op deze computer."},
    {Word::kHelpExplain, "Hoe een persoon bij een taak past, tot de laatste term"},
    {Word::kHelpWatch, "Vraag steeds opnieuw wie past en toon wat verandert, tot Ctrl-C"},
    {Word::kHelpEvery, "Seconden tussen twee vragen."},
    {Word::kHelpTimes, "Stop na zoveel vragen."},
    {Word::kHelpLoad, "Laad een map met een taxonomie, taken en mensen"},
    {Word::kHelpLoadExamples,
     "De map:\n"
     "  taxonomy.jsonl   {\"taxonomy\": {...}}, dan een begrip per regel\n"
     "  tasks/*.json     elk een taak; de bestandsnaam is het id\n"
     "  people/*.json    elk {\"about\": ..., \"passport\": {...}, \"validations\": [...]}\n"
     "  people/*.jsonl   hetzelfde, een per regel\n"
     "\n"
     "Dezelfde map nog eens laden verandert niets: verzoeken zijn bekend aan bestand en inhoud. "
     "Iemand\n"
     "van wie het paspoort is bewerkt, telt als nieuw. Wat geweigerd wordt, staat er met "
     "bestand, regel,\n"
     "veld en wat wel mag; de rest gaat door. De bestandsnaam (en regel) wordt het label van "
     "het paspoort\n"
     "en blijft op deze computer; zie --labels. Een label is van wie het laatst geladen werd."},
    {Word::kHelpLoadDir, "De map."},
    {Word::kHelpPassportGroup, "Paspoorten tonen, opsommen en wissen"},
    {Word::kHelpPassportShow, "Toon een paspoort met de vaardigheden"},
    {Word::kHelpPassportList, "Som paspoorten op"},
    {Word::kHelpPassportErase, "Wis een paspoort en de validaties voorgoed"},
    {Word::kHelpYes,
     "Wis zonder vraag. Ondertekende bewijzen die zijn meegenomen, worden elders vanaf dan "
     "geweigerd: wie ergens anders verdergaat, laat ze daar eerst inlezen en wordt hier als "
     "laatste "
     "gewist."},
    {Word::kHelpPassportExport,
     "Neem een paspoort mee: om elders in te lezen, of om af te drukken"},
    {Word::kHelpExportExamples,
     "Voorbeelden:\n"
     "  passend passport export anna --out anna.json\n"
     "  passend passport export anna --format html --for-employer --name Anna --out anna.html"},
    {Word::kHelpFormat,
     "json: het paspoort, wat gedeeld is en alle validaties, met ondertekende bewijzen; all: "
     "hetzelfde, met waarvoor iemand is voorgesteld, wie weten wie het is en wie heeft gekeken, om "
     "te bewaren en niet door te geven; vc: alleen de bewijzen, een per regel; html: een pagina om "
     "af te drukken, in de taal van --lang."},
    {Word::kHelpOut, "Het bestand om te schrijven. Standaard: de uitvoer."},
    {Word::kHelpForEmployer, "html: zonder tempo en steun."},
    {Word::kHelpPrintedName, "html: de naam om erop te zetten; die wordt nergens bewaard."},
    {Word::kHelpPassportImport, "Lees een meegenomen paspoort in, of bewijzen"},
    {Word::kHelpPortableFile,
     "Wat `passport export` schreef, als json of vc; of wat anderen ondertekenden, een per regel."},
    {Word::kHelpInto, "Het paspoort waar bewijzen bij komen. Standaard: een nieuw paspoort."},
    {Word::kHelpMeantSkill,
     "De vaardigheid die bedoeld is, als een bewijs er geen noemt die hier bekend is: esco/..."},
    {Word::kHelpMeantLevel, "Het niveau dat bedoeld is, 1-5, als een bewijs er geen noemt."},
    {Word::kHelpStatusList,
     "Een bestand met de statuslijst van een uitgever: wat die heeft ingetrokken, wordt geweigerd. "
     "Mag meer keren."},
    {Word::kHelpStatusLists,
     "Schrijf wat anderen nodig hebben om bewijzen te controleren: sleutels en wat is ingetrokken"},
    {Word::kHelpStatusFolder,
     "De map, die een webserver toont op het adres van de uitgever. Iedereen mag lezen wat daar "
     "geschreven wordt."},
    {Word::kHelpRegion, "Alleen deze regio."},
    {Word::kHelpState, "Alleen deze stand."},
    {Word::kHelpLimit, "Hoogstens zoveel."},
    {Word::kHelpTaskGroup, "Taken tonen, opsommen en sluiten"},
    {Word::kHelpTaskShow, "Toon een taak"},
    {Word::kHelpTaskList, "Som taken op"},
    {Word::kHelpTaskClose, "Sluit een taak: wordt bewaard en niet meer gematcht"},
    {Word::kHelpTask, "Naam of id van een taak."},
    {Word::kHelpEmployer, "Alleen deze werkgever."},
    {Word::kHelpValidationGroup, "Validaties vastleggen, intrekken en opsommen"},
    {Word::kHelpValidationRecord, "Leg vast dat iemand een vaardigheid op een niveau heeft"},
    {Word::kHelpRecordExamples,
     "Voorbeeld:\n"
     "  passend validation record anna --skill esco/0005c151 --level 3 --method observed \\\n"
     "      --by coaches/c-17 --capacity jobcoach --place buurtkeuken\n"
     "\n"
     "Niveaus: 1 met uitleg stap voor stap, 2 met geregelde hulp, 3 zelfstandig in een bekende "
     "omgeving,\n"
     "4 zelfstandig in een nieuwe omgeving, 5 leert het anderen."},
    {Word::kHelpValidationRevoke, "Trek een validatie in, met de reden"},
    {Word::kHelpValidationList, "Som de validaties van een paspoort op, ook ingetrokken"},
    {Word::kHelpValidation, "passports/.../validations/..."},
    {Word::kHelpValidationCorrect, "Leg de goede validatie vast in de plaats van een verkeerde"},
    {Word::kHelpValidationDispute, "Noteer een bezwaar tegen een validatie"},
    {Word::kHelpValidationResolve, "Sluit een bezwaar af, met de reden"},
    {Word::kHelpValidationDue, "Wat eerst te vernieuwen of uit te zoeken, en waarom dat"},
    {Word::kHelpOutcome,
     "upheld: het bezwaar klopt, de validatie wordt ingetrokken; rejected: niet."},
    {Word::kHelpDueTop, "Hoeveel er te tonen, 1-100."},
    {Word::kHelpPropose, "Stel een persoon voor een taak voor"},
    {Word::kHelpWhy,
     "Waarom deze persoon toch, als er iets is om op te letten. Over het werk, zonder namen."},
    {Word::kHelpProposals, "Waarvoor een persoon is voorgesteld, en waarom"},
    {Word::kHelpProposed, "Wie er voor een taak zijn voorgesteld"},
    {Word::kHelpReason, "Waarom."},
    {Word::kHelpSkill, "De vaardigheid: taxonomies/esco/concepts/... of esco/..."},
    {Word::kHelpLevel, "Het niveau, 1-5."},
    {Word::kHelpMethod, "Hoe het is vastgesteld."},
    {Word::kHelpDate, "Wanneer het is vastgesteld, als 2026-11-21. Standaard: nu."},
    {Word::kHelpExpires, "Vanaf wanneer het niet meer telt. Standaard: nooit."},
    {Word::kHelpBy, "Wie het zegt, zoals coaches/c-17."},
    {Word::kHelpCapacity, "In welke rol, zoals jobcoach."},
    {Word::kHelpPlace, "Waar het is gezien, zoals buurtkeuken."},
    {Word::kHelpEvidence, "Waar het bewijs ligt."},
    {Word::kHelpConsentGroup, "Delen, niet meer delen, en zien wat gedeeld is en wie het weet"},
    {Word::kHelpConsentGrant, "Deel iets van een paspoort met iemand, tot een dag"},
    {Word::kHelpGrantExamples,
     "Voorbeelden:\n"
     "  passend consent grant anna --to coaches/step-up --for guidance --what basic --what skills "
     "\\\n"
     "      --until 2027-05-01\n"
     "  passend consent grant anna --to employers/zorghuis --for introduction --what identity \\\n"
     "      --task soup-buddy --until 2027-02-01"},
    {Word::kHelpConsentRevoke, "Neem terug wat gedeeld was, vanaf de volgende vraag"},
    {Word::kHelpConsentList, "Som op wat gedeeld is en was, nieuwste eerst"},
    {Word::kHelpConsentReveals, "Som de werkgevers op die weten wie de persoon is"},
    {Word::kHelpConsent, "passports/.../consents/..."},
    {Word::kHelpAudience, "Met wie: employers/..., coaches/... of partners/..."},
    {Word::kHelpPurpose, "Waarvoor."},
    {Word::kHelpGroups, "Wat; mag meer keren."},
    {Word::kHelpConsentEnd,
     "Vanaf wanneer het niet meer telt, als 2026-11-21; hoogstens twee jaar vooruit."},
    {Word::kHelpConsentTask, "introduction: voor deze taak; mag meer keren."},
    {Word::kHelpAnyTask, "introduction: voor elke taak van deze werkgever."},
    {Word::kHelpStatement, "Voor coaches: hoe de persoon het zei."},
    {Word::kHelpStanding, "Alleen wat nu telt."},
    {Word::kHelpReveal, "Vraag wie een kandidaat is, als die persoon dat goed vindt"},
    {Word::kHelpCandidate, "De kandidaat, zoals de lijst van de taak die noemt."},
    {Word::kHelpTaxonomyGroup, "Taxonomieën van vaardigheden inlezen, doorzoeken en tonen"},
    {Word::kHelpTaxonomyImport, "Lees een taxonomie in uit JSON-regels"},
    {Word::kHelpTaxonomyFile,
     "Eerste regel {\"taxonomy\": {...}}, dan een begrip per regel; gewoon of gzip."},
    {Word::kHelpTaxonomyImportEsco, "Lees ESCO v1.1.1 in uit de gepubliceerde CSV-bestanden"},
    {Word::kHelpEscoDir,
     "De map met skills_en.csv, occupations_en.csv en de andere; gewoon of gzip."},
    {Word::kHelpTaxonomySearch, "Vind begrippen aan de eerste letters van hun woorden"},
    {Word::kHelpSearchText, "Waarnaar te zoeken; hoofdletters en accenten maken niet uit."},
    {Word::kHelpSearchTaxonomy, "Alleen deze taxonomie."},
    {Word::kHelpSearchKind, "Alleen deze soort; mag meer keren. Standaard: skill en knowledge."},
    {Word::kHelpTaxonomyShow, "Toon een begrip"},
    {Word::kHelpConcept, "taxonomies/esco/concepts/... of esco/..."},
    {Word::kHelpTaxonomyList, "Som de taxonomieën op"},
    {Word::kHelpValidateOnly, "Kijk alles na en schrijf niets weg."},
    {Word::kHelpPolicyGroup, "Beleid tonen, opsommen en publiceren: de getallen achter een score"},
    {Word::kHelpPolicyShow, "Toon een beleid; --json toont alles"},
    {Word::kHelpPolicyList, "Som het beleid op, het nieuwste eerst"},
    {Word::kHelpPolicyPublish, "Publiceer een nieuwe versie; die telt vanaf het volgende antwoord"},
    {Word::kHelpPolicyFile,
     "Het hele nieuwe beleid als JSON; begin met: passend --json policy show"},
    {Word::kHelpLog, "Toon wie wiens gegevens heeft ingezien, nieuwste eerst"},
    {Word::kHelpLogPassport, "Van wie; standaard: van iedereen."},
    {Word::kHelpDecisions, "Som op welke ranglijsten zijn getoond, nieuwste eerst"},
    {Word::kHelpDecisionsTask, "Alleen voor deze taak."},
    {Word::kHelpReplay,
     "Maak een ranglijst van toen nog eens, met de gegevens van toen, en vergelijk"},
    {Word::kHelpReplayDecision, "decisions/...; mag vaker. Standaard: alle."},
    {Word::kHelpCheckLog, "Kijk na of er geen regel van het logboek weg is of veranderd"},
    {Word::kHelpKnown, "Wat een eerdere controle zei te bewaren, zoals 1207:3f9a..."},
    {Word::kHelpCompletion, "Toon aanvulling voor de shell"},
    {Word::kHelpCompletionExamples,
     "Voorbeelden:\n"
     "  source <(passend completion bash)\n"
     "  passend completion fish > ~/.config/fish/completions/passend.fish"},
    {Word::kHelpShell, "De shell."},
    {Word::kHelpAdmin, "Voor beheerders: back-ups, die terugzetten, en alles lezen"},
    {Word::kHelpAdminExamples,
     "Voorbeelden:\n"
     "  passend admin backup\n"
     "  passend admin verify /backups/passend\n"
     "  passend admin restore /backups/passend /var/lib/passend\n"
     "  passend admin scrub\n"
     "\n"
     "backup en scrub vragen een draaiende server; verify, restore en scrub --data werken op "
     "bestanden."},
    {Word::kHelpAdminBackup, "Laat de server een back-up maken, in de map die hij kreeg"},
    {Word::kHelpAdminVerify, "Lees back-ups en kijk na of er niets ontbreekt of veranderd is"},
    {Word::kHelpAdminRestore,
     "Zet een back-up terug in een lege map; wie daarna is gewist, wordt opnieuw gewist"},
    {Word::kHelpAdminScrub, "Lees alles wat een server heeft, en zeg wat er beschadigd is"},
    {Word::kHelpAdminFolder, "De map met de back-ups."},
    {Word::kHelpAdminTarget, "De map om in terug te zetten: leeg, of nog niet gemaakt."},
    {Word::kHelpAdminNumber,
     "Het nummer van de back-up. Standaard: alle nakijken, de nieuwste terugzetten."},
    {Word::kHelpAdminMasterKey, "Het bestand met de hoofdsleutel, zoals de server het heeft."},
    {Word::kHelpAdminKeyFolder, "De map met de sleutels van mensen, zoals de server die heeft."},
    {Word::kHelpAdminData,
     "Leest deze map van een server die stilstaat, in plaats van een server te vragen."},
};
const std::size_t kDutchHelpCount = std::size(kDutchHelp);

}  // namespace passend::client

#include "service/portable/print_words.h"

namespace passend::service {

const PrintWords kDutchPrintWords = {
    .language_code = "nl",
    .title = "Skillspaspoort",
    .intro =
        "Hier staat wat ik kan, hoe dat is gezien en wat ik graag wil. Dit paspoort is van "
        "mij. Ik bepaal wie het ziet.",
    .name = "Naam",
    .made_on = "Gemaakt op $0",
    .region = "Regio $0",
    .months = {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
               "september", "oktober", "november", "december"},
    .day = "$0 $1 $2",
    .skills = "Dit kan ik",
    .no_skills = "Hier is nog niets vastgelegd. Vraag mij gerust wat ik kan.",
    .level = "niveau $0",
    .levels = {"Met uitleg, stap voor stap", "Met af en toe hulp", "Zelf, op een plek die ik ken",
               "Zelf, ook op een nieuwe plek", "Zelf, en ik leer het anderen"},
    .more_evidence = "En nog $0 keer vastgelegd",
    .one_more_evidence = "En nog een keer vastgelegd",
    .two_views = "Hierover zijn twee oordelen. Het laagste niveau staat hier.",
    .more_skills = "Dit kan ik ook",
    .even_more = "en nog $0 andere vaardigheden, in het bestand van mijn paspoort",
    .one_more_skill = "en nog een andere vaardigheid, in het bestand van mijn paspoort",
    .methods = {"Vastgelegd", "In eigen woorden", "Gezien door iemand anders",
                "Gezien door een coach", "Laten zien in een praktijkproef",
                "Diploma of certificaat"},
    .signed_by = "ondertekend door $0",
    .wishes = "Dit wil ik graag",
    .wants = "Graag",
    .avoids = "Liever niet",
    .never = "Niet",
    .much = "heel graag",
    .forms = "Vormen van werk",
    .hours = "Uren",
    .hours_range = "$0 tot $1 uur per week",
    .hours_exact = "$0 uur per week",
    .times = "Wanneer ik kan",
    .days = {"", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"},
    .block = "$0 van $1 tot $2 uur",
    .more_times = "en nog $0 andere tijden",
    .one_more_time = "en nog een andere tijd",
    .travel = "Reizen",
    .travel_minutes = "hoogstens $0 minuten $1",
    .means = {"", "lopen", "fietsen", "met bus, tram of trein", "met auto of brommer"},
    .best = "Zo werk ik het best",
    .pace = "Mijn tempo",
    .pace_of = "Bij $0",
    .tempo = "$0 % van het gewone tempo",
    .stretch = "$0 minuten achter elkaar",
    .hours_a_day = "$0 uur op een dag",
    .days_a_week = "$0 dagen per week",
    .measured = "gemeten op het werk",
    .expected = "zo verwacht ik het",
    .support = "Dit helpt mij",
    .support_share = "$0, voor ongeveer $1 % van mijn werktijd",
    .support_essential = "dit heb ik echt nodig",
    .support_brought = "een deel regel ik zelf",
    .nothing_needed = "Ik heb geen extra hulp nodig.",
    .scale = "Wat de niveaus betekenen",
    .not_all =
        "Niet alles past op papier. Eindigt een tekst met …, of staat er hoeveel er nog meer is? "
        "Dan staat het hele verhaal in het bestand van mijn paspoort. Vraag mij er gerust om.",
    .how_to_check =
        "Wilt u dit controleren? Vraag mij dan om het digitale paspoort. Daarin is elke "
        "vaardigheid ondertekend.",
    .while_kept =
        "De handtekeningen gelden elders zolang mijn paspoort hier bewaard wordt. Stap ik over "
        "naar "
        "een ander systeem? Dan laat ik het eerst daar inlezen, en pas daarna hier wissen.",
};

const PrintWords& PrintWordsFor(std::string_view language_code) {
  return language_code == "en" ? kEnglishPrintWords : kDutchPrintWords;
}

}  // namespace passend::service

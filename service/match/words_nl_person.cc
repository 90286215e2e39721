#include "service/match/words.h"

namespace passend::service {
namespace {

constexpr SupportWord kSupports[] = {
    {1, "een jobcoach", "Je hebt een jobcoach nodig", "die is er",
     "die is er niet. Het zou helpen als die er komt"},
    {2, "een mentor", "Je hebt een mentor nodig", "die is er",
     "die is er niet. Het zou helpen als die er komt"},
    {3, "uitleg stap voor stap", "Je hebt uitleg stap voor stap nodig", "die is er",
     "die is er niet. Het zou helpen als die er komt"},
    {4, "vaste gesprekken over hoe het gaat", "Je hebt vaste gesprekken nodig over hoe het gaat",
     "die zijn er", "die zijn er niet. Het zou helpen als die er komen"},
    {20, "pauzes op je eigen moment", "Je hebt pauzes nodig op je eigen moment", "die zijn er",
     "die zijn er niet. Het zou helpen als die er komen"},
    {21, "een eigen rooster", "Je hebt een eigen rooster nodig", "dat is er",
     "dat is er niet. Het zou helpen als dat er komt"},
    {22, "een rustige plek", "Je hebt een rustige plek nodig", "die is er",
     "die is er niet. Het zou helpen als die er komt"},
    {23, "een vaste dagindeling", "Je hebt een vaste dagindeling nodig", "die is er",
     "die is er niet. Het zou helpen als die er komt"},
    {24, "eenvoudige taal", "Je hebt eenvoudige taal nodig", "die is er",
     "die is er niet. Het zou helpen als die er komt"},
    {40, "aangepast gereedschap", "Je hebt aangepast gereedschap nodig", "dat is er",
     "dat is er niet. Het zou helpen als dat er komt"},
    {41, "een gebouw waar je overal bij kunt", "Je hebt een gebouw nodig waar je overal bij kunt",
     "dat is er", "dat is er niet. Het zou helpen als dat er komt"},
    {42, "vervoer", "Je hebt vervoer nodig", "dat is er",
     "dat is er niet. Het zou helpen als dat er komt"},
    {43, "gebarentaal", "Je hebt gebarentaal nodig", "die is er",
     "die is er niet. Het zou helpen als die er komt"},
};

constexpr MatchWords::Topic kTopics[] = {
    {1, "wat je al kunt", "Wat kun je al, en wie heeft dat gezien?"},
    {2, "", "Hoe goed gaat dit nu: $0?"},
    {3, "wat je graag doet", "Welk werk vind je fijn, en wat liever niet?"},
    {4, "welke vormen van werk je goed vindt", "Welke vormen van werk vind je goed?"},
    {5, "hoeveel uur per week je kunt werken", "Hoeveel uur per week kun je werken?"},
    {6, "op welke dagen en uren je kunt", "Op welke dagen en uren kun je werken?"},
    {7, "hoe ver je wilt reizen", "Waarvandaan reis je, hoe, en hoe lang is goed?"},
    {8, "welk tempo bij je past", "Welk tempo past bij je, en hoe lang achter elkaar?"},
    {9, "welke steun je nodig hebt", "Welke steun heb je nodig, en hoeveel?"},
};

}  // namespace

const MatchWords kDutchPersonWords = {
    .language_code = "nl",
    .features = kDutchMatchWords.features,
    .forms = kDutchMatchWords.forms,
    .kinds = kDutchMatchWords.kinds,
    .supports = kSupports,
    .methods = {"in je eigen woorden", "gezien door iemand anders", "gezien door een coach",
                "getoond in een praktijkproef", "met een diploma of certificaat"},
    .dimensions = {"wat je kunt", "wat je wilt", "je tempo", "je steun"},
    .paces = {{
        {"Het tempo past bij je: jij doet $0 %, $1 % is gevraagd.",
         "Je werkt wat rustiger: $0 % van het tempo, $1 % is gevraagd. Het zou helpen als je hier "
         "in je eigen tempo mag werken.",
         "Dit werk gaat nu te snel voor je: jouw tempo is $1 %, minstens $2 % is nodig.",
         "Het zou helpen als het werk in een rustiger tempo mag."},
        {"Je kunt lang genoeg achter elkaar werken: $0 minuten, $1 is gevraagd.",
         "Je werkt wat korter achter elkaar: $0 minuten, $1 is gevraagd. Het zou helpen als je "
         "vaker pauze mag nemen.",
         "Je moet hier te lang achter elkaar werken: jij kunt $1 minuten, minstens $2 is nodig.",
         "Het zou helpen als je vaker pauze mag nemen."},
        {"De dag is niet te lang voor je: jij kunt $0 uur, $1 is gevraagd.",
         "Jij kunt een kortere dag werken: $0 uur, $1 is gevraagd. Het zou helpen als de dagen "
         "korter mogen.",
         "De dag is te lang voor je: jij kunt $1 uur, minstens $2 is nodig.",
         "Het zou helpen als de dagen korter mogen."},
        {"De dagen passen: jij kunt er $0 per week, $1 is gevraagd.",
         "Jij kunt wat minder dagen: $0 per week, $1 is gevraagd. Het zou helpen als je minder "
         "dagen mag werken.",
         "Het zijn te veel dagen voor je: jij kunt er $1 per week, minstens $2 is nodig.",
         "Het zou helpen als je minder dagen per week mag werken."},
    }},
    .today = kDutchMatchWords.today,
    .one_day = kDutchMatchWords.one_day,
    .days = kDutchMatchWords.days,
    .weeks = kDutchMatchWords.weeks,
    .months = kDutchMatchWords.months,
    .years = kDutchMatchWords.years,
    .decimal_mark = kDutchMatchWords.decimal_mark,
    .can = {"Je kunt dit al met hulp, stap voor stap: $0 ($1).",
            "Je kunt dit al met wat hulp: $0 ($1).", "Je kunt dit al zelf: $0 ($1).",
            "Je kunt dit al zelf, ook op een nieuwe plek: $0 ($1).",
            "Je kunt dit zelf en leert het anderen: $0 ($1)."},
    .can_through = {"Je kunt dit al met hulp, stap voor stap: $0, door $2 ($1).",
                    "Je kunt dit al met wat hulp: $0, door $2 ($1).",
                    "Je kunt dit al zelf: $0, door $2 ($1).",
                    "Je kunt dit al zelf, ook op een nieuwe plek: $0, door $2 ($1).",
                    "Je kunt dit zelf en leert het anderen: $0, door $2 ($1)."},
    .evidence = kDutchMatchWords.evidence,
    .evidence_disputed = kDutchMatchWords.evidence_disputed,
    .more_than_asked = "Je kunt meer dan hier gevraagd is: $0, niveau $3, gevraagd is $4.",
    .not_yet_at_level =
        "Hier groei je nog in: $0, gevraagd is niveau $4 (nu $1). Het zou helpen "
        "als je dit hier mag oefenen.",
    .like_it =
        "Je kunt iets dat hierop lijkt: $2 ($1). Gevraagd is $0 op niveau $4. Het zou helpen "
        "als je dit hier mag leren.",
    .nothing_yet = "Dit leer je hier nog: $0. Het zou helpen als iemand het je voordoet.",
    .open_hiring = "Iedereen kan hier beginnen: vooraf hoef je niets te kunnen.",
    .self_declared =
        "Dit heeft nog niemand gezien: $2. Het zou helpen als je het een keer laat "
        "zien.",
    .long_ago = "Dit is al lang geleden: $0, $1. Het zou helpen als je het nog een keer laat zien.",
    .disputed =
        "Hierover denken twee mensen verschillend: $2. Nu telt het laagste, niveau $3. Het "
        "zou helpen als je het samen met je coach bekijkt.",
    .contested = "Hier is bezwaar tegen gemaakt: $2. Je coach kijkt ernaar.",
    .wants_met = "Je wilt graag: $0. Dat is hier.",
    .avoids_met = "Je wilt liever niet: $0. Dat is hier ook niet.",
    .never_met = "Je wilt nooit: $0. Dat is hier ook niet.",
    .wants_unmet = "Je wilt ook graag: $0. Dat is hier niet. Het zou helpen als dat erbij kan.",
    .avoids_unmet =
        "Je wilt liever niet: $0. Dat is hier wel. Het zou helpen als je dat weinig "
        "hoeft te doen.",
    .hours_fit = "De uren passen bij je: $0 uur per week.",
    .hours_shared =
        "Jij kunt $0 van de $1 uur per week; de plek mag gedeeld worden. Het zou helpen "
        "als iemand anders de andere uren doet.",
    .grows = "Je begint met $0 uur. Dat kan groeien naar $1 uur.",
    .hours_in_common_fit = "De werktijden passen bij je.",
    .hours_in_common_few =
        "De werktijden passen voor een deel: $0 van de $1 uur. Het zou helpen als "
        "de tijden anders mogen.",
    .travel_fit = "De reis past: $0 minuten.",
    .travel_long =
        "De reis is wat lang: $0 minuten, $1 is jouw grens. Het zou helpen als er vervoer "
        "is.",
    .travel_arranged = "Er is vervoer: het maakt niet uit hoe ver het is.",
    .from_home = "Je kunt dit thuis doen.",
    .pace_expected =
        "Je tempo is nog niet gemeten, alleen verwacht. Het zou helpen als je het werk "
        "een keer probeert.",
    .pace_elsewhere =
        "Je tempo is gezien bij ander werk: $0. Het zou helpen als je dit werk een keer "
        "probeert.",
    .support_said = "$0; $1.",
    .guidance_part =
        "$0, voor $1 % van de tijd dat je werkt. Hier is $2 %. Het zou helpen als er "
        "meer tijd voor is.",
    .support_part = "$0; daarvan is hier $1 %. Het zou helpen als er meer van is.",
    .support_brought = "Je neemt zelf mee: $0.",
    .nothing_needed = "Je hebt geen extra steun nodig.",
    .amount_unknown =
        "We weten niet hoeveel je hiervan nodig hebt: $0. Het zou helpen als je dit "
        "vertelt.",
    .form = {"Deze vorm van werk past niet bij wat je wilt: $0.",
             "Het zou helpen als het werk in een andere vorm mag, of als jij deze vorm toch goed "
             "vindt."},
    .never = {"Je wilt dit nooit: $0. Dat is hier wel.",
              "Het zou helpen als het werk zonder dit "
              "kan: $0."},
    .hours_too_many = {"Jij kunt $1 uur per week; minstens $2 is nodig.",
                       "Het zou helpen als het minder uren mogen zijn, of als de plek gedeeld mag "
                       "worden."},
    .hours_too_few = {"Jij wilt minstens $1 uur per week; hier zijn er $2.",
                      "Het zou helpen als er meer uren zijn, of ander werk erbij."},
    .schedule = {"De werktijden passen op geen enkel uur bij je.",
                 "Het zou helpen als het op andere dagen of uren mag."},
    .travel = {"Het is te ver: de reis is $2 minuten, $1 is jouw grens.",
               "Het zou helpen als er vervoer is, of werk dichterbij."},
    .skill_lower = {"Dit moet je vooraf op niveau $2 kunnen: $0. Nu is het niveau $1.",
                    "Het zou helpen als je dit oefent, of als je het op het werk mag leren."},
    .skill_missing =
        {"Dit moet je vooraf op niveau $2 kunnen: $0. Dat heeft nog niemand gezien.",
         "Het zou helpen als je een cursus of proef doet, of als je het op het werk mag "
         "leren."},
    .support = {"Je kunt niet zonder: $0. Dat is hier niet.",
                "Het zou helpen als dit er komt: $0."},
    .nothing_fits = {"Hier past nog niets: $0.",
                     "Het zou helpen als je samen met je coach kijkt wat er anders kan."},
    .topics = kTopics,
    .place = {7, "waar het werk is", "Waar is het werk?"},
    .support_amount = {9, "hoeveel steun je nodig hebt", "Hoeveel steun heb je nodig?"},
    .pace_unsure = {8, "hoe je tempo bij dit werk is",
                    "Hoe gaat dit werk bij je: welk tempo, en hoe lang achter elkaar?"},
    .not_yet_known = "We weten nog niet: $0.",
    .also_not_known = "We weten ook nog niet: $0.",
    .knowing_helps = "Het zou helpen als we dit weten.",
    .not_certain_question =
        "Dit kan zekerder: $0. Het zou helpen als je dit met je coach bekijkt. "
        "$1",
    .not_yet_known_question = "We weten nog niet: $0. Het zou helpen als we dit weten. $1",
};

}  // namespace passend::service

#include "service/match/words.h"

namespace passend::service {
namespace {

constexpr SupportWord kSupports[] = {
    {1, "a job coach", "You need a job coach", "there is one",
     "there is none. It would help if there were one"},
    {2, "a mentor", "You need a mentor", "there is one",
     "there is none. It would help if there were one"},
    {3, "step-by-step instruction", "You need step-by-step instruction", "it is there",
     "it is not there. It would help if it came"},
    {4, "regular talks about how it goes", "You need regular talks about how it goes",
     "they are there", "they are not there. It would help if they came"},
    {20, "breaks when you need them", "You need breaks at your own moments", "they are there",
     "they are not there. It would help if they came"},
    {21, "your own schedule", "You need your own schedule", "it is there",
     "it is not there. It would help if it came"},
    {22, "a quiet place", "You need a quiet place", "there is one",
     "there is none. It would help if there were one"},
    {23, "a fixed routine", "You need a fixed routine", "there is one",
     "there is none. It would help if there were one"},
    {24, "plain language", "You need plain language", "it is there",
     "it is not there. It would help if it came"},
    {40, "adapted equipment", "You need adapted equipment", "it is there",
     "it is not there. It would help if it came"},
    {41, "a building where you can get everywhere",
     "You need a building where you can get everywhere", "there is one",
     "there is none. It would help if there were one"},
    {42, "transport", "You need transport", "it is there",
     "it is not there. It would help if it came"},
    {43, "sign language", "You need sign language", "it is there",
     "it is not there. It would help if it came"},
};

constexpr MatchWords::Topic kTopics[] = {
    {1, "what you can do", "What can you do already, and who has seen it?"},
    {2, "", "How well does this go now: $0?"},
    {3, "what you like to do", "Which work do you like, and what rather not?"},
    {4, "which forms of work suit you", "Which forms of work are fine for you?"},
    {5, "how many hours a week you can work", "How many hours a week can you work?"},
    {6, "on which days and hours", "On which days and hours can you work?"},
    {7, "how far you want to travel", "From where do you travel, how, and how long is fine?"},
    {8, "which pace fits you", "Which pace fits you, and how long at a stretch?"},
    {9, "which support you need", "Which support do you need, and how much?"},
};

}  // namespace

const MatchWords kEnglishPersonWords = {
    .language_code = "en",
    .features = kEnglishMatchWords.features,
    .forms = kEnglishMatchWords.forms,
    .kinds = kEnglishMatchWords.kinds,
    .supports = kSupports,
    .methods = {"in your own words", "seen by somebody else", "seen by a coach",
                "shown in a practice test", "with a diploma or certificate"},
    .dimensions = {"what you can do", "what you want", "your pace", "your support"},
    .paces = {{
        {"The tempo fits you: you do $0 %, $1 % is asked.",
         "You work a bit slower: at $0 % of the tempo, $1 % is asked. It would help if you may "
         "work "
         "at your own tempo here.",
         "This work goes too fast for you now: your tempo is $1 %, at least $2 % is needed.",
         "It would help if the work may be done at a slower tempo."},
        {"You can work long enough at a stretch: $0 minutes, $1 is asked.",
         "You work somewhat shorter at a stretch: $0 minutes, $1 is asked. It would help if you "
         "may "
         "take more breaks.",
         "You have to work too long at a stretch here: $1 minutes go well, at least $2 is needed.",
         "It would help if you may take more breaks."},
        {"The day is not too long for you: you can do $0 hours, $1 is asked.",
         "You can do a shorter day: $0 hours, $1 is asked. It would help if the days may be "
         "shorter.",
         "The day is too long for you: you can do $1 hours, at least $2 is needed.",
         "It would help if the days may be shorter."},
        {"The days fit: you can do $0 a week, $1 is asked.",
         "You can do somewhat fewer days: $0 a week, $1 is asked. It would help if you may work "
         "fewer days.",
         "There are too many days for you: you can do $1 a week, at least $2 is needed.",
         "It would help if you may work fewer days a week."},
    }},
    .today = kEnglishMatchWords.today,
    .one_day = kEnglishMatchWords.one_day,
    .days = kEnglishMatchWords.days,
    .weeks = kEnglishMatchWords.weeks,
    .months = kEnglishMatchWords.months,
    .years = kEnglishMatchWords.years,
    .decimal_mark = kEnglishMatchWords.decimal_mark,
    .can = {"You can already do this with help, step by step: $0 ($1).",
            "You can already do this with some help: $0 ($1).",
            "You can already do this alone: $0 ($1).",
            "You can already do this alone, also in a new place: $0 ($1).",
            "You can do this alone and teach others: $0 ($1)."},
    .can_through = {"You can already do this with help, step by step: $0, through $2 ($1).",
                    "You can already do this with some help: $0, through $2 ($1).",
                    "You can already do this alone: $0, through $2 ($1).",
                    "You can already do this alone, also in a new place: $0, through $2 ($1).",
                    "You can do this alone and teach others: $0, through $2 ($1)."},
    .evidence = kEnglishMatchWords.evidence,
    .evidence_disputed = kEnglishMatchWords.evidence_disputed,
    .more_than_asked = "You can do more than is asked here: $0, level $3, asked is $4.",
    .not_yet_at_level =
        "You can grow into this: $0, asked is level $4 (now $1). It would help if you "
        "may practise it here.",
    .like_it =
        "You can do something like it: $2 ($1). Asked is $0 at level $4. It would help if you "
        "may learn it here.",
    .nothing_yet = "You learn this here: $0. It would help if somebody shows you how.",
    .open_hiring = "Anybody can start here: you need not be able to do anything beforehand.",
    .self_declared = "Nobody has seen this yet: $2. It would help if you show it once.",
    .long_ago = "This is a long time ago: $0, $1. It would help if you show it once more.",
    .disputed =
        "Two people think differently about this: $2. Now the lowest counts, level $3. It "
        "would help if you look at it together with your coach.",
    .contested = "Somebody objects to this: $2. Your coach looks at it.",
    .wants_met = "You like: $0. That is here.",
    .avoids_met = "You would rather not have: $0. That is not here either.",
    .never_met = "You never want: $0. That is not here either.",
    .wants_unmet = "You would also like: $0. That is not here. It would help if it can be added.",
    .avoids_unmet =
        "You would rather not have: $0. That is here. It would help if you need to do "
        "little of it.",
    .hours_fit = "The hours fit you: $0 hours a week.",
    .hours_shared =
        "You can do $0 of the $1 hours a week; the place may be shared. It would help if "
        "somebody else does the other hours.",
    .grows = "You start with $0 hours. That can grow to $1 hours.",
    .hours_in_common_fit = "The working times fit you.",
    .hours_in_common_few =
        "The working times fit in part: $0 of the $1 hours. It would help if the "
        "times may be different.",
    .travel_fit = "The journey fits: $0 minutes.",
    .travel_long =
        "The journey is rather long: $0 minutes, $1 is your limit. It would help if there "
        "is transport.",
    .travel_arranged = "There is transport: it does not matter how far it is.",
    .from_home = "You can do this at home.",
    .pace_expected =
        "Your pace has not been measured yet, only expected. It would help if you try "
        "the work once.",
    .pace_elsewhere =
        "Your pace was seen at other work: $0. It would help if you try this work once.",
    .support_said = "$0; $1.",
    .guidance_part =
        "$0, for $1 % of the time that you work. Here there is $2 %. It would help if "
        "there is more time for it.",
    .support_part = "$0; here there is $1 % of it. It would help if there is more of it.",
    .support_brought = "You bring this along: $0.",
    .nothing_needed = "You need no extra support.",
    .amount_unknown = "We do not know how much of this you need: $0. It would help if you tell us.",
    .form =
        {"This form of work does not fit what you want: $0.",
         "It would help if the work may take another form, or if this form is fine for you after "
         "all."},
    .never = {"You never want this: $0. It is here.",
              "It would help if the work can go without "
              "this: $0."},
    .hours_too_many = {"You can do $1 hours a week; at least $2 is needed.",
                       "It would help if there may be fewer hours, or if the place may be shared."},
    .hours_too_few = {"You want at least $1 hours a week; here there are $2.",
                      "It would help if there are more hours, or other work beside it."},
    .schedule = {"The working times have no hour in common with yours.",
                 "It would help if other days or hours are possible."},
    .travel = {"It is too far: the journey takes $2 minutes, $1 is your limit.",
               "It would help if there is transport, or work nearer by."},
    .skill_lower = {"You have to be at level $2 beforehand: $0. Now it is level $1.",
                    "It would help if you practise this, or if you may learn it on the job."},
    .skill_missing = {"You have to be at level $2 beforehand: $0. Nobody has seen it yet.",
                      "It would help if you do a course or a trial, or if you may learn it on the "
                      "job."},
    .support = {"You cannot do without: $0. It is not here.",
                "It would help if this is arranged: $0."},
    .nothing_fits = {"Nothing fits here yet: $0.",
                     "It would help if you see together with your coach what can be different."},
    .topics = kTopics,
    .place = {7, "where the work is", "Where is the work?"},
    .support_amount = {9, "how much support you need", "How much support do you need?"},
    .pace_unsure = {8, "how your pace is at this work",
                    "How does this work go for you: which tempo, and how long at a stretch?"},
    .not_yet_known = "We do not know yet: $0.",
    .also_not_known = "We do not know either: $0.",
    .knowing_helps = "It would help to know.",
    .not_certain_question =
        "This could be more certain: $0. It would help if you look at it with "
        "your coach. $1",
    .not_yet_known_question = "We do not know yet: $0. It would help to know. $1",
};

}  // namespace passend::service

#include "service/portable/print_words.h"

namespace passend::service {

const PrintWords kEnglishPrintWords = {
    .language_code = "en",
    .title = "Skills passport",
    .intro =
        "This is what I can do, how that was seen, and what I would like to do. This passport "
        "is mine. I decide who sees it.",
    .name = "Name",
    .made_on = "Made on $0",
    .region = "Region $0",
    .months = {"January", "February", "March", "April", "May", "June", "July", "August",
               "September", "October", "November", "December"},
    .day = "$0 $1 $2",
    .skills = "What I can do",
    .no_skills = "Nothing is written down here yet. Please ask me what I can do.",
    .level = "level $0",
    .levels = {"With help, step by step", "With some help", "On my own, in a place I know",
               "On my own, in a new place too", "On my own, and I teach others"},
    .more_evidence = "And written down $0 more times",
    .one_more_evidence = "And written down once more",
    .two_views = "There are two views on this. The lower level is shown here.",
    .more_skills = "I can also do this",
    .even_more = "and $0 other skills, in the file of my passport",
    .one_more_skill = "and one other skill, in the file of my passport",
    .methods = {"Written down", "In my own words", "Seen by somebody else", "Seen by a coach",
                "Shown in a practice test", "Diploma or certificate"},
    .signed_by = "signed by $0",
    .wishes = "What I would like",
    .wants = "I like",
    .avoids = "Rather not",
    .never = "Not",
    .much = "very much",
    .forms = "Forms of work",
    .hours = "Hours",
    .hours_range = "$0 to $1 hours a week",
    .hours_exact = "$0 hours a week",
    .times = "When I can work",
    .days = {"", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
    .block = "$0 from $1 to $2",
    .more_times = "and $0 other times",
    .one_more_time = "and one other time",
    .travel = "Travel",
    .travel_minutes = "$0 minutes at most, $1",
    .means = {"", "on foot", "by bicycle", "by bus, tram or train", "by car or moped"},
    .best = "How I work best",
    .pace = "My pace",
    .pace_of = "With $0",
    .tempo = "$0 % of the usual pace",
    .stretch = "$0 minutes at a stretch",
    .hours_a_day = "$0 hours a day",
    .days_a_week = "$0 days a week",
    .measured = "measured at work",
    .expected = "as I expect it",
    .support = "This helps me",
    .support_share = "$0, for about $1 % of my working time",
    .support_essential = "I really need this",
    .support_brought = "part of it I arrange myself",
    .nothing_needed = "I need no extra help.",
    .scale = "What the levels mean",
    .not_all =
        "Not everything fits on paper. Does a text end in …, or does it say how much more there "
        "is? "
        "Then all of it is in the file of my passport. Please ask me for it.",
    .how_to_check =
        "Would you like to check this? Please ask me for the digital passport. There "
        "each skill is signed.",
    .while_kept =
        "The signatures count elsewhere for as long as my passport is kept here. Am I moving to "
        "another system? Then I have it read in there first, and only then erased here.",
};

}  // namespace passend::service

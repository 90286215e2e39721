#include "service/evidence/due_words.h"

namespace passend::service {

const DueWords kEnglishDueWords = {
    .dispute = "Somebody objects to '$0' at level $1. Look at it together.",
    .disagreement =
        "There are two opinions on '$0': level $1 and level $2. Have it shown once more.",
    .expires = "'$0' no longer counts from $1. Renew it in time.",
    .expired = "'$0' has not counted since $1. Renew it.",
    .renew = "Renew '$0': it was established $1 and counts for less now.",
    .unconfirmed = "'$0' is not confirmed yet ($1). See once how it goes.",
    .not_recorded = "'$0' is asked for, and nobody has said anything about it yet. Ask about it.",
    .changes_none = "That changes no open task now.",
    .changes_little = "That changes little now: less than a point for each task.",
    .changes_one = "It may change 1 open task: '$1', now $2 points, then $3 to $4.",
    .changes_some = "It may change $0 open tasks, '$1' most: now $2 points, then $3 to $4.",
    .day = "$0 $1 $2",
    .months = {"January", "February", "March", "April", "May", "June", "July", "August",
               "September", "October", "November", "December"},
};

const DueWords kEnglishPersonDueWords = {
    .dispute =
        "Somebody objects to '$0' at level $1. It would help if you look at it with your "
        "coach.",
    .disagreement =
        "Two people think differently about '$0': level $1 and level $2. It would help "
        "if you show it once more.",
    .expires = "'$0' no longer counts from $1. It would help if you show it again before that day.",
    .expired = "'$0' has not counted since $1. It would help if you show it again.",
    .renew = "You showed '$0' $1. It counts for less now. It would help if you show it again.",
    .unconfirmed = "'$0' is not confirmed yet ($1). It would help if you show it once.",
    .not_recorded =
        "'$0' is asked for. We do not know yet whether you can do this. It would help if you tell "
        "or show it.",
    .changes_none = "That changes nothing for your open tasks now.",
    .changes_little = "That changes little for your open tasks now.",
    .changes_one = "It may change 1 task for you: '$1', now $2 points, then $3 to $4.",
    .changes_some = "It may change $0 tasks for you, '$1' most: now $2 points, then $3 to $4.",
    .day = kEnglishDueWords.day,
    .months = {"January", "February", "March", "April", "May", "June", "July", "August",
               "September", "October", "November", "December"},
};

}  // namespace passend::service

#include "service/evidence/due_words.h"

namespace passend::service {

const DueWords kDutchDueWords = {
    .dispute = "Er is bezwaar tegen '$0' op niveau $1. Bekijk het samen.",
    .disagreement =
        "Over '$0' zijn twee oordelen: niveau $1 en niveau $2. Laat het nog een keer "
        "zien.",
    .expires = "'$0' telt vanaf $1 niet meer. Vernieuw het op tijd.",
    .expired = "'$0' telt sinds $1 niet meer. Vernieuw het.",
    .renew = "Vernieuw '$0': dat is $1 vastgesteld en telt nu minder.",
    .unconfirmed = "'$0' is nog niet bevestigd ($1). Kijk een keer hoe het gaat.",
    .not_recorded = "'$0' wordt gevraagd, en niemand heeft er nog iets over gezegd. Vraag ernaar.",
    .changes_none = "Nu verandert dat geen enkele open taak.",
    .changes_little = "Nu verandert dat weinig: minder dan een punt per taak.",
    .changes_one = "Het kan 1 open taak veranderen: '$1', nu $2 punten, dan $3 tot $4.",
    .changes_some =
        "Het kan $0 open taken veranderen, het meest '$1': nu $2 punten, dan $3 tot $4.",
    .day = "$0 $1 $2",
    .months = {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
               "september", "oktober", "november", "december"},
};

const DueWords kDutchPersonDueWords = {
    .dispute =
        "Er is bezwaar tegen '$0' op niveau $1. Het zou helpen als je het samen met je coach "
        "bekijkt.",
    .disagreement =
        "Over '$0' denken twee mensen verschillend: niveau $1 en niveau $2. Het zou "
        "helpen als je het nog een keer laat zien.",
    .expires =
        "'$0' telt vanaf $1 niet meer. Het zou helpen als je het voor die dag weer laat zien.",
    .expired = "'$0' telt sinds $1 niet meer. Het zou helpen als je het weer laat zien.",
    .renew = "'$0' liet je $1 zien. Dat telt nu minder. Het zou helpen als je het weer laat zien.",
    .unconfirmed = "'$0' is nog niet bevestigd ($1). Het zou helpen als je het een keer laat zien.",
    .not_recorded =
        "'$0' wordt gevraagd. We weten nog niet of jij dit kunt. Het zou helpen als je het vertelt "
        "of laat zien.",
    .changes_none = "Nu verandert dat nog niets voor jouw open taken.",
    .changes_little = "Nu verandert dat weinig voor jouw open taken.",
    .changes_one = "Het kan 1 taak voor jou veranderen: '$1', nu $2 punten, dan $3 tot $4.",
    .changes_some =
        "Het kan $0 taken voor jou veranderen, het meest '$1': nu $2 punten, dan $3 tot "
        "$4.",
    .day = kDutchDueWords.day,
    .months = {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
               "september", "oktober", "november", "december"},
};

}  // namespace passend::service

// Ranked lists on a screen.
#ifndef PASSEND_SERVICE_CLIENT_RANK_VIEW_H_
#define PASSEND_SERVICE_CLIENT_RANK_VIEW_H_

#include <cstdint>
#include <string>

#include "passend/v1/match_service.pb.h"
#include "service/client/labels.h"
#include "service/client/style.h"

namespace passend::client {

// Ranked lists as text: a table with score, band and four little bars, under each row the reasons
// and, unless a reason ends with it, the question worth asking; and how everybody fared. What
// employers are told has no score and no bars: a band, reasons, and whether what the task offers is
// enough. Pure.
std::string CandidatesText(const Style& style, const Labels& labels,
                           const passend::v1::FindCandidatesResponse& response);
std::string TasksText(const Style& style, const passend::v1::FindTasksResponse& response);

// "looked at 352 · ranked 41 · ask first 12 · excluded 299 (travel 120, hours 3)"; causes by count,
// the largest first.
std::string SummaryText(const Style& style, const passend::v1::PoolSummary& summary);

// What an answer was made with, in one line.
std::string BasisText(const Style& style, const passend::v1::MatchBasis& basis);

// How to speak of a candidate: the label and the name, or the name, or the reference.
std::string CandidateName(const Labels& labels, const passend::v1::Candidate& candidate);

// The colour of a band.
Ink InkOf(const passend::v1::Fit& fit);

// What the score column says: whole points, "?" for those to be asked, "-" for excluded.
std::string ScoreText(const passend::v1::Fit& fit);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_RANK_VIEW_H_

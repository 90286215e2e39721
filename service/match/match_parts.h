// What the matching handlers work with.
#ifndef PASSEND_SERVICE_MATCH_MATCH_PARTS_H_
#define PASSEND_SERVICE_MATCH_MATCH_PARTS_H_

#include "service/match/awaited_commits.h"
#include "service/match/candidate_reference.h"
#include "service/match/exposure_recorder.h"
#include "service/match/index_follower.h"
#include "service/match/ranking_ways.h"
#include "service/match/shadow_checker.h"
#include "service/paging/page_tokens.h"
#include "service/skill_catalog.h"
#include "service/surroundings.h"
#include "storage/store.h"

namespace passend::service {

class EmployerLists;

// All must outlive the handlers.
struct MatchParts {
  const storage::Store& store;
  const IndexFollower& follower;
  const SkillCatalog& catalog;  // the one that CreateTask checks skills with
  const PageTokens& page_tokens;
  const CandidateReferences& references;
  ExposureRecorder* exposures;  // null: exposures are not recorded
  Surroundings surroundings;
  ShadowChecker* shadow = nullptr;  // null: no answer is checked
  RankingWays ranking = {};
  EmployerLists* employers = nullptr;       // null: only who may know passports finds candidates
  const AwaitedCommits* awaited = nullptr;  // of `store`; null: questions wait for every commit
};

// People and tasks in one list at most, over all pages.
inline constexpr size_t kListedMax = 1'000;
inline constexpr int32_t kMatchPageSizeDefault = 20;
inline constexpr int32_t kMatchPageSizeMax = 200;
// Where fewer than so many tasks fit a person, as many of the nearest are shown as well.
inline constexpr int64_t kFittingTasksEnough = 3;
inline constexpr size_t kNearestTasks = 3;

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_MATCH_PARTS_H_

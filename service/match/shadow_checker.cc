#include "service/match/shadow_checker.h"

#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "matcher/plain_check.h"

namespace passend::service {

ShadowChecker::ShadowChecker(uint32_t one_in, std::function<std::string(size_t count)> random,
                             std::function<void(std::string_view line)> log)
    : one_in_(one_in),
      random_(std::move(random)),
      log_(std::move(log)),
      thread_([this] { Run(); }) {}

ShadowChecker::~ShadowChecker() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
    counts_.dropped += queue_.size();
    queue_.clear();
  }
  thread_.join();
  log_(CountsText());
}

bool ShadowChecker::ChoosesNext() const {
  uint64_t number = 0;
  const std::string bytes = random_(sizeof number);
  std::memcpy(&number, bytes.data(), sizeof number);
  // The remainder favours no answer by more than one in 2^32.
  return number % one_in_ == 0;
}

void ShadowChecker::Check(Answer answer) {
  absl::MutexLock lock(&mutex_);
  if (answer.view.index->people() > kShadowPeopleMax) {
    ++counts_.too_large;
  } else if (ending_ || queue_.size() == kShadowQueueMax) {
    ++counts_.dropped;
  } else {
    queue_.push_back(std::move(answer));
  }
}

ShadowCounts ShadowChecker::counts() const {
  absl::MutexLock lock(&mutex_);
  return counts_;
}

void ShadowChecker::AwaitIdle() const {
  absl::MutexLock lock(&mutex_);
  const auto idle = [&] {
    mutex_.AssertHeld();
    return queue_.empty() && !checking_;
  };
  mutex_.Await(absl::Condition(&idle));
}

void ShadowChecker::Run() {
  const auto wanted = [&] {
    mutex_.AssertHeld();
    return ending_ || !queue_.empty();
  };
  while (true) {
    std::deque<Answer> next;  // one; freed after it is checked
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(&wanted));
      if (ending_) return;
      next.push_back(std::move(queue_.front()));
      queue_.pop_front();
      checking_ = true;
    }
    CheckNow(next.front());
    absl::MutexLock lock(&mutex_);
    checking_ = false;
  }
}

void ShadowChecker::CheckNow(const Answer& answer) {
  matcher::RankOptions options = answer.ranked_by;
  options.cancelled = [this] { return ending_.load(); };
  const auto* work = std::get_if<matcher::Work>(&answer.asked);
  const auto plain =
      work != nullptr
          ? matcher::RankPeoplePlainly(answer.options.basis, *work, options, *answer.view.index)
          : matcher::RankWorksPlainly(answer.options.basis, std::get<matcher::Person>(answer.asked),
                                      options, *answer.view.index);
  if (!plain.ok()) {  // the end has come
    absl::MutexLock lock(&mutex_);
    ++counts_.dropped;
    return;
  }
  const std::vector<std::string> differences = matcher::DifferencesOf(answer.ranking, *plain);
  if (!differences.empty()) {
    log_(absl::StrCat("ERROR: a shadow check found a wrong answer, at commit ",
                      answer.view.sequence, ", by policies/", answer.options.policy_version,
                      ", for ", answer.about, ": another ", absl::StrJoin(differences, ", "),
                      " by the plain algorithm"));
  }
  bool report;
  {
    absl::MutexLock lock(&mutex_);
    ++counts_.checked;
    counts_.different += differences.empty() ? 0 : 1;
    report = counts_.checked % kShadowReportEvery == 0;
  }
  if (report) log_(CountsText());
}

std::string ShadowChecker::CountsText() const {
  const ShadowCounts now = counts();
  return absl::StrCat("shadow checks: ", now.checked, " answers checked, ", now.different,
                      " of them wrong; ", now.dropped, " dropped, ", now.too_large,
                      " of too large an index");
}

}  // namespace passend::service

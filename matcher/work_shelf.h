// All open work. Changed by one at a time; read by any number, who see it as it was when they
// asked.
//
// Thread safety: all methods may be called from any thread.
//
//   W1  A snapshot never changes. What only it still needs is freed with it.
//   W2  A change is in every snapshot that is asked for after it returned.
#ifndef PASSEND_MATCHER_WORK_SHELF_H_
#define PASSEND_MATCHER_WORK_SHELF_H_

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "matcher/judge.h"
#include "matcher/work_gates.h"

namespace passend::matcher {

// A task with what is worked out once, when it comes.
struct ShelvedWork {
  explicit ShelvedWork(Work its_work)
      : work(std::move(its_work)), offered_hundredths(OffersOf(work)) {}

  Work work;
  OfferedByLine offered_hundredths;
};

// What else decides whether a task is closed to a person, and most of what it is worth.
struct WorkFacts {
  PaceAmounts pace;
  uint64_t offered_lines;  // bit n: something is offered on line n
  uint32_t requirements_begin;
  uint32_t requirements_end;
  WorkKind kind;
};

// Side by side, so that tasks that are closed are passed without a look elsewhere.
struct Shelf {
  WorkGates gates;
  std::vector<WorkFacts> facts;
  std::vector<std::shared_ptr<const ShelvedWork>> works;  // one each
  // Of all of them; of each task those that cannot be learnt come first: they close most.
  std::vector<Requirement> requirements;

  void Append(std::shared_ptr<const ShelvedWork> work);
  // Puts another in the place of one, or, nullptr, takes the last away.
  void Replace(size_t place, std::shared_ptr<const ShelvedWork> work);
  std::span<const Requirement> RequirementsOf(size_t place) const {
    return {requirements.data() + facts[place].requirements_begin,
            requirements.data() + facts[place].requirements_end};
  }
};
using WorkSnapshot = std::vector<std::shared_ptr<const Shelf>>;

class WorkShelves {
 public:
  // Adds or replaces by name.
  void Put(Work work);
  void Remove(std::string_view name);
  std::optional<Work> Find(std::string_view name) const;
  size_t size() const;

  WorkSnapshot GetSnapshot() const;

 private:
  Shelf& Changing(size_t shelf);

  mutable std::mutex mutex_;
  std::unordered_map<std::string, size_t> places_;
  std::vector<std::shared_ptr<Shelf>> shelves_;
  mutable std::vector<bool> shown_;  // shelves that a snapshot may have: copied before a change
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_WORK_SHELF_H_

// Whom an answer shows, as its handler tells while it makes it, and the lines that come of that.
#ifndef PASSEND_SERVICE_AUDIT_LOOKS_H_
#define PASSEND_SERVICE_AUDIT_LOOKS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "passend/store/v1/audit.pb.h"
#include "service/call/caller.h"
#include "service/surroundings.h"
#include "storage/store.h"

namespace passend::service {

// What of a person an answer may show; together with `|`.
enum LookFields : uint32_t {
  kLookFit = 1,  // how they fit a task
  kLookSkills = 2,
  kLookValidations = 4,
  kLookWishes = 8,
  kLookPace = 16,
  kLookSupport = 32,
  kLookSharing = 64,  // region, state, and who has the passport
  kLookLog = 128,     // who looked at them
};
inline constexpr uint32_t kLookPassport =
    kLookSkills | kLookWishes | kLookPace | kLookSupport | kLookSharing;

// Names of the fields, in the order of their numbers.
std::vector<std::string> NamesOf(uint32_t fields);

// Sixteen bytes that tell whether a record is what it was.
std::string DigestOf(const storage::Key& key, std::string_view value);

// The looks of one answer. Lines wait until they are put into a commit: that of the answer's own
// write, or one that is made for them before the answer is given.
//
// Thread safety: none; a call is answered by one thread.
class Looks {
 public:
  // Whose answer to what, as part of which trace (32 hexadecimal digits), when.
  Looks(const Caller& caller, std::string_view method, std::string_view purpose,
        std::string_view trace, absl::Time time, const Surroundings& surroundings);

  // The answer shows this of the person. Told twice, it is one line with both.
  void Person(std::string_view passport_id, uint32_t fields);
  // It shows how the person fits, at this place of a list that is told with Decide.
  void Candidate(std::string_view passport_id, store::v1::Place place);
  // It shows the person's tasks, of a ranking that is told with Decide.
  void Tasks(std::string_view passport_id, store::v1::RankedTasks tasks);
  // It shows nobody.
  void Nobody() { told_ = true; }
  // What was ranked; the rest is filled in here.
  void Decide(store::v1::Decision decision);

  // Whether it was said whom the answer shows, or that it shows nobody.
  bool told() const { return told_; }
  // Whether there are lines that are in no commit yet.
  bool waiting() const { return !lines_.empty() || decision_.has_value(); }

  // Adds the waiting lines, each on the condition that the person was not erased, and the event
  // that tells of all of them.
  void AddTo(storage::Batch& batch) const;
  // What was added is committed.
  void Committed();
  // People of the waiting lines, and those whose lines are not kept because they were erased
  // meanwhile.
  std::set<std::string> WaitingPeople() const;
  void Drop(const std::string& passport_id) { lines_.erase(passport_id); }

  const std::string& answer_id() const { return answer_id_; }

 private:
  store::v1::Look& LineOf(std::string_view passport_id, uint32_t fields);

  struct Line {
    store::v1::Look look;
    uint32_t fields = 0;
  };

  const Surroundings& surroundings_;
  const absl::Time time_;
  std::string answer_id_;
  store::v1::Look of_all_;  // what is the same in every line
  std::map<std::string, Line> lines_;
  std::optional<store::v1::Decision> decision_;
  bool told_ = false;
};

// What an event about an answer's looks holds: whom, with the digest of each line.
struct TalliedLook {
  std::string passport;
  std::string digest;
};
std::optional<std::vector<TalliedLook>> ParseTally(std::string_view payload);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_LOOKS_H_

// Whom an answer shows, as its handler tells while it makes it, and the lines that come of that.
#ifndef PASSEND_SERVICE_AUDIT_LOOKS_H_
#define PASSEND_SERVICE_AUDIT_LOOKS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "passend/store/v1/audit.pb.h"
#include "service/audit/line_writer.h"
#include "service/call/call_context.h"
#include "service/call/method_table.h"
#include "service/disclosure/disclosure.h"
#include "service/disclosure/group_set.h"
#include "service/surroundings.h"
#include "storage/store.h"

namespace passend::service {

// Sixteen bytes that tell whether a record is what it was.
std::string DigestOf(const storage::Key& key, std::string_view value);

// The looks of one answer. Lines wait until they are put into a commit: that of the answer's own
// write, or one that is made for them before the answer is given.
//
// Thread safety: none; a call is answered by one thread at a time.
class Looks {
 public:
  // Of the answer to a call to `method`. `context.disclosure` is set: a line says which groups it
  // allows when the line is put into a commit. It and `surroundings` must outlive the looks.
  // `writer`: for Begin; null where there is none.
  Looks(const CallContext& context, const MethodRow& method, absl::Time time,
        const Surroundings& surroundings, LineWriter* writer = nullptr);

  // The answer shows the person.
  void Person(std::string_view passport_id);
  // The same, of which it shows `groups`: where one answer shows one person more than another.
  // Without those that say nothing of a person.
  void Person(std::string_view passport_id, GroupSet groups);
  // It shows how the person fits, at this place of a list that is told with Decide.
  void Candidate(std::string_view passport_id, store::v1::Place place);
  // It shows the person's tasks, of a ranking that is told with Decide.
  void Tasks(std::string_view passport_id, store::v1::RankedTasks tasks);
  // It shows nobody.
  void Nobody() { told_ = true; }
  // The call is refused with words that tell of the people who were told: that is a look as well.
  void Refusal() { refusal_shows_ = true; }
  // What was ranked; the rest is filled in here. What was ranked for a person goes to their line.
  void Decide(store::v1::Decision decision);

  using Writing = std::function<void(google::protobuf::Message&)>;

  // How the answer becomes bytes; empty when what it refers to ends.
  void WriteAnswerWith(Writing writing) { writing_ = std::move(writing); }
  // Does `rest`, which completes `answer`, and writes that, on whichever thread, while what was
  // told until now is committed: what the answer shows of people does not change any more. Where no
  // lines wait, or some are on their way already, and where there is no writer, on this thread.
  void Begin(google::protobuf::Message& answer, const std::function<void()>& rest);
  // Waits for what has begun. ABORTED where somebody was erased meanwhile: it waits for a commit
  // again. Errors of the store.
  absl::Status AwaitBegun();

  // Whether it was not said whom the answer shows, nor that it shows nobody, and has to be.
  bool untold() const { return must_tell_ && !told_; }
  bool refusal_shows() const { return refusal_shows_; }
  // Whether there are lines that are in no commit yet.
  bool waiting() const { return !lines_.people.empty() || lines_.decision.has_value(); }

  // Adds the waiting lines, each on the condition that the person was not erased, and the event
  // that tells of all of them.
  void AddTo(storage::Batch& batch) const;
  // What was added is committed.
  void Committed();
  // People of the waiting lines, and those whose lines are not kept because they were erased
  // meanwhile.
  std::set<std::string> WaitingPeople() const;
  void Drop(const std::string& passport_id) { lines_.people.erase(passport_id); }

  const std::string& answer_id() const { return answer_id_; }

 private:
  // Of people, by their ids, and what was ranked.
  struct Lines {
    std::map<std::string, store::v1::Look> people;
    std::optional<store::v1::Decision> decision;
  };

  store::v1::Look& LineOf(std::string_view passport_id);
  // What is told from now on is of one more answer.
  void TakeNewId();

  const Surroundings& surroundings_;
  const Disclosure& disclosure_;
  const bool must_tell_;
  const absl::Time time_;
  std::string answer_id_;
  store::v1::Look of_all_;  // what is the same in every line
  LineWriter* const writer_;
  Writing writing_;
  Lines lines_;
  Lines begun_;
  std::shared_ptr<const LineWriter::OnItsWay> on_their_way_;  // begun_; null: none are
  bool told_ = false;
  bool refusal_shows_ = false;
};

// What an event about an answer's looks holds: whom, with the digest of each line.
struct TalliedLook {
  std::string passport;
  std::string digest;
};
std::optional<std::vector<TalliedLook>> ParseTally(std::string_view payload);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_LOOKS_H_

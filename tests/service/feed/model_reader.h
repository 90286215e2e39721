// A reader of the feed, as a partner's system would be: it keeps what it is told, and its cursor.
// What the feed promises is checked with each answer.
#ifndef PASSEND_TESTS_SERVICE_FEED_MODEL_READER_H_
#define PASSEND_TESTS_SERVICE_FEED_MODEL_READER_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "passend/v1/sync_service.pb.h"

namespace passend::service {

class ModelReader {
 public:
  // Takes an answer over. Fails the test where
  //   - somebody goes back in time, or is told after they were erased;
  //   - the answers are not in the order that they should be in;
  //   - one answer tells the same person twice with the same sequence.
  void Apply(const v1::WatchResponse& response);

  // Of whom it has something: the change that was told last, without its sequence.
  const std::map<std::string, v1::WatchChange>& people() const { return people_; }
  const std::string& cursor() const { return cursor_; }
  // All that it was ever told of.
  const std::set<std::string>& ever_named() const { return ever_named_; }
  const std::set<std::string>& erased() const { return erased_; }
  bool complete() const { return complete_; }
  int64_t data_sequence() const { return data_sequence_; }
  // People told, removals too.
  int64_t told() const { return told_; }
  int64_t sequence_of(const std::string& name) const {
    const auto at = sequences_.find(name);
    return at == sequences_.end() ? 0 : at->second;
  }
  // A new stream begins: what it tells begins after the cursor.
  void Reconnect() { tail_sequence_ = 0; }
  // Its cursor is too old: it forgets what it has, and asks for a snapshot. Whom it was told to be
  // erased, and what was told last, it remembers.
  void BeginAgain();

 private:
  std::map<std::string, v1::WatchChange> people_;
  std::map<std::string, int64_t> sequences_;
  std::set<std::string> ever_named_;
  std::set<std::string> erased_;
  std::string cursor_;
  std::string last_name_;  // of the snapshot
  bool complete_ = false;
  int64_t tail_sequence_ = 0;
  int64_t data_sequence_ = 0;
  int64_t told_ = 0;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_FEED_MODEL_READER_H_

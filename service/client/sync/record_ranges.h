// What a partner's records come to, so that they can be compared without being sent.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_RECORD_RANGES_H_
#define PASSEND_SERVICE_CLIENT_SYNC_RECORD_RANGES_H_

#include <string>
#include <utility>
#include <vector>

#include "passend/v1/sync.pb.h"

namespace passend::client {

// The records of one partner, by their places: what RecordRange says of them. Thread safety: const
// members may be called from any thread once all are added and sorted.
class RecordRanges {
 public:
  struct Entry {
    std::string place;  // 64 hexadecimal digits
    std::string mark;   // 32 bytes
    std::string external_id;
  };

  // `key`: the 32 bytes that Reconcile gives.
  explicit RecordRanges(std::string key) : key_(std::move(key)) {}

  // Adds a record; each external id once. One without a revision is left out, as the server does.
  void Add(const std::string& external_id, const std::string& revision);
  // After the last one.
  void Sort();

  // The part of all places that begin with the prefix.
  passend::v1::RecordRange Range(const std::string& prefix) const;
  // Its entries, in the order of their places.
  std::vector<Entry> In(const std::string& prefix) const;

  std::string PlaceOf(const std::string& external_id) const;

 private:
  std::string Mac(const std::string& text) const;

  std::string key_;
  std::vector<Entry> entries_;
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SYNC_RECORD_RANGES_H_

// The service that is fuzzed, without a channel: a store in memory, everything that answers over
// it, and who may call. The same calls give the same answers, with the same names. Nothing in it
// waits for time to go by: thousands begin and end.
#ifndef PASSEND_TESTS_FUZZ_FUZZED_SERVICE_H_
#define PASSEND_TESTS_FUZZ_FUZZED_SERVICE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "service/call/caller.h"
#include "service/call/method_table.h"
#include "service/passendd/assembly.h"
#include "storage/store.h"

namespace passend::fuzz {

inline constexpr int64_t kStart = 1'795'300'000;  // 2026-11-21

// Of this machine, as on a server that does not ask who calls: may do everything.
service::Caller Anybody();

const google::protobuf::MethodDescriptor& DescriptorOf(std::string_view method);
std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor& type);

class FuzzedService {
 public:
  // What one has been through, for others to go on from.
  struct Past {
    std::vector<storage::Batch> commits;
    uint64_t random = 1;
    int64_t seconds = 0;
  };

  explicit FuzzedService(const Past& past);
  ~FuzzedService();

  // A call; more than one request is a stream. Whoever may not make it by the permission table is
  // refused before anything else.
  absl::StatusOr<std::string> Answer(const service::MethodRow& method,
                                     const service::Caller& caller,
                                     const std::vector<std::string>& requests);

  const storage::Store& store() const;
  absl::Time now() const { return absl::FromUnixSeconds(kStart + seconds_); }
  void Advance() { ++seconds_; }
  Past past() const;
  // Whether nothing was written since but who looked, what was ranked, what an employer was shown.
  bool OnlyLookedSince(storage::Sequence sequence) const;

 private:
  class KeptCommits;

  std::string Random(size_t count);

  std::atomic<uint64_t> random_;
  std::atomic<int64_t> seconds_;
  const std::unique_ptr<KeptCommits> store_;
  service::Assembly assembly_;
};

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_FUZZED_SERVICE_H_

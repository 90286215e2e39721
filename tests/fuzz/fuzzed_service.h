// The service that is fuzzed, without a channel: a store in memory, everything that answers over
// it, and who may call. The same calls give the same answers, with the same names.
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
#include "service/credential/issuer_key.h"
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
  FuzzedService();

  // A call; more than one request is a stream. Whoever may not make it by the permission table is
  // refused before anything else.
  absl::StatusOr<std::string> Answer(const service::MethodRow& method,
                                     const service::Caller& caller,
                                     const std::vector<std::string>& requests);

  const storage::Store& store() const { return *store_; }
  absl::Time now() const { return absl::FromUnixSeconds(kStart + seconds_); }
  void Advance() { ++seconds_; }
  // Whether nothing was written since but who looked, what was ranked, what an employer was shown.
  bool OnlyLookedSince(storage::Sequence sequence) const;

 private:
  std::string Random(size_t count);

  std::atomic<uint64_t> state_ = 1;
  std::atomic<int64_t> seconds_ = 0;
  const std::unique_ptr<storage::Store> store_;
  const std::unique_ptr<service::IssuerKey> key_;
  service::Assembly assembly_;
};

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_FUZZED_SERVICE_H_

// Short ways to write batches and keys in tests.
#ifndef PASSEND_TESTS_STORAGE_BATCHES_H_
#define PASSEND_TESTS_STORAGE_BATCHES_H_

#include <string>
#include <utility>

#include "storage/store.h"

namespace passend::storage {

inline Key Passport(std::string id) { return {RecordKind::kPassport, std::move(id)}; }
inline Key Task(std::string id) { return {RecordKind::kTask, std::move(id)}; }

// Batch().Expect(key, 0).Put(key, "value").Tell(key, "payload").Once("request", "digest", "answer")
class BatchOf {
 public:
  BatchOf&& Expect(Key key, Version version) && {
    batch_.expectations.push_back({std::move(key), version});
    return std::move(*this);
  }
  BatchOf&& Put(Key key, std::string value) && {
    batch_.mutations.push_back({std::move(key), std::move(value)});
    return std::move(*this);
  }
  BatchOf&& Delete(Key key) && {
    batch_.mutations.push_back({std::move(key), std::nullopt});
    return std::move(*this);
  }
  BatchOf&& Tell(Key key, std::string payload) && {
    batch_.events.push_back({std::move(key), std::move(payload)});
    return std::move(*this);
  }
  BatchOf&& Once(std::string request, std::string fingerprint, std::string response) && {
    batch_.idempotency = {std::move(request), std::move(fingerprint), std::move(response)};
    return std::move(*this);
  }
  operator Batch() && { return std::move(batch_); }  // NOLINT: meant to be implicit

 private:
  Batch batch_;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STORAGE_BATCHES_H_

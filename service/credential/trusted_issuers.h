// Whose credentials are taken in: a file of the operator's, followed while the server runs.
#ifndef PASSEND_SERVICE_CREDENTIAL_TRUSTED_ISSUERS_H_
#define PASSEND_SERVICE_CREDENTIAL_TRUSTED_ISSUERS_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "service/identity/key_set.h"

namespace passend::service {

// One issuer, as the operator of this server knows it.
struct TrustedIssuer {
  std::string name;  // for people
  KeySet keys;
  // Whether what it calls seen by a coach, or shown at work, counts as that here. Otherwise it is
  // what it is from outside: a reference.
  bool keeps_methods = false;
};

// Immutable; any number of threads may use it.
class TrustedIssuers {
 public:
  // Reads
  //   {"issuers": [{"issuer": "https://...", "name": "...", "keys": {"keys": [...]},
  //                 "keeps_methods": true}, ...]}
  // `keeps_methods` may be missing. INVALID_ARGUMENT, and says which issuer and why.
  static absl::StatusOr<TrustedIssuers> Parse(std::string_view json);

  // Null where it is not trusted.
  const TrustedIssuer* Find(std::string_view issuer) const;
  size_t size() const { return issuers_.size(); }

 private:
  std::map<std::string, TrustedIssuer, std::less<>> issuers_;  // by uri
};

// Thread safety: all methods may be called from any thread.
class TrustedIssuersFile {
  struct OnlyOpen {
    explicit OnlyOpen() = default;
  };

 public:
  // Reads the file. INVALID_ARGUMENT, which names it. `log` takes lines about later changes.
  static absl::StatusOr<std::unique_ptr<TrustedIssuersFile>> Open(
      std::string path, std::function<void(std::string_view line)> log);
  // Use Open.
  TrustedIssuersFile(OnlyOpen, std::string path, std::function<void(std::string_view line)> log)
      : path_(std::move(path)), log_(std::move(log)) {}

  // The issuers in force, never null.
  std::shared_ptr<const TrustedIssuers> Get() const;

  // Takes over what the file says now, where that is another text than last time. Where it is not
  // right, or cannot be read, the old ones stay in force, and a line in the log says why, once for
  // each text. Call it now and then, from one thread at a time.
  void Refresh();

 private:
  const std::string path_;
  const std::function<void(std::string_view line)> log_;
  std::string last_text_;  // good or not; of Refresh alone
  bool was_readable_ = true;
  mutable absl::Mutex mutex_;
  std::shared_ptr<const TrustedIssuers> issuers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CREDENTIAL_TRUSTED_ISSUERS_H_

// Mutual TLS for gRPC, from files that may change while the server runs.
#ifndef PASSEND_SERVICE_PASSENDD_TLS_RELOADER_H_
#define PASSEND_SERVICE_PASSENDD_TLS_RELOADER_H_

#include <grpcpp/security/server_credentials.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "service/identity/tls_files.h"

namespace passend::service {

// gRPC follows files by itself, and takes over whatever is in them: a key that is not yet the new
// certificate's would turn everybody away. So gRPC is given what was found to belong together, in
// memory, under a path that always has the last good state.
//
// Thread safety: one thread at a time.
class TlsReloader {
  struct OnlyOpen {
    explicit OnlyOpen() = default;
  };
  // A file in memory whose content is exchanged as a whole.
  class MemoryFile {
   public:
    MemoryFile() = default;
    ~MemoryFile();
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    // UNAVAILABLE where the system has no room for it; the old content stays then.
    absl::Status Put(const std::string& content);
    // Once something was put.
    std::string path() const;

   private:
    int fd_ = -1;
  };

 public:
  // Reads and checks the files: INVALID_ARGUMENT, UNAVAILABLE. `log` takes lines about later
  // changes.
  static absl::StatusOr<std::unique_ptr<TlsReloader>> Open(
      TlsFiles files, std::function<void(std::string_view line)> log);
  // Use Open.
  TlsReloader(OnlyOpen, TlsFiles files, std::function<void(std::string_view line)> log)
      : files_(std::move(files)), log_(std::move(log)) {}

  // TLS 1.2 or later with a client certificate of a known authority. The reloader must outlive the
  // server that is made with it.
  std::shared_ptr<grpc::ServerCredentials> Credentials() const;

  // Takes over what the files say now, for connections that are made from a second later on. Where
  // they do not belong together, the old ones stay in force, and a line in the log says why, once
  // for each state.
  void Refresh();

 private:
  absl::Status Put(const TlsTexts& texts);

  const TlsFiles files_;
  const std::function<void(std::string_view line)> log_;
  TlsTexts last_texts_;       // good or not
  std::string last_mistake_;  // empty: none
  MemoryFile key_and_certificate_;
  MemoryFile client_ca_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_TLS_RELOADER_H_

#include "service/passendd/tls_reloader.h"

#include <fcntl.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <sys/mman.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "service/identity/limits.h"
#include "service/text.h"

namespace passend::service {

TlsReloader::MemoryFile::~MemoryFile() {
  if (fd_ >= 0) close(fd_);
}

absl::Status TlsReloader::MemoryFile::Put(const std::string& content) {
  const int fresh = memfd_create("passend-tls", MFD_CLOEXEC);
  if (fresh < 0) return absl::UnavailableError("no memory for the files of TLS");
  const auto size = static_cast<ssize_t>(content.size());
  if (write(fresh, content.data(), content.size()) != size) {
    close(fresh);
    return absl::UnavailableError("no memory for the files of TLS");
  }
  if (fd_ < 0) {
    fd_ = fresh;
    return absl::OkStatus();
  }
  // The path stays, and has the new content from one moment to the next.
  const bool exchanged = dup3(fresh, fd_, O_CLOEXEC) >= 0;
  close(fresh);
  return exchanged ? absl::OkStatus() : absl::UnavailableError("no memory for the files of TLS");
}

std::string TlsReloader::MemoryFile::path() const { return absl::StrCat("/proc/self/fd/", fd_); }

absl::StatusOr<std::unique_ptr<TlsReloader>> TlsReloader::Open(
    TlsFiles files, std::function<void(std::string_view line)> log) {
  auto reloader = std::make_unique<TlsReloader>(OnlyOpen(), std::move(files), std::move(log));
  absl::StatusOr<TlsTexts> texts = ReadTlsFiles(reloader->files_);
  if (!texts.ok()) return texts.status();
  if (absl::Status fine = CheckTlsTexts(*texts); !fine.ok()) return fine;
  if (absl::Status put = reloader->Put(*texts); !put.ok()) return put;
  reloader->last_texts_ = *std::move(texts);
  return reloader;
}

absl::Status TlsReloader::Put(const TlsTexts& texts) {
  // Key and certificate in one file, so that gRPC never reads them of two states.
  absl::Status put = key_and_certificate_.Put(absl::StrCat(texts.key, "\n", texts.certificate));
  return put.ok() ? client_ca_.Put(texts.client_ca) : put;
}

std::shared_ptr<grpc::ServerCredentials> TlsReloader::Credentials() const {
  using grpc::experimental::FileWatcherCertificateProvider;
  const auto files = std::make_shared<FileWatcherCertificateProvider>(
      key_and_certificate_.path(), key_and_certificate_.path(), client_ca_.path(),
      static_cast<unsigned>(absl::ToInt64Seconds(kIdentityFileInterval)));
  grpc::experimental::TlsServerCredentialsOptions options(files);
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  return grpc::experimental::TlsServerCredentials(options);
}

void TlsReloader::Refresh() {
  absl::StatusOr<TlsTexts> texts = ReadTlsFiles(files_);
  if (texts.ok() && *texts == last_texts_) return;
  absl::Status fine = texts.ok() ? CheckTlsTexts(*texts) : texts.status();
  if (fine.ok()) fine = Put(*texts);
  if (texts.ok()) last_texts_ = *std::move(texts);
  if (fine.ok()) {
    last_mistake_.clear();
    log_("TLS: the new certificate and authorities are in force from now on");
    return;
  }
  const std::string mistake(fine.message());
  if (mistake != last_mistake_) {
    const std::string line =
        absl::StrCat("WARNING: TLS: ", mistake, "; the old files stay in force");
    log_(line);
  }
  last_mistake_ = mistake;
}

}  // namespace passend::service

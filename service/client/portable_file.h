// The files that a passport is taken along in.
#ifndef PASSEND_SERVICE_CLIENT_PORTABLE_FILE_H_
#define PASSEND_SERVICE_CLIENT_PORTABLE_FILE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/portable.pb.h"

namespace passend::client {

// Reads what `passport export` wrote: the JSON of a PortablePassport, or compact JWTs, one a line.
// INVALID_ARGUMENT, which names the file.
absl::StatusOr<passend::v1::PortablePassport> ReadPortableFile(const std::string& path);

// The whole file. INVALID_ARGUMENT where it cannot be read.
absl::StatusOr<std::string> ReadWholeFile(const std::string& path);

// Writes the file in one piece, so that there is never half of it; only its owner may read it.
// UNAVAILABLE.
absl::Status WriteWholeFile(const std::string& path, const std::string& text);

// What of the passport a new one is created from: what the person and those beside them say. What
// they can do comes with the credentials; who keeps the passport is for its new keepers to say.
passend::v1::Passport CreatableFrom(passend::v1::Passport passport);

// Requests for all of the credentials, in their order, each small enough for the server.
std::vector<passend::v1::ImportCredentialsRequest> ImportRequests(
    const std::string& passport, const std::vector<std::string>& credentials,
    const std::vector<std::string>& status_lists);

// What a DID document, or that of an https issuer, says of the keys that the server signs with.
// "" where `key_set` is no JWK set.
std::string IssuerDocument(const std::string& issuer, const std::string& key_set);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_PORTABLE_FILE_H_

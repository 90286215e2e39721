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
// INVALID_ARGUMENT, which names the file; errors as ReadWholeFile.
absl::StatusOr<passend::v1::PortablePassport> ReadPortableFile(const std::string& path);

// What of the passport a new one is created from: what the person and those beside them say. What
// they can do comes with the credentials; who keeps the passport is for its new keepers to say.
passend::v1::Passport CreatableFrom(passend::v1::Passport passport);

// The credentials of a file. What those mean that do not say it themselves is what a validation of
// the file says that came of them; for others it is `skill` and `level`.
std::vector<passend::v1::CredentialToImport> CredentialsIn(
    const passend::v1::PortablePassport& portable, const std::string& skill, int level);

// Requests for all of the credentials, in their order, each small enough for the server.
std::vector<passend::v1::ImportCredentialsRequest> ImportRequests(
    const std::string& passport, const std::vector<passend::v1::CredentialToImport>& credentials,
    const std::vector<std::string>& status_lists);

// What an issuer says of its keys (a DID document, or a controlled identifier document of an https
// issuer). "" where `key_set` is no JWK set.
std::string IssuerDocument(const std::string& issuer, const std::string& key_set);

// Where that is looked for, below the folder that is shown at the issuer's address: a did:web
// without a path has it in `.well-known/did.json`, one with a path in `did.json`; an https issuer
// at the address itself, for which it is `index.json`.
std::string IssuerDocumentPath(const std::string& issuer);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_PORTABLE_FILE_H_

// How the client says who it is: a token from a file, a certificate, or nothing.
#ifndef PASSEND_SERVICE_CLIENT_IDENTITY_H_
#define PASSEND_SERVICE_CLIENT_IDENTITY_H_

#include <grpcpp/security/credentials.h>

#include <memory>
#include <optional>
#include <string>

#include "service/client/settings.h"
#include "service/client/words.h"

namespace passend::client {

// What of the options does not go together or cannot be read, as a sentence without its full stop;
// nullopt where all is well. A token goes in plain text to this machine only.
std::optional<std::string> IdentityMistake(const Settings& settings, const std::string& server,
                                           Language language);

// TLS where one of its options is given, plain text otherwise. The files are read here.
std::shared_ptr<grpc::ChannelCredentials> CredentialsOf(const Settings& settings);

// `Bearer ...` with what the token file says now, so that it may be renewed while the client runs;
// empty where that is no token.
std::string AuthorizationOf(const Settings& settings);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_IDENTITY_H_

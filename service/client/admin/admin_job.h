// Jobs of a running server: started, and followed until they end.
#ifndef PASSEND_SERVICE_CLIENT_ADMIN_ADMIN_JOB_H_
#define PASSEND_SERVICE_CLIENT_ADMIN_ADMIN_JOB_H_

#include "passend/v1/admin_service.pb.h"
#include "service/client/command_context.h"

namespace passend::client {

// Has the server do a job of that kind, or joins the one that runs, shows how far it is on the
// error stream, and tells what came of it. Gives an ExitCode: kExitRefused where it failed, or
// where the user did not wait for the end of it; kExitUnreachable where the server stopped
// meanwhile.
int RunJob(CommandContext& context, passend::v1::JobKind kind);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_ADMIN_ADMIN_JOB_H_

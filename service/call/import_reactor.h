// A call with a stream of requests and one answer, over gRPC.
#ifndef PASSEND_SERVICE_CALL_IMPORT_REACTOR_H_
#define PASSEND_SERVICE_CALL_IMPORT_REACTOR_H_

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <string>

#include "service/call/call_server.h"

namespace passend::service {

// Takes the parts one after the other: the next is read when the last one was taken, so the caller
// cannot send faster than they are worked on. Ends itself with the call. `method` must outlive it.
grpc::ServerReadReactor<grpc::ByteBuffer>* NewImportReactor(CallServer& calls,
                                                            grpc::CallbackServerContext& context,
                                                            const std::string& method,
                                                            grpc::ByteBuffer* response);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_IMPORT_REACTOR_H_

// What the process holds of the machine: memory and open files.
#ifndef PASSEND_SERVICE_WATCH_PROCESS_FIGURES_H_
#define PASSEND_SERVICE_WATCH_PROCESS_FIGURES_H_

#include <cstddef>

namespace passend::service {

// Bytes of memory that are resident now; 0 where /proc does not say.
size_t ResidentBytes();

// Files, sockets and the like that are open now. As many as OpenFilesMax() where none can be opened
// any more, not even to count them.
size_t OpenFiles();

// As many may be open.
size_t OpenFilesMax();

// Lets the process open as many files as it may allow itself; gives OpenFilesMax() after that. Each
// connection is one, and so is each file of the store; the usual 1024 is for programs that still
// use select.
size_t AllowMostOpenFiles();

}  // namespace passend::service

#endif  // PASSEND_SERVICE_WATCH_PROCESS_FIGURES_H_

// Debian's libraries are not built for ThreadSanitizer: what their threads hand to each other looks
// like races to it. Calls out of them, and reports with one of them in a racing stack, are left
// out, and so is what the engine's threads do, which begin where a database is made or opened;
// races in our own code are reported (planted_fault.cc).
#if defined(__SANITIZE_THREAD__)
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
  return "called_from_lib:librocksdb.so\n"
         "race:liblz4.so\n"
         "race:librocksdb.so\n"
         "race:passend::storage::CreateDatabase\n"
         "race:passend::storage::OpenDatabase\n";
}
#endif

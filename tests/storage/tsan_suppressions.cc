// Debian's RocksDB, and the LZ4 under it, are not built for ThreadSanitizer: what their threads
// hand to each other looks like races to it. Calls out of RocksDB, and reports with one of the two
// in a racing stack, are left out; races in our own code are reported.
#if defined(__SANITIZE_THREAD__)
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
  return "called_from_lib:librocksdb.so\n"
         "race:liblz4.so\n"
         "race:librocksdb.so\n";
}
#endif

// Debian's RocksDB is not built for ThreadSanitizer, so what its threads hand to each other inside
// of it looks like races to the sanitizer. Calls out of that library, and reports whose racing
// access lies in it, are left out; races in our own code are reported.
#if defined(__SANITIZE_THREAD__)
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
  return "called_from_lib:librocksdb.so\n"
         "called_from_lib:liblz4.so\n"
         "race:librocksdb.so\n";
}
#endif

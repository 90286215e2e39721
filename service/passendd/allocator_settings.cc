// Read by jemalloc when the process starts; other allocators do not know it.
//
// Without a thread of its own jemalloc gives memory back only while somebody allocates: a server
// that ten thousand readers have left would hold what they took until it is busy again.
extern "C" {
extern const char* const malloc_conf;
const char* const malloc_conf = "background_thread:true";
}

// A std::thread that is joined at the end of its scope. (std::jthread brings a stop token along, in
// which GCC 12 with sanitizers finds an uninitialised variable that is none.)
#ifndef PASSEND_TESTS_STORAGE_JOINING_THREAD_H_
#define PASSEND_TESTS_STORAGE_JOINING_THREAD_H_

#include <thread>
#include <utility>

namespace passend::storage {

class JoiningThread {
 public:
  template <typename Work, typename... Arguments>
  explicit JoiningThread(Work&& work, Arguments&&... arguments)
      : thread_(std::forward<Work>(work), std::forward<Arguments>(arguments)...) {}
  JoiningThread(JoiningThread&&) = default;
  JoiningThread& operator=(JoiningThread&&) = delete;
  ~JoiningThread() { Join(); }

  void Join() {
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::thread thread_;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STORAGE_JOINING_THREAD_H_

// How long the engine merges no files after it found no room for that.
//
// To the engine (RocksDB 7.8) a merge without room is a soft error, and a flush of all families
// that ends while there is one neither counts nor is undone: what it was to write is never written,
// and Resume() waits for it for ever. So such a merge is no error to the engine (see
// WriteHealth::OnBackgroundError), which then tries again after a second, and fills the disk to its
// last byte again. It has to wait for longer.
//
// Thread safety: all methods from any thread.
#ifndef PASSEND_STORAGE_MERGE_PAUSE_H_
#define PASSEND_STORAGE_MERGE_PAUSE_H_

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace passend::storage {

class MergePause {
 public:
  // There may be pauses from now on. While a database is being opened there are none: where that
  // fails it is closed, and waits for its merges.
  void Allow();
  // Merges that begin wait for half a minute from now on.
  void Begin();
  // Of a merge that begins: until there is no pause.
  void Await();
  bool is_on();
  // There is none any more, of who has reason to think that there is room.
  void End();
  // There will be none either: the database is being closed.
  void EndForGood();

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  std::chrono::steady_clock::time_point until_;  // guarded by mutex_
  bool allowed_ = false;                         // guarded by mutex_
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_MERGE_PAUSE_H_

#include "service/audit/line_writer.h"

#include <utility>

#include "absl/cleanup/cleanup.h"

namespace passend::service {
namespace {

template <typename T>
void Append(const std::vector<T>& more, std::vector<T>& all) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

LineWriter::~LineWriter() {
  {
    absl::MutexLock lock(&mutex_);
    ends_ = true;
  }
  thread_.join();
}

std::shared_ptr<const LineWriter::OnItsWay> LineWriter::Begin(storage::Batch batch,
                                                              std::function<void()> meanwhile) {
  auto begun = std::make_shared<OnItsWay>();
  begun->batch_ = std::move(batch);
  const auto errand = std::make_shared<Errand>(std::move(meanwhile));
  std::future<void> done = errand->get_future();
  if (Leave(errand)) {
    // Also where something is thrown: what the errand refers to is the caller's.
    const absl::Cleanup both_done = [&] {
      Finish(*errand);
      done.wait();
    };
    Commit(*begun);
  } else {
    {
      absl::MutexLock lock(&mutex_);
      waiting_.push_back(begun);
    }
    (*errand)();
  }
  done.get();
  return begun;
}

bool LineWriter::Leave(const std::shared_ptr<Errand>& errand) {
  absl::MutexLock lock(&mutex_);
  if (!idle_ || caller_commits_ || errand_ != nullptr || !waiting_.empty()) return false;
  errand_ = errand;
  caller_commits_ = true;
  return true;
}

void LineWriter::Finish(Errand& errand) {
  {
    absl::MutexLock lock(&mutex_);
    caller_commits_ = false;
    if (errand_.get() != &errand) return;
    errand_.reset();
  }
  errand();
}

void LineWriter::Run() {
  while (true) {
    Waiting taken;
    std::shared_ptr<Errand> errand;
    {
      absl::MutexLock lock(&mutex_);
      idle_ = true;
      mutex_.Await(absl::Condition(
          +[](LineWriter* self) ABSL_EXCLUSIVE_LOCKS_REQUIRED(self->mutex_) {
            return self->ends_ || !self->waiting_.empty() || self->errand_ != nullptr;
          },
          this));
      if (waiting_.empty() && errand_ == nullptr) return;
      idle_ = false;
      // Lines first: who brought an errand does it without this thread, if need be.
      if (waiting_.empty()) {
        errand.swap(errand_);
      } else {
        taken.swap(waiting_);
      }
    }
    if (errand != nullptr) (*errand)();
    if (!taken.empty()) CommitAll(taken);
  }
}

void LineWriter::Commit(OnItsWay& one) {
  one.status_ = store_.Commit(std::move(one.batch_)).status();
  one.done_.Notify();
}

void LineWriter::CommitAll(const Waiting& waiting) {
  if (waiting.size() > 1) {
    storage::Batch all;
    for (const auto& one : waiting) {
      Append(one->batch_.expectations, all.expectations);
      Append(one->batch_.mutations, all.mutations);
      Append(one->batch_.events, all.events);
    }
    if (store_.Commit(std::move(all)).ok()) {
      for (const auto& one : waiting) one->done_.Notify();
      return;
    }
  }
  // Alone, or because one of them keeps the others back.
  for (const auto& one : waiting) Commit(*one);
}

}  // namespace passend::service

#include "service/audit/line_writer.h"

#include <utility>

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

std::shared_ptr<const LineWriter::OnItsWay> LineWriter::Begin(storage::Batch batch) {
  auto begun = std::make_shared<OnItsWay>();
  begun->batch_ = std::move(batch);
  absl::MutexLock lock(&mutex_);
  waiting_.push_back(begun);
  return begun;
}

void LineWriter::Run() {
  while (true) {
    Waiting taken;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(
          +[](LineWriter* self) ABSL_EXCLUSIVE_LOCKS_REQUIRED(self->mutex_) {
            return self->ends_ || !self->waiting_.empty();
          },
          this));
      if (waiting_.empty()) return;
      taken.swap(waiting_);
    }
    CommitAll(taken);
    for (const auto& one : taken) one->done_.Notify();
  }
}

void LineWriter::CommitAll(const Waiting& waiting) {
  if (waiting.size() > 1) {
    storage::Batch all;
    for (const auto& one : waiting) {
      Append(one->batch_.expectations, all.expectations);
      Append(one->batch_.mutations, all.mutations);
      Append(one->batch_.events, all.events);
    }
    if (store_.Commit(std::move(all)).ok()) return;
  }
  // Alone, or because one of them keeps the others back.
  for (const auto& one : waiting) one->status_ = store_.Commit(std::move(one->batch_)).status();
}

}  // namespace passend::service

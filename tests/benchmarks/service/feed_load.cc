// Readers of the feed beside each other: a hundred who read at once what comes, and one that stops
// reading, while people are changed.
//
//     feed_load --server unix:/path [--server-id PID] [--seconds 15] [--readers 100]
//               [--changes-a-second 50] [--people 500]
//
// The lag of a change is from when its write was acknowledged to when a reader has it. Memory is
// what the process PID holds at most, beyond what it held once all readers were there. Prints a
// line a figure, tab-separated: name, value, unit.
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "passend/v1/passport_service.grpc.pb.h"
#include "passend/v1/sync_service.grpc.pb.h"

namespace passend::service {
namespace {

constexpr char kPartner[] = "partners/delft";

struct Options {
  std::string server;
  int server_id = 0;  // 0: memory is not looked at
  int seconds = 15;
  int readers = 100;
  int changes_a_second = 50;
  int people = 500;
};

// That a reader was told of a commit.
struct Told {
  int64_t sequence = 0;
  absl::Time time;
};

// When each commit was acknowledged. Thread safety: one thread.
class Acknowledged {
 public:
  void Add(int64_t sequence, absl::Time time) { times_[sequence] = time; }
  // Zero where the reader had it before its writer heard of it; none where nobody wrote it. Once
  // all is written.
  std::optional<absl::Duration> LagOf(const Told& told) const {
    const auto at = times_.find(told.sequence);
    if (at == times_.end()) return std::nullopt;
    return std::max(told.time - at->second, absl::ZeroDuration());
  }

 private:
  absl::flat_hash_map<int64_t, absl::Time> times_;
};

// What a reader has: the sequence of each person's last change.
using Copy = std::map<std::string, int64_t>;

class Reader {
 public:
  explicit Reader(const Options& options) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
    stub_ = v1::SyncService::NewStub(
        grpc::CreateCustomChannel(options.server, grpc::InsecureChannelCredentials(), arguments));
    v1::WatchRequest request;
    request.set_partner(kPartner);
    request.mutable_heartbeat_interval()->set_seconds(1);
    stream_ = stub_->Watch(&context_, request);
  }

  // One answer. False where the stream ended.
  bool Read() {
    v1::WatchResponse response;
    if (!stream_->Read(&response)) return false;
    const absl::Time now = absl::Now();
    for (const v1::WatchChange& change : response.changes()) {
      copy_[change.passport_name()] = change.sequence();
      if (measuring_) told_.push_back({change.sequence(), now});
    }
    data_sequence_ = std::max(data_sequence_.load(), response.data_sequence());
    return true;
  }
  // Until it has everything up to the commit.
  bool ReadUntil(int64_t sequence) {
    while (data_sequence_ < sequence) {
      if (!Read()) return false;
    }
    return true;
  }

  void Measure() { measuring_ = true; }
  void Cancel() { context_.TryCancel(); }
  int64_t data_sequence() const { return data_sequence_; }
  const Copy& copy() const { return copy_; }
  const std::vector<Told>& told() const { return told_; }

 private:
  std::unique_ptr<v1::SyncService::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchResponse>> stream_;
  Copy copy_;
  std::vector<Told> told_;
  std::atomic<int64_t> data_sequence_ = 0;
  std::atomic<bool> measuring_ = false;
};

class Writer {
 public:
  explicit Writer(const Options& options)
      : stub_(v1::PassportService::NewStub(
            grpc::CreateChannel(options.server, grpc::InsecureChannelCredentials()))) {
    for (int i = 0; i < options.people; ++i) {
      v1::CreatePassportRequest request;
      request.mutable_passport()->add_partners(kPartner);
      request.mutable_passport()->set_region("groningen");
      grpc::ClientContext context;
      v1::Passport passport;
      Must(stub_->CreatePassport(&context, request, &passport));
      names_.push_back(passport.name());
      last_ = std::stoll(passport.etag());
    }
  }

  void Change(Acknowledged& acknowledged) {
    v1::UpdatePassportRequest request;
    request.mutable_passport()->set_name(names_[count_ % names_.size()]);
    auto& hours = *request.mutable_passport()->mutable_wishes()->mutable_hours();
    const int weekly = static_cast<int>(1 + (count_ / names_.size()) % 36);
    hours.set_weekly_hours_min(weekly);
    hours.set_weekly_hours_max(weekly);
    request.mutable_update_mask()->add_paths("wishes");
    grpc::ClientContext context;
    v1::Passport passport;
    Must(stub_->UpdatePassport(&context, request, &passport));
    last_ = std::stoll(passport.etag());
    acknowledged.Add(last_, absl::Now());
    ++count_;
  }

  int64_t last() const { return last_; }
  size_t count() const { return count_; }

 private:
  static void Must(const grpc::Status& status) {
    if (status.ok()) return;
    std::fprintf(stderr, "a write failed: %s\n", status.error_message().c_str());
    std::exit(EXIT_FAILURE);
  }

  std::unique_ptr<v1::PassportService::Stub> stub_;
  std::vector<std::string> names_;
  int64_t last_ = 0;
  size_t count_ = 0;
};

// Kilobytes that the process holds; 0 where that is not known.
int64_t KilobytesOf(int process) {
  std::ifstream status(absl::StrCat("/proc/", process, "/status"));
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::atoll(line.c_str() + 6);
  }
  return 0;
}

double Millis(const std::vector<absl::Duration>& sorted, double part) {
  if (sorted.empty()) return 0;
  const auto place = static_cast<size_t>(part * static_cast<double>(sorted.size() - 1));
  return absl::ToDoubleMilliseconds(sorted[place]);
}

int Run(const Options& options) {
  Acknowledged acknowledged;
  Writer writer(options);
  std::vector<std::unique_ptr<Reader>> readers;
  for (int i = 0; i < options.readers; ++i) {
    readers.push_back(std::make_unique<Reader>(options));
  }
  Reader slow(options);
  for (auto& reader : readers) {
    if (!reader->ReadUntil(writer.last())) return EXIT_FAILURE;
  }
  if (!slow.ReadUntil(writer.last())) return EXIT_FAILURE;  // and reads no more until the end

  const int64_t before = KilobytesOf(options.server_id);
  int64_t most = before;
  for (auto& reader : readers) reader->Measure();
  std::vector<std::thread> threads;
  for (auto& reader : readers) {
    threads.emplace_back([raw = reader.get()] {
      while (raw->Read()) {
      }
    });
  }
  const absl::Time end = absl::Now() + absl::Seconds(options.seconds);
  const absl::Duration pause = absl::Seconds(1) / options.changes_a_second;
  for (absl::Time next = absl::Now(); next < end; next += pause) {
    absl::SleepFor(next - absl::Now());
    writer.Change(acknowledged);
    if (writer.count() % 20 == 0) most = std::max(most, KilobytesOf(options.server_id));
  }
  const absl::Time give_up = absl::Now() + absl::Seconds(30);
  const auto all_there = [&] {
    return std::all_of(readers.begin(), readers.end(), [&](const auto& reader) {
      return reader->data_sequence() >= writer.last();
    });
  };
  while (!all_there() && absl::Now() < give_up) absl::SleepFor(absl::Milliseconds(5));
  const bool complete = all_there();
  most = std::max(most, KilobytesOf(options.server_id));
  for (auto& reader : readers) reader->Cancel();
  for (std::thread& thread : threads) thread.join();
  const bool caught_up = slow.ReadUntil(writer.last());
  slow.Cancel();

  std::vector<absl::Duration> lags;
  int unwritten = 0;
  bool equal = caught_up && complete;
  for (auto& reader : readers) {
    for (const Told& told : reader->told()) {
      if (const auto lag = acknowledged.LagOf(told)) {
        lags.push_back(*lag);
      } else {
        ++unwritten;
      }
    }
    equal = equal && reader->copy() == slow.copy();
  }
  std::sort(lags.begin(), lags.end());
  std::printf("readers\t%zu\t\nwritten\t%zu\t\ntold\t%zu\t\n", readers.size(), writer.count(),
              lags.size());
  std::printf("unwritten\t%d\t\n", unwritten);
  std::printf("lag p50\t%.1f\tms\nlag p99\t%.1f\tms\nlag most\t%.1f\tms\n", Millis(lags, 0.5),
              Millis(lags, 0.99), Millis(lags, 1));
  std::printf("memory\t%.1f\tMB\n", static_cast<double>(most - before) / 1'000);
  std::printf("slow equals\t%s\t\n", equal ? "yes" : "no");
  return EXIT_SUCCESS;
}

int Main(int argc, char** argv) {
  Options options;
  const std::map<std::string, int*> numbers = {{"--server-id", &options.server_id},
                                               {"--seconds", &options.seconds},
                                               {"--readers", &options.readers},
                                               {"--changes-a-second", &options.changes_a_second},
                                               {"--people", &options.people}};
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    if (name == "--server") {
      options.server = argv[i + 1];
    } else if (numbers.contains(name)) {
      *numbers.at(name) = std::atoi(argv[i + 1]);
    } else {
      std::fprintf(stderr, "unknown: %s\n", name.c_str());
      return EXIT_FAILURE;
    }
  }
  if (options.server.empty() || options.changes_a_second < 1 || options.people < 1) {
    std::fprintf(stderr, "--server is needed\n");
    return EXIT_FAILURE;
  }
  return Run(options);
}

}  // namespace
}  // namespace passend::service

int main(int argc, char** argv) { return passend::service::Main(argc, argv); }

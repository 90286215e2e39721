// The feed over gRPC: all that is between a socket and the store, but for matching.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "passend/v1/passport_service.grpc.pb.h"
#include "passend/v1/sync_service.grpc.pb.h"
#include "service/audit/answer_ledger.h"
#include "service/call/call_server.h"
#include "service/feed/feed_upkeep.h"
#include "service/feed/watch_handlers.h"
#include "service/passendd/grpc_server.h"
#include "service/passport/passport_handlers.h"
#include "service/policy/current_policy.h"
#include "service/records/change_event.h"
#include "storage/memory_store.h"
#include "tests/service/call/line_keeper.h"
#include "tests/service/call/switched_authorizer.h"
#include "tests/service/client/temporary_folder.h"
#include "tests/service/feed/model_reader.h"

namespace passend::service {
namespace {

// A stream and what it is read with.
struct Stream {
  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientReader<v1::WatchResponse>> reader;
};

class FeedServerTest : public testing::Test {
 protected:
  FeedServerTest() {
    passport_handlers_.BindTo(bindings_);
    watching_.BindTo(bindings_);
    EXPECT_TRUE(bindings_.CheckBound().ok()) << bindings_.CheckBound();
    bindings_.KeepLooks(ledger_);
    upkeep_ = FeedUpkeep::Start(tools_, bindings_.bell(), watching_.moments()).value();
    server_ = GrpcServer::Listen(address_, 1 << 20, calls_).value();
    server_->SetServing(true);
  }

  std::unique_ptr<Stream> Watch(const std::string& cursor = "", int heartbeat_seconds = 0) {
    auto stream = std::make_unique<Stream>();
    v1::WatchRequest request;
    request.set_cursor(cursor);
    if (heartbeat_seconds > 0) {
      request.mutable_heartbeat_interval()->set_seconds(heartbeat_seconds);
    }
    stream->reader = feeds_->Watch(&stream->context, request);
    return stream;
  }
  // Reads until the answers are of a commit that has `sequence`.
  static void ReadUntil(Stream& stream, ModelReader& reader, int64_t sequence) {
    v1::WatchResponse response;
    while (reader.data_sequence() < sequence) {
      ASSERT_TRUE(stream.reader->Read(&response)) << "the stream ended";
      reader.Apply(response);
    }
  }
  std::string Create() {
    grpc::ClientContext context;
    v1::CreatePassportRequest request;
    request.mutable_passport()->set_region("groningen");
    v1::Passport passport;
    EXPECT_TRUE(passports_->CreatePassport(&context, request, &passport).ok());
    return passport.name();
  }
  Surroundings ShiftedSurroundings() {
    Surroundings shifted = SystemSurroundings();
    shifted.now = [this, now = shifted.now] {
      return now() + absl::Seconds(ahead_seconds_.load());
    };
    shifted.steady_now = [this] { return SteadyNow() + absl::Seconds(later_seconds_.load()); };
    return shifted;
  }
  int64_t Last() const { return static_cast<int64_t>(store_->LastSequence()); }

  const client::TemporaryFolder folder_;
  std::atomic<int> ahead_seconds_ = 0;  // of the system's clock
  std::atomic<int> later_seconds_ = 0;  // it is
  const Surroundings surroundings_ = ShiftedSurroundings();
  const std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  const bool seeded_ = SeedPolicy(*store_, surroundings_).ok();
  const std::unique_ptr<CurrentPolicy> policy_ = CurrentPolicy::Load(*store_).value();
  const PageTokens page_tokens_{std::string(32, 's')};
  KeyedLocks locks_;
  const HandlerTools tools_{*store_, surroundings_, page_tokens_, locks_};
  const AnswerLedger ledger_{*store_, surroundings_};
  MethodBindings bindings_;
  PassportHandlers passport_handlers_{tools_, *policy_};
  WatchHandlers watching_{tools_, *policy_, [this] { return bindings_.bell().reached(); }};
  std::unique_ptr<FeedUpkeep> upkeep_;
  LineKeeper log_;
  SwitchedAuthorizer authorizer_{"delft"};
  CallServer calls_{{1 << 20, 16, 2}, bindings_,
                    authorizer_,      log_,
                    surroundings_,    [this] { return store_->LastSequence(); }};
  const std::string address_ = absl::StrCat("unix:", folder_.path(), "/socket");
  std::unique_ptr<GrpcServer> server_;
  const std::shared_ptr<grpc::Channel> channel_ =
      grpc::CreateChannel(address_, grpc::InsecureChannelCredentials());
  const std::unique_ptr<v1::PassportService::Stub> passports_ =
      v1::PassportService::NewStub(channel_);
  const std::unique_ptr<v1::SyncService::Stub> feeds_ = v1::SyncService::NewStub(channel_);
};

TEST_F(FeedServerTest, ASnapshotThenChangesThenACutThenTheRest) {
  const std::string first = Create();
  ModelReader reader;
  {
    const auto stream = Watch();
    ReadUntil(*stream, reader, Last() - 1);
    EXPECT_TRUE(reader.people().contains(first));
    const std::string second = Create();
    v1::WatchResponse response;
    ASSERT_TRUE(stream->reader->Read(&response));
    reader.Apply(response);
    EXPECT_TRUE(reader.people().contains(second)) << "it comes by itself";
    EXPECT_GT(response.data_sequence(), 0);
    stream->context.TryCancel();
    EXPECT_EQ(stream->reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  const std::string third = Create();
  reader.Reconnect();
  const int64_t told = reader.told();
  const auto stream = Watch(reader.cursor());
  while (!reader.people().contains(third)) {
    v1::WatchResponse response;
    ASSERT_TRUE(stream->reader->Read(&response));
    reader.Apply(response);
  }
  EXPECT_EQ(reader.told(), told + 1) << "nothing else comes again";
  stream->context.TryCancel();
}

TEST_F(FeedServerTest, HeartsBeatWhenNothingHappens) {
  const absl::Time start = absl::Now();
  const auto stream = Watch("", 1);
  ModelReader reader;
  v1::WatchResponse response;
  ReadUntil(*stream, reader, 1);
  ASSERT_TRUE(stream->reader->Read(&response));
  EXPECT_EQ(response.changes_size(), 0);
  EXPECT_FALSE(response.cursor().empty());
  EXPECT_GE(absl::Now() - start, absl::Seconds(1));
  stream->context.TryCancel();
}

TEST_F(FeedServerTest, HeartsBeatWhereverTheClockIsSetAndAFeedEndsInAnHour) {
  Create();
  Stream stream;
  stream.context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
  v1::WatchRequest request;
  request.mutable_heartbeat_interval()->set_seconds(1);
  stream.reader = feeds_->Watch(&stream.context, request);
  ModelReader reader;
  ReadUntil(stream, reader, Last() - 1);
  v1::WatchResponse response;
  for (const int ahead : {-3'600, 9'000'000}) {
    ahead_seconds_ = ahead;
    for (int i = 0; i < 2; ++i) {
      ASSERT_TRUE(stream.reader->Read(&response)) << "no heart beats for an hour";
    }
    EXPECT_EQ(response.changes_size(), 0);
  }
  const auto without_deadline = Watch("", 1);
  ASSERT_TRUE(without_deadline->reader->Read(&response));
  later_seconds_ = 2 * 3'600;
  while (without_deadline->reader->Read(&response)) {
  }
  EXPECT_TRUE(without_deadline->reader->Finish().ok()) << "it goes on from its cursor";
  stream.context.TryCancel();
}

TEST_F(FeedServerTest, IdleReadersHoldNoThreadAndAllHearOfAChange) {
  constexpr int kReaders = 200;
  std::vector<std::unique_ptr<Stream>> streams;
  std::vector<ModelReader> readers(kReaders);
  for (int i = 0; i < kReaders; ++i) streams.push_back(Watch());
  for (int i = 0; i < kReaders; ++i)
    ReadUntil(*streams[static_cast<size_t>(i)], readers[static_cast<size_t>(i)], 1);
  EXPECT_EQ(calls_.in_flight(), static_cast<size_t>(kReaders));
  const std::string person = Create();  // others are answered beside them
  for (size_t i = 0; i < kReaders; ++i) {
    v1::WatchResponse response;
    while (!readers[i].people().contains(person)) {
      ASSERT_TRUE(streams[i]->reader->Read(&response));
      readers[i].Apply(response);
    }
    EXPECT_EQ(readers[i].people().size(), 1u);
  }
  for (const auto& stream : streams) stream->context.TryCancel();
  streams.clear();
  for (int i = 0; i < 500 && calls_.in_flight() > 0; ++i) absl::SleepFor(absl::Milliseconds(10));
  EXPECT_EQ(calls_.in_flight(), 0u) << "whoever went away gives the place back";
}

TEST_F(FeedServerTest, AServerThatStopsSaysSo) {
  const auto stream = Watch();
  ModelReader reader;
  ReadUntil(*stream, reader, 1);
  const absl::Time start = absl::Now();
  std::thread stopping([&] { server_->Drain(absl::Seconds(20)); });
  v1::WatchResponse response;
  while (stream->reader->Read(&response)) reader.Apply(response);
  const grpc::Status status = stream->reader->Finish();
  stopping.join();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
  EXPECT_LT(absl::Now() - start, absl::Seconds(10)) << "nobody waits for idle readers";
}

TEST_F(FeedServerTest, WhoIsNotLetInAnyMoreHearsNothingMore) {
  const auto stream = Watch();
  ModelReader reader;
  ReadUntil(*stream, reader, 1);
  authorizer_.lets_in = false;
  storage::Batch batch;
  batch.events.push_back(
      ChangeEvent({storage::RecordKind::kPassport, "somebody"}, Change::kChanged));
  ASSERT_TRUE(store_->Commit(std::move(batch)).ok());
  v1::WatchResponse response;
  EXPECT_FALSE(stream->reader->Read(&response));
  EXPECT_EQ(stream->reader->Finish().error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(FeedServerTest, ADeadlineEndsAnIdleFeed) {
  auto stream = std::make_unique<Stream>();
  stream->context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(1)));
  stream->reader = feeds_->Watch(&stream->context, {});
  v1::WatchResponse response;
  while (stream->reader->Read(&response)) {
  }
  EXPECT_EQ(stream->reader->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  for (int i = 0; i < 500 && calls_.in_flight() > 0; ++i) absl::SleepFor(absl::Milliseconds(10));
  EXPECT_EQ(calls_.in_flight(), 0u);
}

TEST_F(FeedServerTest, ABadRequestIsRefusedWithItsReason) {
  const auto stream = Watch("no cursor");
  v1::WatchResponse response;
  EXPECT_FALSE(stream->reader->Read(&response));
  const grpc::Status status = stream->reader->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), testing::HasSubstr("cursor"));
}

}  // namespace
}  // namespace passend::service

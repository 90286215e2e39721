// Push over a socket: answers in turn, errors that end a stream, streams that are cut and resumed.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "passend/v1/sync_service.grpc.pb.h"
#include "service/call/grpc_status.h"
#include "service/errors/call_errors.h"
#include "service/limits.h"
#include "service/passendd/grpc_server.h"
#include "tests/service/call/line_keeper.h"
#include "tests/service/call/switched_authorizer.h"
#include "tests/service/folder.h"
#include "tests/service/sync/sync_world.h"

namespace passend::service {
namespace {

constexpr size_t kMessageBytesMax = size_t{4} << 20;

class PushStreamTest : public testing::Test {
 protected:
  using Stream = grpc::ClientReaderWriter<v1::PushRequest, v1::PushResponse>;

  PushStreamTest() {
    auto server = GrpcServer::Listen(address_, kMessageBytesMax, calls_);
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    world_.KeepLooks();
    server_->SetServing(true);
    const auto channel = grpc::CreateChannel(address_, grpc::InsecureChannelCredentials());
    sync_ = v1::SyncService::NewStub(channel);
  }

  static v1::PushRequest Batch(int number, int people = 10) {
    v1::PushRequest request;
    request.set_partner(kMainPartner);
    request.set_batch_id(absl::StrCat("batch-", 100'000 + number));
    for (int i = 0; i < people; ++i) {
      v1::PushRecord& record = *request.add_records();
      record.set_external_id(absl::StrCat("p-", number, "-", i));
      record.set_revision("1");
      record.mutable_upsert()->mutable_passport()->set_region("drenthe");
    }
    return request;
  }
  static void ExpectNotServing(const grpc::Status& ended) {
    const grpc::Status not_serving = ToGrpc(NotServing());
    EXPECT_EQ(ended.error_code(), not_serving.error_code()) << ended.error_message();
    EXPECT_EQ(ended.error_details(), not_serving.error_details());
  }

  Folder folder_;
  const std::string address_ = absl::StrCat("unix:", folder_.File("socket"));
  SyncWorld world_;
  LineKeeper log_;
  SwitchedAuthorizer authorizer_{kMain};
  CallServer calls_{{.message_bytes_max = kMessageBytesMax,
                     .calls_in_flight_max = 2,
                     .worker_threads = 1,
                     .exchange_idle_max = absl::Seconds(3)},
                    world_.sync_bindings(),
                    authorizer_,
                    log_,
                    world_.tools().surroundings,
                    [this] { return world_.store().LastSequence(); }};
  std::unique_ptr<GrpcServer> server_;
  std::unique_ptr<v1::SyncService::Stub> sync_;
};

TEST_F(PushStreamTest, EachBatchIsAnsweredInItsTurn) {
  grpc::ClientContext context;
  const auto stream = sync_->Push(&context);
  // All of them are sent before any answer is read.
  std::thread sending([&] {
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(stream->Write(Batch(i)));
    EXPECT_TRUE(stream->WritesDone());
  });
  int answered = 0;
  int64_t last = 0;
  for (v1::PushResponse answer; stream->Read(&answer); ++answered) {
    EXPECT_EQ(answer.batch_id(), Batch(answered).batch_id());
    EXPECT_GT(answer.data_sequence(), last);
    last = answer.data_sequence();
    for (const v1::PushResult& result : answer.results()) {
      EXPECT_EQ(result.outcome(), v1::PUSH_OUTCOME_ACCEPTED);
    }
  }
  sending.join();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(answered, 20);
  EXPECT_EQ(log_.lines().size(), 21u) << "a line for each batch, and one for the end";
  EXPECT_EQ(world_.PassportCount(), 200u);
}

TEST_F(PushStreamTest, AWrongBatchEndsTheStreamAndKeepsWhatWasAnswered) {
  grpc::ClientContext context;
  const auto stream = sync_->Push(&context);
  v1::PushResponse answer;
  EXPECT_TRUE(stream->Write(Batch(0)));
  EXPECT_TRUE(stream->Read(&answer));
  v1::PushRequest wrong = Batch(1);
  wrong.set_batch_id("short");
  EXPECT_TRUE(stream->Write(wrong));
  EXPECT_FALSE(stream->Read(&answer));
  const grpc::Status ended = stream->Finish();
  EXPECT_EQ(ended.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(ended.error_message(), testing::HasSubstr("batch_id"));
  EXPECT_EQ(world_.PassportCount(), 10u);
}

TEST_F(PushStreamTest, IdleStreamsKeepNobodyOutAndAreBounded) {
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<Stream>> streams;
  for (size_t i = 0; i < kExchangesMax / 2; ++i) {  // nobody who is known has more
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(sync_->Push(contexts.back().get()));
    v1::PushResponse answer;
    ASSERT_TRUE(streams.back()->Write(Batch(static_cast<int>(i), 1)));
    ASSERT_TRUE(streams.back()->Read(&answer));
  }
  Arrival prompt;
  prompt.method = "passend.v1.PassportService.GetPassport";
  prompt.peer = "unix:";
  EXPECT_TRUE(calls_.Enter(calls_.ContextOf(prompt), {"unix:", {}, {}}).ok()) << "there is a place";
  grpc::ClientContext context;
  const auto one_more = sync_->Push(&context);
  EXPECT_EQ(one_more->Finish().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  for (const auto& context_of_one : contexts) context_of_one->TryCancel();
  for (const auto& stream : streams) {
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  while (calls_.in_flight() > 0) std::this_thread::yield();
}

// Streams are cut anywhere; what was not answered is sent again. Everybody is there once.
TEST_F(PushStreamTest, ACutStreamIsGoneOnWith) {
  constexpr int kBatches = 60;
  std::mt19937_64 random(7);
  int cuts = 0;
  int repeated = 0;
  for (int next = 0; next < kBatches;) {
    grpc::ClientContext context;
    const auto stream = sync_->Push(&context);
    int until_cut = static_cast<int>(random() % 6);
    while (next < kBatches) {
      if (!stream->Write(Batch(next))) break;
      if (until_cut-- == 0) {
        // The batch is on its way; whether it arrives nobody knows.
        if (random() % 2 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        context.TryCancel();
        ++cuts;
        break;
      }
      v1::PushResponse answer;
      if (!stream->Read(&answer)) break;
      EXPECT_EQ(answer.batch_id(), Batch(next).batch_id());
      repeated += answer.repeated_batch() ? 1 : 0;
      ++next;
    }
    if (next == kBatches) stream->WritesDone();
    static_cast<void>(stream->Finish());
  }
  EXPECT_GT(cuts, 5);
  EXPECT_GT(repeated, 0) << "some were carried out, and their answer was cut off";
  EXPECT_EQ(world_.PassportCount(), static_cast<size_t>(kBatches) * 10);
}

// Tokens end, and so do rights: also on a stream that goes on for days.
TEST_F(PushStreamTest, WhoIsNotLetInAnyMorePushesNothingMore) {
  grpc::ClientContext context;
  const auto stream = sync_->Push(&context);
  v1::PushResponse answer;
  EXPECT_TRUE(stream->Write(Batch(0)));
  EXPECT_TRUE(stream->Read(&answer));
  authorizer_.lets_in = false;
  EXPECT_TRUE(stream->Write(Batch(1)));
  EXPECT_FALSE(stream->Read(&answer));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(world_.PassportCount(), 10u);
}

// Whoever sends and never reads holds a place, and no longer than whoever does not send.
TEST_F(PushStreamTest, WhoDoesNotReadIsCutOff) {
  grpc::ChannelArguments small;  // the caller's own buffers, so that they are soon full
  small.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  small.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 16 << 10);
  const auto sync = v1::SyncService::NewStub(
      grpc::CreateCustomChannel(address_, grpc::InsecureChannelCredentials(), small));
  grpc::ClientContext context;
  const auto stream = sync->Push(&context);
  // Until neither side takes anything more: then the stream is cancelled under the sender.
  int number = 0;
  while (stream->Write(Batch(number, 500))) ++number;
  EXPECT_GT(number, 1);
  for (int i = 0; i < 500 && calls_.in_flight() > 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(calls_.in_flight(), 0u);
  v1::PushResponse answer;
  while (stream->Read(&answer)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

// Neither one that never sent anything nor one whose last batch was answered is waited for.
TEST_F(PushStreamTest, TheEndOfServingEndsStreamsThatWait) {
  grpc::ClientContext silent_context;
  grpc::ClientContext answered_context;
  const auto silent = sync_->Push(&silent_context);
  const auto answered = sync_->Push(&answered_context);
  v1::PushResponse answer;
  EXPECT_TRUE(answered->Write(Batch(0)));
  EXPECT_TRUE(answered->Read(&answer));
  while (calls_.exchanges() < 2) std::this_thread::yield();
  server_->Drain(absl::Hours(1));
  for (const auto& stream : {silent.get(), answered.get()}) {
    EXPECT_FALSE(stream->Read(&answer));
    ExpectNotServing(stream->Finish());
  }
  EXPECT_EQ(calls_.in_flight(), 0u);
  EXPECT_EQ(log_.lines().size(), 3u) << "a line for the batch, and one for each end";
}

// Requests come, answers go out and callers hang up while serving ends: each stream ends once.
TEST_F(PushStreamTest, TheEndOfServingMeetsStreamsAnywhere) {
  constexpr int kRounds = 20;
  constexpr int kStreams = 8;
  std::atomic<int> number = 0;
  for (int round = 0; round < kRounds; ++round) {
    calls_.SetServing(true);
    std::vector<std::thread> pushing;
    for (int i = 0; i < kStreams; ++i) {
      pushing.emplace_back([&, hangs_up = i == 0] {
        grpc::ClientContext context;
        const auto stream = sync_->Push(&context);
        v1::PushResponse answer;
        for (int sent = 0; stream->Write(Batch(++number, 1)) && stream->Read(&answer);) {
          if (hangs_up && ++sent == 3) stream->WritesDone();
        }
        const grpc::Status ended = stream->Finish();
        if (hangs_up && ended.ok()) return;
        ExpectNotServing(ended);
      });
    }
    while (number < (round + 1) * kStreams * 2) std::this_thread::yield();
    calls_.SetServing(false);
    for (std::thread& one : pushing) one.join();
    while (calls_.in_flight() > 0) std::this_thread::yield();
  }
}

}  // namespace
}  // namespace passend::service

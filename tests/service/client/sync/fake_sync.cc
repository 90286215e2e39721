#include "tests/service/client/sync/fake_sync.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "service/client/sync/record_ranges.h"
#include "tests/service/client/fake_server.h"

namespace passend::client {
namespace {

constexpr int kNever = 1000000;

grpc::Status Broken(grpc::StatusCode code = grpc::StatusCode::UNAVAILABLE) {
  return {code, "the line broke"};
}

void StaySilent(grpc::ServerContext& context) {
  while (!context.IsCancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

}  // namespace

FakeSync::FakeSync(const std::string& folder) : address_("unix:" + folder + "/sync.sock") {
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address_, grpc::InsecureServerCredentials());
  builder.RegisterService(this);
  server_ = builder.BuildAndStart();
}

FakeSync::~FakeSync() {
  server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1));
}

Break FakeSync::NextBreak() {
  if (breaks.empty()) return {.after_answers = kNever};
  const Break next = breaks.front();
  breaks.pop_front();
  return next;
}

void FakeSync::CarryOut(const v1::PushRequest& batch, v1::PushResponse& answer) {
  partners.push_back(batch.partner());
  const bool fresh = carried_out.emplace(batch.batch_id(), batch.SerializeAsString()).second;
  if (!fresh) ++repeated;
  answer.set_batch_id(batch.batch_id());
  answer.set_repeated_batch(!fresh);
  for (const v1::PushRecord& record : batch.records()) {
    v1::PushResult& result = *answer.add_results();
    result.set_external_id(record.external_id());
    if (record.has_erase() || erased.contains(record.external_id())) {
      result.set_outcome(v1::PUSH_OUTCOME_ERASED);
      people.erase(record.external_id());
      erased.insert(record.external_id());
    } else if (record.upsert().passport().region() == "atlantis") {
      result.set_outcome(v1::PUSH_OUTCOME_REJECTED);
      v1::PushFault& fault = *result.add_faults();
      fault.set_field("upsert.passport.region");
      fault.set_description("a region that exists");
      fault.set_reason("ERROR_REASON_INVALID_FIELD");
    } else if (record.external_id().starts_with("conflict")) {
      result.set_outcome(v1::PUSH_OUTCOME_CONFLICT);
      result.add_fields("wishes");
    } else {
      const bool same =
          people.contains(record.external_id()) &&
          people[record.external_id()].SerializeAsString() == record.SerializeAsString();
      result.set_outcome(same ? v1::PUSH_OUTCOME_UNCHANGED : v1::PUSH_OUTCOME_ACCEPTED);
      people[record.external_id()] = record;
    }
  }
}

grpc::Status FakeSync::Push(grpc::ServerContext* context,
                            grpc::ServerReaderWriter<v1::PushResponse, v1::PushRequest>* stream) {
  Break ends;
  {
    const std::lock_guard lock(mutex_);
    if (!refusal.ok()) return refusal;
    ends = NextBreak();
  }
  v1::PushRequest batch;
  for (int answers = 0; stream->Read(&batch); ++answers) {
    v1::PushResponse answer;
    {
      const std::lock_guard lock(mutex_);
      const auto heavy = std::count_if(
          batch.records().begin(), batch.records().end(),
          [](const auto& record) { return record.external_id().starts_with("heavy"); });
      if (heavy > heavy_max) {
        return Refusal(grpc::StatusCode::RESOURCE_EXHAUSTED, "ERROR_REASON_LIMIT_EXCEEDED");
      }
      CarryOut(batch, answer);
    }
    if (answers == ends.after_answers) {
      if (ends.silent) StaySilent(*context);
      return Broken(ends.code);
    }
    if (!stream->Write(answer)) return Broken();
  }
  return grpc::Status::OK;
}

grpc::Status FakeSync::Reconcile(grpc::ServerContext*, const v1::ReconcileRequest* request,
                                 v1::ReconcileResponse* response) {
  const std::lock_guard lock(mutex_);
  response->set_key(secret + request->partner());
  response->mutable_key()->resize(32, 'k');
  RecordRanges ranges(response->key());
  for (const auto& [id, record] : people) ranges.Add(id, record.revision());
  ranges.Sort();
  for (const v1::RecordRange& asked : request->ranges()) {
    const v1::RecordRange here = ranges.Range(asked.prefix());
    if (here.count() == asked.count() && here.digest() == asked.digest()) continue;
    v1::RangeDifference& difference = *response->add_differences();
    difference.set_prefix(asked.prefix());
    if (here.count() > 64) {
      for (const char digit : std::string("0123456789abcdef")) {
        *difference.add_parts() = ranges.Range(asked.prefix() + digit);
      }
      continue;
    }
    for (const RecordRanges::Entry& entry : ranges.In(asked.prefix())) {
      v1::RecordMark& mark = *difference.add_records();
      mark.set_place(entry.place);
      mark.set_mark(entry.mark);
      mark.set_external_id(entry.external_id);
    }
    for (const std::string& id : erased) {
      if (!ranges.PlaceOf(id).starts_with(asked.prefix())) continue;
      v1::RecordMark& mark = *difference.add_records();
      mark.set_place(ranges.PlaceOf(id));
      mark.set_erased(true);
    }
  }
  return grpc::Status::OK;
}

grpc::Status FakeSync::Watch(grpc::ServerContext* context, const v1::WatchRequest* request,
                             grpc::ServerWriter<v1::WatchResponse>* writer) {
  Break ends;
  {
    const std::lock_guard lock(mutex_);
    watched.push_back(*request);
    ends = NextBreak();
    if (forgot && !request->cursor().empty()) {
      forgot = false;
      return {grpc::StatusCode::OUT_OF_RANGE, "too old"};
    }
  }
  std::size_t next = request->cursor().empty() ? 0 : std::stoul(request->cursor());
  for (int answers = 0; next < feed.size(); ++answers) {
    if (answers == ends.after_answers) {
      if (ends.silent) StaySilent(*context);
      return Broken(ends.code);
    }
    v1::WatchResponse part = feed[next++];
    part.set_cursor(std::to_string(next));
    if (!writer->Write(part)) return Broken();
  }
  v1::WatchResponse heartbeat;
  heartbeat.set_cursor(std::to_string(next));
  heartbeat.set_data_sequence(static_cast<std::int64_t>(next));
  writer->Write(heartbeat);
  StaySilent(*context);
  return grpc::Status::OK;
}

v1::WatchResponse Part(const std::vector<std::string>& names, bool complete) {
  v1::WatchResponse part;
  for (const std::string& name : names) {
    v1::WatchChange& change = *part.add_changes();
    change.set_passport_name("passports/" + name);
    change.set_external_id("c-" + name);
    change.set_sequence(7);
    change.mutable_passport()->set_name("passports/" + name);
    change.mutable_passport()->set_region("drenthe");
  }
  part.set_snapshot_complete(complete);
  return part;
}

}  // namespace passend::client

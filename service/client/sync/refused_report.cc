#include "service/client/sync/refused_report.h"

#include <nlohmann/json.hpp>

#include "passend/v1/error_reason.pb.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;
using Json = nlohmann::ordered_json;

struct Refusal {
  std::int64_t line;
  std::string external_id;
  std::string outcome;
};

std::string Line(const Refusal& of, const std::string& field, const std::string& allowed,
                 const std::string& why) {
  const Json json = {{"line", of.line},       {"external_id", of.external_id},
                     {"outcome", of.outcome}, {"field", field},
                     {"allowed", allowed},    {"why", why}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string WhyOf(Language language, const std::string& reason) {
  v1::ErrorReason known = v1::ERROR_REASON_UNSPECIFIED;
  return v1::ErrorReason_Parse(reason, &known) ? NameOf(language, known) : reason;
}

std::string RejectedLines(Language language, const Refusal& of, const v1::PushResult& result) {
  std::string lines;
  for (const v1::PushFault& fault : result.faults()) {
    lines += Line(of, fault.field(), fault.description(), WhyOf(language, fault.reason()));
  }
  return lines.empty() ? Line(of, "", "", Say(language, Word::kPushRejected)) : lines;
}

std::string ConflictLines(Language language, const Refusal& of, const v1::PushResult& result) {
  std::string lines;
  for (const std::string& field : result.fields()) {
    lines += Line(of, field, "", Say(language, Word::kPushConflict));
  }
  return lines.empty() ? Line(of, "", "", Say(language, Word::kPushConflict)) : lines;
}

}  // namespace

std::string RefusedLines(Language language, const PushBatch& batch, const v1::PushResponse& answer,
                         PushCounts& counts, const ErasesLater& erases_later) {
  std::string lines;
  int next = 0;
  for (const PushItem& item : batch.items) {
    if (!item.record.has_value()) {
      ++counts.unreadable;
      lines += Line({item.number, "", "unreadable"}, "", "", item.problem);
      continue;
    }
    const v1::PushRecord& record = batch.request.records(next);
    const v1::PushResult& result = answer.results(next++);
    switch (result.outcome()) {
      case v1::PUSH_OUTCOME_ACCEPTED:
        ++counts.accepted;
        break;
      case v1::PUSH_OUTCOME_UNCHANGED:
        ++counts.unchanged;
        break;
      case v1::PUSH_OUTCOME_CONFLICT:
        ++counts.conflicts;
        lines += ConflictLines(language, {item.number, record.external_id(), "conflict"}, result);
        break;
      case v1::PUSH_OUTCOME_NOBODY:  // a file tells of erasures of whom it never told before, too
        ++counts.accepted;
        break;
      case v1::PUSH_OUTCOME_ERASED:
        if (record.has_erase()) {
          ++counts.accepted;
          break;
        }
        ++counts.erased;
        if (erases_later && erases_later(record.external_id(), item.number)) break;
        lines += Line({item.number, record.external_id(), "erased"}, "", "",
                      Say(language, Word::kPushErased));
        break;
      default:
        ++counts.rejected;
        lines += RejectedLines(language, {item.number, record.external_id(), "rejected"}, result);
    }
  }
  return lines;
}

}  // namespace passend::client

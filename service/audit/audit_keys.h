// The keys of what is kept for auditing: looks, decisions, earlier versions. As pairs: Parse gives
// back what Make was given, and nullopt for all else.
#ifndef PASSEND_SERVICE_AUDIT_AUDIT_KEYS_H_
#define PASSEND_SERVICE_AUDIT_AUDIT_KEYS_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "storage/store.h"

namespace passend::service {

// The id of an answer: 16 digits that are smaller the later it was, 16 random ones; hexadecimal. So
// records whose ids begin or end with it are read newest first.
std::string MakeAnswerId(absl::Time time, std::string_view eight_random_bytes);
bool IsAnswerId(std::string_view id);
// Where the ids of answers begin that were given at `time` or before: all of those are greater.
std::string AnswersUpTo(absl::Time time);

// What was shown of a person in an answer.
storage::Key LookKey(std::string_view passport_id, std::string_view answer_id);
struct LookId {
  std::string_view passport;
  std::string_view answer;
};
std::optional<LookId> ParseLookId(std::string_view id);
// What the event is about that tells of an answer's looks.
storage::Key LooksEventKey(std::string_view answer_id);

storage::Key DecisionKey(std::string_view answer_id);
// `decisions/{answer}`.
std::string DecisionNameOf(std::string_view answer_id);
std::optional<std::string> ParseDecisionName(std::string_view name);

// Whether earlier versions of such records are kept.
bool HasHistory(storage::RecordKind kind);
// Which kind those are of: of a person's records kPersonHistory.
storage::RecordKind HistoryKindOf(storage::RecordKind kind);
// An earlier version of a record that has a history.
storage::Key HistoryKey(const storage::Key& key, storage::Version version);
// What the ids of all earlier versions of a record begin with.
std::string HistoryPrefix(const storage::Key& key);
struct HistoryId {
  storage::RecordKind kind;
  std::string_view id;
  storage::Version version;
};
std::optional<HistoryId> ParseHistoryId(std::string_view id);

// Since its version, all earlier versions have been kept. Not there: they are not being kept.
storage::Key HistoryStartKey();
// Up to the commit that it holds, as decimal digits, all of this was kept for long enough and is
// gone.
storage::Key SweptKey();

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_AUDIT_KEYS_H_

#include "service/audit/looks.h"

#include <sodium.h>

#include <utility>

#include "absl/strings/escaping.h"
#include "service/audit/audit_keys.h"
#include "service/canonical_bytes.h"
#include "service/names/resource_names.h"
#include "service/text.h"
#include "storage/byte_codec.h"

namespace passend::service {
namespace {

constexpr size_t kSaltBytes = 16;
constexpr size_t kDigestBytes = 16;
constexpr size_t kAnswerRandomBytes = 8;

}  // namespace

std::string DigestOf(const storage::Key& key, std::string_view value) {
  std::string digested;
  digested.reserve(1 + sizeof(uint16_t) + key.id.size() + value.size());
  digested.push_back(static_cast<char>(key.kind));
  storage::AppendBytes<uint16_t>(digested, key.id);
  digested.append(value);
  std::string digest(kDigestBytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                     reinterpret_cast<const unsigned char*>(digested.data()), digested.size(),
                     nullptr, 0);
  return digest;
}

Looks::Looks(const CallContext& context, const MethodRow& method, absl::Time time,
             const Surroundings& surroundings, LineWriter* writer)
    : surroundings_(surroundings),
      disclosure_(*context.disclosure),
      must_tell_(method.shows == Shows::kPeople),
      time_(time),
      writer_(writer) {
  TakeNewId();
  of_all_.set_time_micros(absl::ToUnixMicros(time));
  of_all_.set_role(std::string(NameOf(context.caller.role)));
  of_all_.set_tenant(context.caller.tenant);
  of_all_.set_subject(context.caller.subject);
  of_all_.set_method(std::string(method.name));
  of_all_.set_purpose(method.purpose);
  of_all_.set_trace(absl::HexStringToBytes(context.trace));
}

store::v1::Look& Looks::LineOf(std::string_view passport_id) {
  told_ = true;
  return lines_.people[std::string(passport_id)];
}

void Looks::Person(std::string_view passport_id) { LineOf(passport_id); }

void Looks::Person(std::string_view passport_id, GroupSet groups) {
  store::v1::Look& line = LineOf(passport_id);
  line.clear_groups();
  for (const v1::FieldGroup group : groups.List()) {
    if (group != v1::FIELD_GROUP_OPEN) line.add_groups(group);
  }
}

void Looks::Candidate(std::string_view passport_id, store::v1::Place place) {
  *LineOf(passport_id).mutable_place() = std::move(place);
}

void Looks::Tasks(std::string_view passport_id, store::v1::RankedTasks tasks) {
  *LineOf(passport_id).mutable_tasks() = std::move(tasks);
}

void Looks::Decide(store::v1::Decision decision) {
  told_ = true;
  store::v1::Decision& record = lines_.decision.emplace();
  if (decision.passport().empty()) {
    record = std::move(decision);
    record.set_role(of_all_.role());
    record.set_tenant(of_all_.tenant());
    record.set_subject(of_all_.subject());
    record.set_trace(of_all_.trace());
  } else {
    // The record outlives the person: neither who asked for them nor what for is in it.
    record.set_passport(std::move(*decision.mutable_passport()));
    decision.clear_passport();
    *LineOf(record.passport()).mutable_decision() = std::move(decision);
  }
  record.set_time_micros(of_all_.time_micros());
  record.set_method(of_all_.method());
}

void Looks::AddTo(storage::Batch& batch) const {
  std::string tally;
  const size_t people = lines_.people.size();
  const std::string salts = surroundings_.random_bytes(kSaltBytes * people);
  batch.expectations.reserve(batch.expectations.size() + people);
  batch.mutations.reserve(batch.mutations.size() + people + 1);
  size_t number = 0;
  store::v1::Look of_all = of_all_;
  const std::string ungrouped = CanonicalBytes(of_all);
  for (const v1::FieldGroup group : disclosure_.OfAPerson()) of_all.add_groups(group);
  const std::string grouped = CanonicalBytes(of_all);
  store::v1::Look salt;
  for (const auto& [passport, line] : lines_.people) {
    salt.set_salt(salts.substr(kSaltBytes * number++, kSaltBytes));
    storage::Key key = LookKey(passport, answer_id_);
    const std::string& of_everybody = line.groups_size() > 0 ? ungrouped : grouped;
    // Of messages one after the other, each has its fields.
    std::string value;
    value.reserve(of_everybody.size() + salt.ByteSizeLong() + line.ByteSizeLong());
    value.append(of_everybody);
    salt.AppendToString(&value);
    line.AppendToString(&value);
    storage::AppendBytes<uint8_t>(tally, passport);
    tally.append(DigestOf(key, value));
    batch.expectations.push_back({ErasureKeyOf(PassportName{passport}), 0});
    batch.mutations.push_back({std::move(key), std::move(value)});
  }
  if (!tally.empty()) batch.events.push_back({LooksEventKey(answer_id_), std::move(tally)});
  if (!lines_.decision) return;
  const storage::Key key = DecisionKey(answer_id_);
  std::string value = CanonicalBytes(*lines_.decision);
  batch.events.push_back({key, DigestOf(key, value)});
  batch.mutations.push_back({key, std::move(value)});
}

void Looks::Committed() {
  lines_ = {};
  TakeNewId();
}

void Looks::TakeNewId() {
  answer_id_ = MakeAnswerId(time_, surroundings_.random_bytes(kAnswerRandomBytes));
}

void Looks::Begin(google::protobuf::Message& answer, const std::function<void()>& rest) {
  const auto complete = [&] {
    rest();
    if (writing_) writing_(answer);
  };
  if (writer_ == nullptr || on_their_way_ != nullptr || !waiting()) return complete();
  storage::Batch batch;
  AddTo(batch);
  begun_ = std::exchange(lines_, {});
  TakeNewId();
  on_their_way_ = writer_->Begin(std::move(batch), complete);
}

absl::Status Looks::AwaitBegun() {
  if (on_their_way_ == nullptr) return absl::OkStatus();
  absl::Status written = on_their_way_->Wait();
  on_their_way_.reset();
  if (absl::IsAborted(written)) {
    lines_.people.merge(begun_.people);
    if (begun_.decision) lines_.decision = std::move(begun_.decision);
  }
  return written;
}

std::set<std::string> Looks::WaitingPeople() const {
  std::set<std::string> people;
  for (const auto& [passport, line] : lines_.people) people.insert(passport);
  return people;
}

std::optional<std::vector<TalliedLook>> ParseTally(std::string_view payload) {
  std::vector<TalliedLook> tally;
  storage::ByteReader reader(payload);
  while (!reader.empty()) {
    const auto passport = reader.TakeBytes<uint8_t>();
    const auto digest = reader.Take(kDigestBytes);
    if (!passport || !digest) return std::nullopt;
    tally.push_back({std::string(*passport), std::string(*digest)});
  }
  return tally;
}

}  // namespace passend::service

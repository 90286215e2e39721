#include "service/sync/reconciler.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "service/audit/tell.h"
#include "service/errors/call_errors.h"
#include "service/errors/request_errors.h"
#include "service/limits.h"
#include "service/rules/field_violation.h"
#include "service/sync/partner_records.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr size_t kMarkBytes = 32;
constexpr size_t kPrefixDigitsMax = 16;
constexpr int kRecordsBetweenLooksAtTheClock = 1'024;
constexpr std::string_view kDigits = "0123456789abcdef";

class Digest {
 public:
  void Add(std::string_view mark) {
    for (size_t i = 0; i < kMarkBytes; ++i) bytes_[i] = static_cast<char>(bytes_[i] ^ mark[i]);
  }
  // `digest` may be empty, which is all zeros.
  bool Is(std::string_view digest) const {
    return digest.empty() ? *this == Digest() : bytes_ == digest;
  }
  const std::string& bytes() const { return bytes_; }
  friend bool operator==(const Digest&, const Digest&) = default;

 private:
  std::string bytes_ = std::string(kMarkBytes, '\0');
};

struct Tally {
  int64_t count = 0;
  Digest digest;

  void Add(std::string_view mark) {
    ++count;
    digest.Add(mark);
  }
};

struct Listed {
  std::string place;
  store::v1::PartnerLink link;
};

// What is here of a part.
struct Part {
  Tally all;
  std::array<Tally, 16> parts;
  std::vector<Listed> listed;  // those with a mark and those erased, until there are too many
  size_t to_list = 0;
};

FieldViolations ViolationsOf(const v1::ReconcileRequest& request) {
  FieldViolations violations;
  std::vector<std::pair<std::string, int>> prefixes;
  for (int i = 0; i < request.ranges_size(); ++i) {
    const v1::RecordRange& range = request.ranges(i);
    const FieldPath path = FieldPath("ranges")[i];
    if (range.prefix().find_first_not_of(kDigits.data()) != std::string::npos) {
      violations.push_back(
          {(path / "prefix").text(), "must be hexadecimal digits in lower case, 16 at most"});
    }
    if (!range.digest().empty() && range.digest().size() != kMarkBytes) {
      violations.push_back({(path / "digest").text(), "must be 32 bytes, or empty"});
    }
    prefixes.emplace_back(range.prefix(), i);
  }
  // One that lies in another comes after it, or after others that lie in it.
  std::ranges::sort(prefixes);
  for (size_t i = 1; i < prefixes.size(); ++i) {
    if (!prefixes[i].first.starts_with(prefixes[i - 1].first)) continue;
    violations.push_back({(FieldPath("ranges")[prefixes[i].second] / "prefix").text(),
                          "must not lie in the part of another range"});
  }
  return violations;
}

class Reconciling {
 public:
  Reconciling(const storage::Snapshot& snapshot, const CallContext& context,
              const CallingPartner& partner)
      : snapshot_(snapshot), context_(context), partner_(partner) {}

  absl::StatusOr<std::optional<v1::RangeDifference>> Compare(const v1::RecordRange& range) {
    absl::StatusOr<Part> part = Read(range.prefix());
    if (!part.ok()) return part.status();
    if (part->all.count == range.count() && part->all.digest.Is(range.digest())) {
      return std::nullopt;
    }
    v1::RangeDifference difference;
    difference.set_prefix(range.prefix());
    const bool divisible = range.prefix().size() < kPrefixDigitsMax;
    const bool full = bytes_ >= kPageBytesMax || part->to_list > kListedMax;
    if (divisible && full) {
      Divide(*part, difference);
    } else if (absl::Status listed = List(*part, difference); !listed.ok()) {
      return listed;
    }
    bytes_ += difference.ByteSizeLong();
    return difference;
  }

 private:
  absl::StatusOr<Part> Read(const std::string& prefix) const {
    Part part;
    const size_t head = partner_.id.size() + 1;
    absl::Status status;
    int visited = 0;
    store::v1::PartnerLink link;
    const bool divisible = prefix.size() < kPrefixDigitsMax;
    const absl::Status scanned = snapshot_.ScanViews(
        {storage::RecordKind::kPartnerLink, absl::StrCat(partner_.id, "/", prefix), ""},
        [&](const storage::RecordView& record) {
          if (++visited % kRecordsBetweenLooksAtTheClock == 0 && context_.pointless()) {
            status = context_.cancelled() ? Cancelled() : DeadlineExceeded();
            return false;
          }
          const std::string_view place = record.id.substr(head);
          if (!link.ParseFromArray(record.value.data(), static_cast<int>(record.value.size())) ||
              (!link.mark().empty() && link.mark().size() != kMarkBytes) ||
              place.size() <= kPrefixDigitsMax) {
            status = DamagedData("a stored link of a partner");
            return false;
          }
          if (link.withdrawn() || (link.mark().empty() && !link.erased())) return true;
          if (!link.erased()) {
            part.all.Add(link.mark());
            const size_t digit = kDigits.find(place[prefix.size()]);
            part.parts[digit % part.parts.size()].Add(link.mark());
          }
          ++part.to_list;
          if (!divisible || part.to_list <= kListedMax) {
            part.listed.push_back({std::string(place), link});
          }
          return true;
        });
    if (!status.ok()) return status;
    if (!scanned.ok()) return scanned;
    return part;
  }

  static void Divide(const Part& part, v1::RangeDifference& difference) {
    for (size_t digit = 0; digit < part.parts.size(); ++digit) {
      v1::RecordRange& range = *difference.add_parts();
      range.set_prefix(absl::StrCat(difference.prefix(), ToAbsl(kDigits.substr(digit, 1))));
      range.set_count(part.parts[digit].count);
      if (range.count() > 0) range.set_digest(part.parts[digit].digest.bytes());
    }
  }

  absl::Status List(const Part& part, v1::RangeDifference& difference) const {
    std::vector<storage::Key> books;
    for (const Listed& one : part.listed) {
      books.push_back(PartnerBookKeyOf({one.link.passport()}));
      // Of nobody who ever was here there is no id either.
      if (one.link.passport().empty()) books.back().id = one.place;
    }
    if (books.empty()) return absl::OkStatus();
    const auto records = snapshot_.Read(books);
    if (!records.ok()) return records.status();
    for (size_t i = 0; i < part.listed.size(); ++i) {
      const Listed& one = part.listed[i];
      const auto book = ParsePartnerBook((*records)[i]);
      if (!book.ok()) return book.status();
      const store::v1::PartnerSide* const side = book->Find(partner_.name);
      v1::RecordMark& mark = *difference.add_records();
      mark.set_place(one.place);
      if (one.link.erased() || side == nullptr) {
        mark.set_erased(true);
        continue;
      }
      mark.set_mark(one.link.mark());
      mark.set_external_id(side->external_id());
      TellPerson(context_, one.link.passport());
    }
    return absl::OkStatus();
  }

  const storage::Snapshot& snapshot_;
  const CallContext& context_;
  const CallingPartner& partner_;
  size_t bytes_ = 0;
};

}  // namespace

absl::StatusOr<v1::ReconcileResponse> Reconcile(const storage::Store& store,
                                                const CallContext& context,
                                                const CallingPartner& partner,
                                                const PartnerKey& key,
                                                const v1::ReconcileRequest& request) {
  const FieldViolations violations = ViolationsOf(request);
  if (!violations.empty()) return InvalidFields(violations);
  const auto snapshot = store.GetSnapshot();
  if (!snapshot.ok()) return snapshot.status();
  TellNobody(context);  // of whom there is none
  v1::ReconcileResponse response;
  response.set_key(key.bytes());
  response.set_data_sequence(static_cast<int64_t>((*snapshot)->sequence()));
  Reconciling reconciling(**snapshot, context, partner);
  for (const v1::RecordRange& range : request.ranges()) {
    auto difference = reconciling.Compare(range);
    if (!difference.ok()) return difference.status();
    if (difference->has_value()) *response.add_differences() = **std::move(difference);
  }
  return response;
}

}  // namespace passend::service

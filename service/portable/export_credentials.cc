#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "service/canonical_bytes.h"
#include "service/credential/badge.h"
#include "service/credential/credential_book.h"
#include "service/credential/limits.h"
#include "service/errors/credential_errors.h"
#include "service/limits.h"
#include "service/portable/portable_handlers.h"
#include "service/portable/skill_directory.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr int kCommitTrials = 3;  // somebody else may have taken a place meanwhile
constexpr char kCursorMark = '|';

// A random identifier that says nothing (RFC 9562, version 4).
std::string RandomUrn(const Surroundings& surroundings) {
  std::string bytes = surroundings.random_bytes(16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  std::string text = absl::BytesToHexString(bytes);
  for (const size_t at : {20, 16, 12, 8}) text.insert(at, "-");
  return "urn:uuid:" + text;
}

bool Stands(const v1::Validation& validation, absl::Time now) {
  return !validation.has_revoke_time() &&
         (!validation.has_expire_time() || MomentOf(validation.expire_time()) > now);
}

// What of a page has to be committed.
struct Issued {
  std::vector<StatusBit> bits;  // that nothing was given out for before
  CredentialBook book;
  bool any = false;
};

// A place for one more credential of the validation (its id). Whoever has all that a person may
// have is given an old one of the same validation again.
absl::StatusOr<StatusBit> PlaceFor(const HandlerTools& tools, const std::string& validation,
                                   Issued& issued, std::set<StatusBit>& taken) {
  const auto again = TakeOldest(tools.store, issued.book, validation);
  if (!again.ok()) return again.status();
  if (again->has_value()) return **again;
  const auto found = FindPlace(tools.store, tools.surroundings, taken);
  if (found.ok()) issued.bits.push_back(*found);
  return found;
}

storage::Batch BatchOf(const PassportName& name, storage::Version passport, const Issued& issued) {
  storage::Batch batch;
  const storage::Key key = CredentialBookKeyOf(name);
  batch.expectations = {{KeyOf(name), passport}, {key, issued.book.version}};
  batch.mutations.push_back({key, CanonicalBytes(issued.book.kept)});
  for (const StatusBit& bit : issued.bits) {
    SetState({bit, std::nullopt, 0}, CredentialState::kOut, batch);
  }
  batch.events.push_back(ChangeEvent(key, Change::kChanged));
  return batch;
}

// Of a page, as its token has it.
struct Cursor {
  std::string subject;
  std::string after;  // the name of the last validation before
};
Cursor CursorOf(const std::string& text, const Surroundings& surroundings) {
  const size_t mark = text.find(kCursorMark);
  if (mark == std::string::npos) return {RandomUrn(surroundings), ""};
  return {text.substr(0, mark), text.substr(mark + 1)};
}

}  // namespace

absl::StatusOr<v1::ExportPassportResponse> PortableHandlers::ExportCredentials(
    const CallContext& context, const v1::ExportPassportRequest& request,
    const Exported& exported) {
  if (parts_.key == nullptr) return NoCredentialKey();
  const IssuerKey& key = *parts_.key;
  const std::string method = ScopedMethod(context);
  auto opened = tools_.page_tokens.Open(method, request);
  if (!opened.ok()) return opened.status();
  const Cursor cursor = CursorOf(*opened, tools_.surroundings);
  const auto page_max =
      static_cast<size_t>(PageSizeOf(request.page_size(), kExportPageDefault, kExportPageMax));
  const absl::Time now = tools_.surroundings.now();
  SkillDirectory directory(tools_.store, catalog_);
  for (int trial = 1;; ++trial) {
    v1::ExportPassportResponse response;
    absl::StatusOr<CredentialBook> book = ReadCredentials(tools_.store, exported.name);
    if (!book.ok()) return book.status();
    Issued issued{{}, *std::move(book), false};
    ForgetEnded(issued.book, now);
    std::set<StatusBit> taken;
    size_t bytes = 0;
    std::string last;
    for (const v1::Validation& validation : exported.book.validations) {
      if (validation.name() <= cursor.after || !Stands(validation, now)) continue;
      if (static_cast<size_t>(response.credentials_size()) >= page_max || bytes > kPageBytesMax) {
        response.set_next_page_token(tools_.page_tokens.Make(
            method, request, absl::StrCat(cursor.subject, std::string(1, kCursorMark), last)));
        break;
      }
      last = validation.name();
      const v1::ForeignProof& proof = validation.foreign_proof();
      if (validation.has_foreign_proof() && proof.issuer() != key.profile().uri) {
        // What others signed is theirs: it goes on as it came, or not at all.
        if (!exported.groups.Has(v1::FIELD_GROUP_EVIDENCE)) continue;
        response.add_credentials(proof.credential());
        bytes += proof.credential().size();
        continue;
      }
      const std::string id = ParseValidationName(validation.name()).value().validation;
      const absl::StatusOr<StatusBit> bit = PlaceFor(tools_, id, issued, taken);
      if (!bit.ok()) return bit.status();
      absl::StatusOr<BadgeSkill> skill = directory.BadgeOf(validation.skill());
      if (!skill.ok()) return skill.status();
      v1::Validation shown = validation;
      validation_plan_.Keep(exported.groups, shown);
      absl::StatusOr<std::string> credential =
          key.Sign(BadgeContent(shown, *skill, key.profile(),
                                {RandomUrn(tools_.surroundings), cursor.subject,
                                 StatusListUri(key.profile().uri, bit->list), bit->index}));
      if (!credential.ok()) return credential.status();
      bytes += credential->size();
      response.add_credentials(*std::move(credential));
      std::optional<absl::Time> end;
      if (validation.has_expire_time()) end = MomentOf(validation.expire_time());
      AddCredential(issued.book, id, *bit, end);
      issued.any = true;
    }
    if (!issued.any) return response;
    const auto committed = tools_.store.Commit(BatchOf(exported.name, exported.version, issued));
    if (committed.ok()) return response;
    if (!absl::IsAborted(committed.status()) || trial >= kCommitTrials) return committed.status();
  }
}

}  // namespace passend::service

#include "service/sync/passport_fields.h"

#include <sodium.h>

#include <algorithm>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/canonical_bytes.h"
#include "service/errors/error_status.h"
#include "service/errors/request_errors.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr char kMask[] = "update_mask";
constexpr size_t kDigestBytes = 16;

std::optional<PassportField> FieldNamed(std::string_view name) {
  for (const PassportField field : kPassportFields) {
    if (NameOf(field) == name) return field;
  }
  return std::nullopt;
}

bool IsFilledIn(const v1::Passport& passport, PassportField field) {
  const auto* descriptor = v1::Passport::descriptor()->FindFieldByNumber(static_cast<int>(field));
  const auto* reflection = v1::Passport::GetReflection();
  return descriptor->is_repeated() ? reflection->FieldSize(passport, descriptor) > 0
                                   : reflection->HasField(passport, descriptor);
}

// A message that is there and empty is not the same as none.
template <typename Message>
std::string ValueOfMessage(bool there, const Message& message) {
  return there ? absl::StrCat("m", CanonicalBytes(message)) : "";
}

template <typename Messages>
std::string ValueOfMessages(const Messages& messages) {
  std::string value;
  for (const auto& message : messages) {
    const std::string bytes = CanonicalBytes(message);
    absl::StrAppend(&value, bytes.size(), ":", bytes);
  }
  return value;
}

template <typename Names>
std::string ValueOfNames(const Names& names) {
  const std::set<std::string> sorted(names.begin(), names.end());
  return absl::StrJoin(sorted, "\n");
}

}  // namespace

std::string_view NameOf(PassportField field) {
  return v1::Passport::descriptor()->FindFieldByNumber(static_cast<int>(field))->name();
}

absl::StatusOr<std::vector<PassportField>> FieldsSaid(const google::protobuf::FieldMask& mask,
                                                      const v1::Passport& passport) {
  std::vector<PassportField> said;
  if (mask.paths_size() == 1 && mask.paths(0) == "*") {
    return std::vector<PassportField>(kPassportFields.begin(), kPassportFields.end());
  }
  if (mask.paths().empty()) {
    for (const PassportField field : kPassportFields) {
      if (IsFilledIn(passport, field)) said.push_back(field);
    }
    return said;
  }
  std::set<PassportField> named;
  for (const std::string& path : mask.paths()) {
    if (const std::optional<PassportField> field = FieldNamed(path)) {
      named.insert(*field);
    } else if (v1::Passport::descriptor()->FindFieldByName(path) == nullptr) {
      return InvalidField(kMask,
                          absl::StrCat("must be names of fields of the passport without paths into "
                                       "them, or `*` alone; '",
                                       Echoed(path), "' is not one"));
    }
  }
  return std::vector<PassportField>(named.begin(), named.end());
}

std::string ValueOf(const v1::Passport& passport, PassportField field) {
  switch (field) {
    case PassportField::kState:
      return absl::StrCat(static_cast<int>(passport.state()));
    case PassportField::kRegion:
      return passport.region();
    case PassportField::kWishes:
      return ValueOfMessage(passport.has_wishes(), passport.wishes());
    case PassportField::kPaces:
      return ValueOfMessages(passport.paces());
    case PassportField::kSupport:
      return ValueOfMessage(passport.has_support(), passport.support());
    case PassportField::kPartners:
      return ValueOfNames(passport.partners());
    case PassportField::kCoaches:
      return ValueOfNames(passport.coaches());
  }
  return "";
}

std::string DigestOfValue(std::string_view value) {
  std::string digest(kDigestBytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                     reinterpret_cast<const unsigned char*>(value.data()), value.size(), nullptr,
                     0);
  return digest;
}

void CopyField(const v1::Passport& from, PassportField field, v1::Passport& to) {
  switch (field) {
    case PassportField::kState:
      to.set_state(from.state());
      break;
    case PassportField::kRegion:
      to.set_region(from.region());
      break;
    case PassportField::kWishes:
      to.clear_wishes();
      if (from.has_wishes()) *to.mutable_wishes() = from.wishes();
      break;
    case PassportField::kPaces:
      *to.mutable_paces() = from.paces();
      break;
    case PassportField::kSupport:
      to.clear_support();
      if (from.has_support()) *to.mutable_support() = from.support();
      break;
    case PassportField::kPartners:
      *to.mutable_partners() = from.partners();
      break;
    case PassportField::kCoaches:
      *to.mutable_coaches() = from.coaches();
      break;
  }
}

}  // namespace passend::service

#include "service/sync/field_merge.h"

#include <algorithm>

namespace passend::service {

FieldMerge MergeFields(const v1::Passport& current, const std::vector<SaidValue>& said,
                       const store::v1::PartnerSide& before, bool overrides) {
  FieldMerge merge;
  for (const SaidValue& one : said) {
    const std::string now = ValueOf(current, one.field);
    if (now == one.value) {
      merge.settled.push_back(&one);
      continue;
    }
    const std::string_view last = DigestBefore(before, one.field);
    const bool nobody_else = last.empty() ? now.empty() : DigestOfValue(now) == last;
    if (!overrides && last == one.digest) {
      merge.kept.push_back(one.field);
    } else if (overrides || nobody_else) {
      merge.settled.push_back(&one);
      merge.taken.push_back(&one);
    } else {
      merge.conflicts.push_back(one.field);
    }
  }
  return merge;
}

std::string_view DigestBefore(const store::v1::PartnerSide& side, PassportField field) {
  for (const store::v1::SaidField& said : side.fields()) {
    if (said.field() == static_cast<int>(field)) return said.digest();
  }
  return {};
}

bool Note(const SaidValue& said, store::v1::PartnerSide& side) {
  const int number = static_cast<int>(said.field);
  auto& fields = *side.mutable_fields();
  int place = 0;
  while (place < fields.size() && fields[place].field() < number) ++place;
  if (place == fields.size() || fields[place].field() != number) {
    fields.Add()->set_field(number);
    std::rotate(fields.pointer_begin() + place, fields.pointer_end() - 1, fields.pointer_end());
  } else if (fields[place].digest() == said.digest) {
    return false;
  }
  fields[place].set_digest(said.digest);
  return true;
}

}  // namespace passend::service

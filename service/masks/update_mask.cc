#include "service/masks/update_mask.h"

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/api/field_behavior.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/field_mask_util.h"
#include "service/errors/error_status.h"
#include "service/errors/request_errors.h"
#include "service/limits.h"
#include "service/text.h"

namespace passend::service {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kField[] = "update_mask";

using Path = std::vector<const FieldDescriptor*>;

bool GivenByServer(const FieldDescriptor& field) {
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
    const auto behavior = options.GetExtension(google::api::field_behavior, i);
    if (behavior == google::api::OUTPUT_ONLY || behavior == google::api::IDENTIFIER) return true;
  }
  return field.name() == "etag";
}

bool CanGoInto(const FieldDescriptor& field) {
  return !field.is_repeated() && field.message_type() != nullptr &&
         !ToStd(field.message_type()->file()->package()).starts_with("google.protobuf");
}

absl::StatusOr<Path> Resolve(const Descriptor& type, const std::string& text) {
  Path path;
  const Descriptor* within = &type;
  const std::vector<std::string> names = absl::StrSplit(text, '.');
  for (const std::string& name : names) {
    const FieldDescriptor* field = within == nullptr ? nullptr : within->FindFieldByName(name);
    if (field == nullptr) {
      return InvalidField(kField, absl::StrCat("must be paths of fields of ", type.full_name(),
                                               ", or `*` alone; '", Echoed(text), "' is not one"));
    }
    path.push_back(field);
    within = CanGoInto(*field) ? field->message_type() : nullptr;
  }
  return path;
}

void CopyField(const Message& source, const FieldDescriptor& field, Message& target) {
  google::protobuf::FieldMask alone;
  alone.add_paths(field.name());
  google::protobuf::util::FieldMaskUtil::MergeOptions options;
  options.set_replace_message_fields(true);
  options.set_replace_repeated_fields(true);
  google::protobuf::util::FieldMaskUtil::MergeMessageTo(source, alone, options, &target);
}

void CopyPath(const Path& path, const Message& source, Message& target) {
  const Message* from = &source;
  Message* to = &target;
  for (size_t i = 0; i < path.size(); ++i) {
    const FieldDescriptor& field = *path[i];
    if (GivenByServer(field)) return;
    if (i + 1 == path.size()) return CopyField(*from, field, *to);
    if (!from->GetReflection()->HasField(*from, &field) &&
        !to->GetReflection()->HasField(*to, &field)) {
      return;  // empty on both sides
    }
    from = &from->GetReflection()->GetMessage(*from, &field);
    to = to->GetReflection()->MutableMessage(to, &field);
  }
}

void CopyFilledIn(const Message& source, Message& target) {
  std::vector<const FieldDescriptor*> fields;
  source.GetReflection()->ListFields(source, &fields);
  for (const FieldDescriptor* field : fields) {
    if (GivenByServer(*field)) continue;
    if (CanGoInto(*field)) {
      CopyFilledIn(source.GetReflection()->GetMessage(source, field),
                   *target.GetReflection()->MutableMessage(&target, field));
    } else {
      CopyField(source, *field, target);
    }
  }
}

void CopyAll(const Message& source, Message& target) {
  const Descriptor& type = *source.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    if (!GivenByServer(*type.field(i))) CopyField(source, *type.field(i), target);
  }
}

}  // namespace

absl::Status ApplyUpdate(const google::protobuf::FieldMask& mask, const Message& source,
                         Message& target) {
  if (mask.paths().empty()) {
    CopyFilledIn(source, target);
    return absl::OkStatus();
  }
  if (mask.paths_size() == 1 && mask.paths(0) == "*") {
    CopyAll(source, target);
    return absl::OkStatus();
  }
  if (mask.paths_size() > kUpdateMaskPathsMax) {
    return InvalidField(kField, absl::StrCat("must have at most ", kUpdateMaskPathsMax, " paths"));
  }
  std::set<Path>
      paths;  // each once; their order makes no difference, all are copied from one source
  for (const std::string& text : mask.paths()) {
    absl::StatusOr<Path> path = Resolve(*source.GetDescriptor(), text);
    if (!path.ok()) return path.status();
    paths.insert(*std::move(path));
  }
  for (const Path& path : paths) CopyPath(path, source, target);
  return absl::OkStatus();
}

}  // namespace passend::service

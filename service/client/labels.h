// Friendly labels for random ids, kept on this computer.
#ifndef PASSEND_SERVICE_CLIENT_LABELS_H_
#define PASSEND_SERVICE_CLIENT_LABELS_H_

#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace passend::client {

// Friendly labels for passports, in a JSON file on this computer: {"passports/1f..": "anna"}. They
// are never sent anywhere. Not thread-safe.
class Labels {
 public:
  // A file that is not there is empty. INVALID_ARGUMENT, with the path, for one that is not an
  // object of texts: it is never written over.
  static absl::StatusOr<Labels> Read(const std::string& path);

  // The label of a passport; empty where it has none.
  std::string LabelOf(const std::string& passport) const;

  // The one passport of that label; none where there is none or more than one.
  std::optional<std::string> PassportOf(const std::string& label) const;

  void Set(const std::string& passport, const std::string& label);
  void Forget(const std::string& passport);

  // Writes all of it in one go, so that a reader sees the old file or the new one; folders are
  // made, and only the owner can read it. INTERNAL, with the cause.
  absl::Status Write(const std::string& path) const;

  std::size_t size() const { return labels_.size(); }

 private:
  std::map<std::string, std::string> labels_;
};

// The passport that somebody means: a full name, a label, or a bare id.
std::string PassportName(const std::string& text, const Labels& labels);

// `prefix` + text, unless the text starts with it: "soup" is "tasks/soup".
std::string ResourceName(const std::string& prefix, const std::string& text);

// `taxonomies/esco/concepts/x` from itself or from `esco/x`.
std::string ConceptName(const std::string& text);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_LABELS_H_

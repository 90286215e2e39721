// Friendly labels for random ids, kept on this computer.
#ifndef PASSEND_SERVICE_CLIENT_LABELS_H_
#define PASSEND_SERVICE_CLIENT_LABELS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/client/words.h"

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

  // The passports of that label, by name; more than one only where the file was read so.
  std::vector<std::string> PassportsOf(const std::string& label) const;

  // One label, one passport: whichever had this label before loses it, so that the passports loaded
  // last are meant, and not those of another server or of an older folder of data.
  void Set(const std::string& passport, const std::string& label);
  void Forget(const std::string& passport);

  // Writes all of it in one go, so that a reader sees the old file or the new one; folders are
  // made, and only the owner can read it. INTERNAL, with the cause.
  absl::Status Write(const std::string& path) const;

  std::size_t size() const { return labels_.size(); }

 private:
  void Add(const std::string& passport, const std::string& label);

  std::map<std::string, std::string> labels_;               // by passport
  std::map<std::string, std::set<std::string>> passports_;  // by label
};

// The passport that somebody means: a full name, a label, or a bare id. INVALID_ARGUMENT, in the
// language, for a label of more than one passport, with their names.
absl::StatusOr<std::string> PassportName(const std::string& text, const Labels& labels,
                                         Language language);

// `prefix` + text, unless the text starts with it: "soup" is "tasks/soup".
std::string ResourceName(const std::string& prefix, const std::string& text);

// `taxonomies/esco/concepts/x` from itself or from `esco/x`.
std::string ConceptName(const std::string& text);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_LABELS_H_

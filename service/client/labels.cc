#include "service/client/labels.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "service/client/byte_source.h"
#include "service/client/whole_file.h"

namespace passend::client {

absl::StatusOr<Labels> Labels::Read(const std::string& path) {
  Labels labels;
  auto text = ReadWholeFile(path);
  if (absl::IsNotFound(text.status())) return labels;
  if (!text.ok()) return text.status();
  const auto json = nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false);
  const bool texts = json.is_object() && std::all_of(json.begin(), json.end(),
                                                     [](const auto& v) { return v.is_string(); });
  if (!texts) return absl::InvalidArgumentError(path + ": not a JSON object of texts");
  for (const auto& [passport, label] : json.items()) {
    labels.Add(passport, label.get<std::string>());
  }
  return labels;
}

std::string Labels::LabelOf(const std::string& passport) const {
  const auto found = labels_.find(passport);
  return found == labels_.end() ? "" : found->second;
}

std::vector<std::string> Labels::PassportsOf(const std::string& label) const {
  const auto found = passports_.find(label);
  if (found == passports_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

void Labels::Set(const std::string& passport, const std::string& label) {
  for (const std::string& other : PassportsOf(label)) Forget(other);
  Forget(passport);
  Add(passport, label);
}

void Labels::Forget(const std::string& passport) {
  const auto found = labels_.find(passport);
  if (found == labels_.end()) return;
  const auto of_label = passports_.find(found->second);
  of_label->second.erase(passport);
  if (of_label->second.empty()) passports_.erase(of_label);
  labels_.erase(found);
}

void Labels::Add(const std::string& passport, const std::string& label) {
  labels_[passport] = label;
  passports_[label].insert(passport);
}

absl::Status Labels::Write(const std::string& path) const {
  return WriteWholeFile(
      path,
      nlohmann::json(labels_).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

absl::StatusOr<std::string> PassportName(const std::string& text, const Labels& labels,
                                         Language language) {
  if (text.starts_with("passports/")) return text;
  const std::vector<std::string> passports = labels.PassportsOf(text);
  if (passports.empty()) return "passports/" + text;
  if (passports.size() == 1) return passports.front();
  std::string names;
  for (const std::string& passport : passports) names += (names.empty() ? "" : ", ") + passport;
  return absl::InvalidArgumentError(Say(language, Word::kLabelAmbiguous, {text, names}));
}

std::string ResourceName(const std::string& prefix, const std::string& text) {
  return text.starts_with(prefix) ? text : prefix + text;
}

std::string ConceptName(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (text.starts_with("taxonomies/") || slash == std::string::npos) return text;
  return "taxonomies/" + text.substr(0, slash) + "/concepts/" + text.substr(slash + 1);
}

}  // namespace passend::client

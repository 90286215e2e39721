#include "service/client/taxonomy_file.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "service/client/json_output.h"

namespace passend::client {

absl::Status TaxonomyFile::Error(const std::string& what) const {
  return absl::InvalidArgumentError(source_.path() + ":" + std::to_string(line_) + ": " + what);
}

absl::StatusOr<std::optional<std::string>> TaxonomyFile::NextFilledLine() {
  while (true) {
    auto line = NextLine(source_);
    ++line_;
    if (!line.ok() || !line->has_value()) return line;
    if ((*line)->find_first_not_of(" \t") != std::string::npos) return line;
  }
}

absl::StatusOr<TaxonomyFile> TaxonomyFile::Open(const std::string& path) {
  auto source = ByteSource::Open(path);
  if (!source.ok()) return source.status();
  TaxonomyFile file(std::move(*source));
  auto line = file.NextFilledLine();
  if (!line.ok()) return line.status();
  const std::string text = line->value_or("");
  const auto header = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!header.is_object() || header.size() != 1 || !header.contains("taxonomy")) {
    return file.Error("the first line is {\"taxonomy\": {...}}");
  }
  if (absl::Status parsed = ParseJson(header["taxonomy"].dump(), file.taxonomy_); !parsed.ok()) {
    return file.Error("taxonomy: " + std::string(parsed.message()));
  }
  return file;
}

absl::StatusOr<std::optional<passend::v1::Concept>> TaxonomyFile::Next() {
  auto line = NextFilledLine();
  if (!line.ok()) return line.status();
  if (!line->has_value()) return std::nullopt;
  passend::v1::Concept found;
  if (absl::Status parsed = ParseJson(**line, found); !parsed.ok()) {
    return Error(std::string(parsed.message()));
  }
  return found;
}

}  // namespace passend::client

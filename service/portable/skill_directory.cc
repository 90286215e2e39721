#include "service/portable/skill_directory.h"

#include <optional>
#include <utility>

#include "service/names/string_form.h"
#include "service/records/stored_message.h"
#include "service/taxonomy/taxonomy_names.h"
#include "service/taxonomy/taxonomy_records.h"

namespace passend::service {
namespace {

constexpr std::string_view kEscoUris = "http://data.europa.eu/esco/";
constexpr std::string_view kEscoConcepts = "taxonomies/esco/concepts/";

const v1::ConceptLabel* LabelIn(const v1::Concept& entry, std::string_view language_code) {
  const v1::ConceptLabel* other = nullptr;
  for (const v1::ConceptLabel& label : entry.labels()) {
    if (label.language_code() == language_code) return &label;
    if (other == nullptr) other = &label;
  }
  return other;
}

std::string LastPart(const std::string& name) { return name.substr(name.rfind('/') + 1); }

bool MeansAboutTheSame(v1::MappingRelation relation) {
  return relation == v1::MAPPING_RELATION_EXACT || relation == v1::MAPPING_RELATION_CLOSE;
}

SkillAlignment EscoAlignment(const v1::Concept& entry) {
  const v1::ConceptLabel* label = LabelIn(entry, "en");
  return {entry.uri(), label == nullptr ? LastPart(entry.name()) : label->preferred(), "ESCO"};
}

}  // namespace

absl::StatusOr<const v1::Concept*> SkillDirectory::Find(const std::string& name) {
  auto at = concepts_.find(name);
  if (at == concepts_.end()) {
    v1::Concept entry;
    if (const auto id = ConceptIdOf(name)) {
      const auto record = ReadOne(store_, ConceptKey(*id));
      if (!record.ok()) return record.status();
      if (record->has_value()) {
        absl::StatusOr<v1::Concept> stored = StoredConcept(**record);
        if (!stored.ok()) return stored.status();
        entry = *std::move(stored);
      }
    }
    at = concepts_.emplace(name, std::move(entry)).first;
  }
  return at->second.name().empty() ? nullptr : &at->second;
}

absl::StatusOr<std::string> SkillDirectory::LabelOf(const std::string& skill,
                                                    std::string_view language_code) {
  const auto found = Find(skill);
  if (!found.ok()) return found.status();
  const v1::ConceptLabel* label = *found == nullptr ? nullptr : LabelIn(**found, language_code);
  return label == nullptr ? LastPart(skill) : label->preferred();
}

absl::StatusOr<BadgeSkill> SkillDirectory::BadgeOf(const std::string& skill) {
  const auto found = Find(skill);
  if (!found.ok()) return found.status();
  BadgeSkill badge{SkillUriOf(skill), LastPart(skill), "nl", {}};
  if (*found == nullptr) return badge;
  const v1::Concept& entry = **found;
  if (const v1::ConceptLabel* label = LabelIn(entry, "nl")) {
    badge.name = label->preferred();
    badge.language_code = label->language_code();
  }
  if (!entry.uri().empty()) badge.uri = entry.uri();
  if (entry.uri().starts_with(kEscoUris)) badge.alignments.push_back(EscoAlignment(entry));
  for (const v1::ConceptMapping& mapping : entry.mappings()) {
    if (!MeansAboutTheSame(mapping.relation()) || !mapping.target().starts_with(kEscoConcepts)) {
      continue;
    }
    const auto target = Find(mapping.target());
    if (!target.ok()) return target.status();
    if (*target != nullptr && !(*target)->uri().empty()) {
      badge.alignments.push_back(EscoAlignment(**target));
    }
  }
  return badge;
}

bool SkillDirectory::IsHeld(std::string_view skill) const {
  if (!HasForm(skill, v1::STRING_FORM_CONCEPT_NAME)) return false;
  const auto kind = catalog_.KindOf(skill);
  return kind == v1::CONCEPT_KIND_SKILL || kind == v1::CONCEPT_KIND_KNOWLEDGE;
}

absl::Status SkillDirectory::ReadUris() {
  by_uri_.emplace();
  absl::Status status;
  const absl::Status scanned =
      store_.Scan({storage::RecordKind::kConcept, "", ""}, [&](const storage::Record& record) {
        const absl::StatusOr<v1::Concept> entry = StoredConcept(record);
        if (!entry.ok()) {
          status = entry.status();
          return false;
        }
        if (!entry->uri().empty() && IsHeld(entry->name())) {
          by_uri_->emplace(entry->uri(), entry->name());
        }
        return true;
      });
  return scanned.ok() ? status : scanned;
}

absl::StatusOr<std::string> SkillDirectory::FindByUri(const std::string& uri) {
  // ESCO's ids are the ends of its identifiers; of others each concept has to be looked at.
  const std::string esco = std::string(kEscoConcepts) + LastPart(uri);
  if (IsHeld(esco)) {
    const auto found = Find(esco);
    if (!found.ok()) return found.status();
    if (*found != nullptr && (*found)->uri() == uri) return esco;
  }
  if (!by_uri_) {
    if (absl::Status read = ReadUris(); !read.ok()) return read;
  }
  const auto at = by_uri_->find(uri);
  return at == by_uri_->end() ? "" : at->second;
}

absl::StatusOr<std::string> SkillDirectory::MeantBy(const BadgeStatement& badge) {
  if (IsHeld(badge.stated_skill)) {
    const auto stated = Find(badge.stated_skill);
    if (!stated.ok()) return stated.status();
    // A name is only a name: where the publisher's identifier is known, it decides.
    const std::string uri = *stated != nullptr && !(*stated)->uri().empty()
                                ? (*stated)->uri()
                                : SkillUriOf(badge.stated_skill);
    if (!badge.skill_uris.empty() && badge.skill_uris.front() == uri) return badge.stated_skill;
  }
  for (const std::string& uri : badge.skill_uris) {
    if (!SkillNameOf(uri).empty()) continue;
    absl::StatusOr<std::string> skill = FindByUri(uri);
    if (!skill.ok() || !skill->empty()) return skill;
  }
  return "";
}

}  // namespace passend::service

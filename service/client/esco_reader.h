// The published files of ESCO as one taxonomy.
#ifndef PASSEND_SERVICE_CLIENT_ESCO_READER_H_
#define PASSEND_SERVICE_CLIENT_ESCO_READER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "passend/v1/taxonomy.pb.h"

namespace passend::client {

// ESCO v1.1.1 as the European Union publishes it, read into concepts of `taxonomies/esco`.
struct EscoTaxonomy {
  passend::v1::Taxonomy taxonomy;
  std::vector<passend::v1::Concept> concepts;
  // Left out knowingly. ISCO groups come as targets of occupations only: no file has a label for
  // them, and a concept without one is not allowed.
  int skipped_isco_relations = 0;
  // Relations from or to other concepts that no file describes.
  int skipped_relations = 0;
  // Dutch labels of concepts that version 1.1.1 has not.
  int skipped_dutch_labels = 0;
};

// Reads from a folder, each file plain or with the ending .gz:
//   skills_en.csv, skillGroups_en.csv, occupations_en.csv, occupations_nl.csv,
//   occupationSkillRelations.csv, skillSkillRelations.csv, broaderRelationsSkillPillar.csv,
//   broaderRelationsOccPillar.csv: all needed (NOT_FOUND);
//   skill_labels_nl_partial.tsv (esco_skill_uri, nl_label): Dutch labels of skills, if there.
// A concept's id is the last segment of its address. INVALID_ARGUMENT, with path and line, for a
// malformed file, a missing column, or two concepts of one id. Concepts come groups first, then
// skills, then occupations, each in the order of its file. skillSkillRelations become `related`,
// both ways.
absl::StatusOr<EscoTaxonomy> ReadEsco(const std::string& folder);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_ESCO_READER_H_

#include "service/admin/record_check.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/timestamp.pb.h"
#include "passend/store/v1/audit.pb.h"
#include "passend/store/v1/consent_book.pb.h"
#include "passend/store/v1/credential_book.pb.h"
#include "passend/store/v1/employer_list.pb.h"
#include "passend/store/v1/partner_book.pb.h"
#include "passend/store/v1/proposal_book.pb.h"
#include "passend/store/v1/validation_book.pb.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/policy.pb.h"
#include "passend/v1/task.pb.h"
#include "passend/v1/taxonomy.pb.h"
#include "passend/v1/validation.pb.h"
#include "service/audit/audit_keys.h"

namespace passend::service {
namespace {

using google::protobuf::Message;
using storage::RecordKind;

// Kinds whose records are of the passport with the same id.
constexpr RecordKind kOfPassport[] = {RecordKind::kExposure,      RecordKind::kValidationBook,
                                      RecordKind::kConsentBook,   RecordKind::kRevealBook,
                                      RecordKind::kProposalBook,  RecordKind::kPartnerBook,
                                      RecordKind::kCredentialBook};

std::map<RecordKind, std::unique_ptr<Message>> MessagesOfKinds() {
  std::map<RecordKind, std::unique_ptr<Message>> messages;
  messages[RecordKind::kPassport] = std::make_unique<v1::Passport>();
  messages[RecordKind::kValidation] = std::make_unique<v1::Validation>();
  messages[RecordKind::kTask] = std::make_unique<v1::Task>();
  messages[RecordKind::kTaxonomy] = std::make_unique<v1::Taxonomy>();
  messages[RecordKind::kConcept] = std::make_unique<v1::Concept>();
  messages[RecordKind::kPolicy] = std::make_unique<v1::Policy>();
  messages[RecordKind::kErasure] = std::make_unique<google::protobuf::Timestamp>();
  messages[RecordKind::kValidationBook] = std::make_unique<store::v1::ValidationBook>();
  messages[RecordKind::kConsentBook] = std::make_unique<store::v1::ConsentBook>();
  messages[RecordKind::kRevealBook] = std::make_unique<store::v1::RevealBook>();
  messages[RecordKind::kLook] = std::make_unique<store::v1::Look>();
  messages[RecordKind::kDecision] = std::make_unique<store::v1::Decision>();
  messages[RecordKind::kEmployerList] = std::make_unique<store::v1::EmployerList>();
  messages[RecordKind::kEmployerBudget] = std::make_unique<store::v1::EmployerBudget>();
  messages[RecordKind::kProposalBook] = std::make_unique<store::v1::ProposalBook>();
  messages[RecordKind::kPartnerLink] = std::make_unique<store::v1::PartnerLink>();
  messages[RecordKind::kPartnerBook] = std::make_unique<store::v1::PartnerBook>();
  messages[RecordKind::kCredentialBook] = std::make_unique<store::v1::CredentialBook>();
  return messages;
}

class RecordCheck final : public storage::RecordRules {
 public:
  std::string Look(const storage::RecordView& record) override {
    Remember(record);
    RecordKind kind = record.kind;
    if (kind == RecordKind::kHistory || kind == RecordKind::kPersonHistory) {
      const auto earlier = ParseHistoryId(record.id);
      if (!earlier) return {};  // says since when, or up to where, there is history
      kind = earlier->kind;
    }
    const auto message = messages_.find(kind);
    if (message == messages_.end()) return {};  // bytes that are no message
    if (message->second->ParseFromArray(record.value.data(),
                                        static_cast<int>(record.value.size()))) {
      return {};
    }
    return "it cannot be read as one";
  }

  std::vector<std::string> Conclude() override {
    std::vector<std::string> wrong;
    for (const auto& [kind, owners] : owners_) {
      const auto& there = kind == RecordKind::kConcept ? taxonomies_ : passports_;
      for (const std::string& owner : owners) {
        if (there.contains(owner)) continue;
        wrong.push_back(absl::StrCat("a record belongs to ", owner, ", which is not there (kind ",
                                     static_cast<int>(kind), ")"));
      }
    }
    return wrong;
  }

 private:
  // Kinds come in order of their numbers, so a person's passport comes before the rest of it, and a
  // taxonomy before its concepts: only what has no owner is remembered.
  void Remember(const storage::RecordView& record) {
    std::string id(record.id);
    if (record.kind == RecordKind::kPassport) passports_.insert(std::move(id));
    if (record.kind == RecordKind::kTaxonomy) taxonomies_.insert(std::move(id));
    if (record.kind == RecordKind::kConcept) {
      const std::string taxonomy(record.id.substr(0, record.id.find('/')));
      if (!taxonomies_.contains(taxonomy)) owners_[record.kind].insert(taxonomy);
    }
    for (const RecordKind kind : kOfPassport) {
      if (record.kind == kind && !passports_.contains(std::string(record.id))) {
        owners_[kind].insert(std::string(record.id));
      }
    }
  }

  const std::map<RecordKind, std::unique_ptr<Message>> messages_ = MessagesOfKinds();
  std::set<std::string> passports_;
  std::set<std::string> taxonomies_;
  std::map<RecordKind, std::set<std::string>> owners_;  // that were not there
};

}  // namespace

std::unique_ptr<storage::RecordRules> NewRecordCheck() { return std::make_unique<RecordCheck>(); }

}  // namespace passend::service

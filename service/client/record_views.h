// Passports, tasks, validations, consents, taxonomies and policies on a screen.
#ifndef PASSEND_SERVICE_CLIENT_RECORD_VIEWS_H_
#define PASSEND_SERVICE_CLIENT_RECORD_VIEWS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>

#include "passend/v1/consent.pb.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/policy.pb.h"
#include "passend/v1/task.pb.h"
#include "passend/v1/taxonomy.pb.h"
#include "passend/v1/taxonomy_service.pb.h"
#include "passend/v1/validation.pb.h"
#include "service/client/labels.h"
#include "service/client/style.h"

namespace passend::client {

template <typename Message>
using Messages = google::protobuf::RepeatedPtrField<Message>;

// What is kept, as text for people; the lists are tables, empty ones a line that says so. Pure.
std::string PassportText(const Style& style, const Labels& labels,
                         const passend::v1::Passport& passport);
std::string PassportsText(const Style& style, const Labels& labels,
                          const Messages<passend::v1::Passport>& passports);
std::string ValidationsText(const Style& style,
                            const Messages<passend::v1::Validation>& validations);
std::string ConsentsText(const Style& style, const Messages<passend::v1::Consent>& consents,
                         const google::protobuf::Timestamp& now);
std::string RevealsText(const Style& style, const Messages<passend::v1::Reveal>& reveals);
std::string TaskText(const Style& style, const passend::v1::Task& task);
std::string TaskListText(const Style& style, const Messages<passend::v1::Task>& tasks);
std::string TaxonomiesText(const Style& style, const Messages<passend::v1::Taxonomy>& taxonomies);
std::string ConceptText(const Style& style, const passend::v1::Concept& found);
std::string HitsText(const Style& style, const Messages<passend::v1::ConceptHit>& hits);
std::string PoliciesText(const Style& style, const Messages<passend::v1::Policy>& policies);
std::string PolicyText(const Style& style, const passend::v1::Policy& policy);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_RECORD_VIEWS_H_

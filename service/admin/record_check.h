// What is checked of records by who knows what they mean: that each is a message of its kind, and
// that what belongs to a person or a taxonomy has one.
#ifndef PASSEND_SERVICE_ADMIN_RECORD_CHECK_H_
#define PASSEND_SERVICE_ADMIN_RECORD_CHECK_H_

#include <memory>

#include "storage/backup/contents_check.h"

namespace passend::service {

// For one database.
std::unique_ptr<storage::RecordRules> NewRecordCheck();

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ADMIN_RECORD_CHECK_H_

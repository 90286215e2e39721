#include "service/sync/partner_records.h"

#include <gtest/gtest.h>

namespace passend::service {
namespace {

TEST(PartnerRecords, ABookOfSomethingThatIsNoPartnerIsDamaged) {
  for (const char* const partner : {"partners/school", "school", "partners/", "employers/school"}) {
    store::v1::PartnerBook book;
    book.add_sides()->set_partner(partner);
    const storage::Record record{PartnerBookKeyOf({"somebody"}), 1, book.SerializeAsString()};
    const auto read = ParsePartnerBook(record);
    EXPECT_EQ(read.ok(), std::string_view(partner) == "partners/school") << partner;
    if (!read.ok()) {
      EXPECT_TRUE(absl::IsDataLoss(read.status())) << read.status();
    }
  }
}

}  // namespace
}  // namespace passend::service

// Which version of the book of consents last changed something for a partner.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "passend/store/v1/consent_book.pb.h"
#include "service/canonical_bytes.h"
#include "service/consent/consent_book.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

constexpr char kDelft[] = "partners/delft";
constexpr char kThird[] = "partners/third";
constexpr char kNobody[] = "partners/nobody";

v1::Consent For(const std::string& audience, const std::string& id,
                v1::Purpose purpose = v1::PURPOSE_SYNC) {
  v1::Consent consent;
  consent.set_name("passports/p1/consents/" + id);
  consent.set_audience(audience);
  consent.set_purpose(purpose);
  return consent;
}

class ConsentVersionsTest : public testing::Test {
 protected:
  void Write(storage::Version version, std::vector<std::string> lost,
             const v1::Consent* granted = nullptr) {
    const storage::Batch batch = ConsentBatch(PassportName{"p1"}, book_, std::move(lost), granted);
    Read(version, *batch.mutations.front().value);
  }
  void Read(storage::Version version, const std::string& value) {
    auto read = ParseConsents({ConsentBookKeyOf(PassportName{"p1"}), version, value});
    ASSERT_TRUE(read.ok()) << read.status();
    book_ = *std::move(read);
  }
  void Grant(storage::Version version, const v1::Consent& consent) {
    book_.consents.push_back(consent);
    Write(version, {}, &consent);
  }

  ConsentBook book_;
};

TEST_F(ConsentVersionsTest, IsTheLastOneThatWasForThePartner) {
  EXPECT_EQ(book_.VersionFor(kDelft), 0u);
  Grant(3, For(kDelft, "a"));
  EXPECT_EQ(book_.VersionFor(kDelft), 3u);
  EXPECT_EQ(book_.VersionFor(kNobody), 0u);
  Grant(5, For(kThird, "b"));
  Grant(6, For("coaches/step-up", "c", v1::PURPOSE_GUIDANCE));
  Grant(7, For(kDelft, "d", v1::PURPOSE_MATCHING));
  EXPECT_EQ(book_.VersionFor(kDelft), 3u);
  EXPECT_EQ(book_.VersionFor(kThird), 5u);
  Write(9, {kDelft});
  EXPECT_EQ(book_.VersionFor(kDelft), 9u);
  EXPECT_EQ(book_.VersionFor(kThird), 5u);
  EXPECT_EQ(book_.VersionFor(kNobody), 0u);
}

TEST_F(ConsentVersionsTest, OfAnOlderBookAnyVersionMayBeForEverybody) {
  store::v1::ConsentBook stored;
  *stored.add_consents() = For(kDelft, "a");
  stored.mutable_consents(0)->set_name("a");
  Read(4, CanonicalBytes(stored));
  EXPECT_EQ(book_.VersionFor(kDelft), 4u);
  EXPECT_EQ(book_.VersionFor(kNobody), 4u);
  Grant(6, For(kThird, "b"));
  EXPECT_EQ(book_.VersionFor(kDelft), 4u);
  EXPECT_EQ(book_.VersionFor(kThird), 6u);
  EXPECT_EQ(book_.VersionFor(kNobody), 4u);
}

TEST_F(ConsentVersionsTest, OutlivesTheConsent) {
  Grant(3, For(kDelft, "a"));
  Grant(4, For(kThird, "b"));
  Write(6, {kDelft});
  book_.Forget(v1::Consent(book_.consents[0]));
  EXPECT_EQ(book_.VersionFor(kDelft), 6u);
  Grant(8, For(kThird, "c"));
  EXPECT_EQ(book_.VersionFor(kDelft), 6u);
  book_.Forget(v1::Consent(book_.consents[0]));
  EXPECT_EQ(book_.VersionFor(kThird), 8u) << "by the other one";
  EXPECT_EQ(book_.consents.size(), 1u);
}

}  // namespace
}  // namespace passend::service

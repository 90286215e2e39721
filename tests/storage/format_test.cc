// The bytes on disk, as FORMAT.md gives them. A failure here means that databases in the field
// could no longer be read: raise kDatabaseFormat and keep reading the old bytes, or undo.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "storage/anchor.h"
#include "storage/byte_codec.h"
#include "storage/envelope.h"
#include "storage/journal_codec.h"
#include "storage/key_codec.h"
#include "storage/meta_codec.h"
#include "storage/rocksdb_options.h"
#include "tests/storage/batches.h"

namespace passend::storage {
namespace {

std::string Hex(std::string_view bytes) {
  return absl::BytesToHexString(absl::string_view(bytes.data(), bytes.size()));
}

JournalMark MarkSeven() {
  JournalMark mark{7, {}};
  for (size_t i = 0; i < mark.chain.size(); ++i) mark.chain[i] = static_cast<char>(i);
  return mark;
}

constexpr char kMarkSeven[] =
    "0000000000000007000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

TEST(Format, NumbersAreFrozen) {
  EXPECT_EQ(kPlainFormat, 1u);
  EXPECT_EQ(kEncryptedFormat, 2u);
  EXPECT_EQ(kDatabaseFormat, 2u);
  EXPECT_EQ(static_cast<int>(Content::kPlain), 1);
  EXPECT_EQ(static_cast<int>(Content::kEncrypted), 2);
  EXPECT_EQ(static_cast<int>(Family::kMeta), 0);
  EXPECT_EQ(static_cast<int>(Family::kRecord), 1);
  EXPECT_EQ(static_cast<int>(Family::kJournal), 2);
  EXPECT_EQ(static_cast<int>(Family::kReceipt), 3);
  EXPECT_THAT(kFamilyNames, testing::ElementsAre("default", "record", "journal", "receipt"));
  EXPECT_EQ(Hex(std::string(kFormatKey) + std::string(kHeadKey) + std::string(kFloorKey) +
                std::string(kEpochKey)),
            "01020304");
  EXPECT_EQ(static_cast<int>(RecordKind::kPassport), 1);
  EXPECT_EQ(static_cast<int>(RecordKind::kSecret), 9);
  EXPECT_EQ(static_cast<int>(RecordKind::kValidationBook), 10);
  EXPECT_EQ(static_cast<int>(RecordKind::kConsentBook), 11);
  EXPECT_EQ(static_cast<int>(RecordKind::kRevealBook), 12);
  EXPECT_EQ(static_cast<int>(RecordKind::kEmployerList), 17);
  EXPECT_EQ(static_cast<int>(RecordKind::kEmployerBudget), 18);
  EXPECT_EQ(static_cast<int>(RecordKind::kPartnerLink), 20);
  EXPECT_EQ(static_cast<int>(RecordKind::kPartnerBook), 21);
}

TEST(Format, Keys) {
  EXPECT_EQ(Hex(EncodeRecordKey(Task("a/1"))), "03612f31");
  EXPECT_EQ(DecodeRecordKey("\x03\x61\x2f\x31"), Task("a/1"));
  EXPECT_EQ(DecodeRecordKey("\x03"), std::nullopt);
  EXPECT_EQ(Hex(EncodeJournalKey(0x0102030405060708)), "0102030405060708");
  EXPECT_EQ(DecodeJournalKey(EncodeJournalKey(99)), 99u);
  EXPECT_EQ(DecodeJournalKey("short"), std::nullopt);
}

TEST(Format, Envelope) {
  const std::string bytes = Seal(Family::kRecord, "\x03t", 258, "value");
  EXPECT_EQ(Hex(bytes),
            "01"                // format
            "0000000000000102"  // version
            "00000005"          // length
            "76616c7565"        // "value"
            "20554401b0558890");
  const auto sealed = Unseal(Family::kRecord, "\x03t", bytes);
  ASSERT_TRUE(sealed.ok());
  EXPECT_EQ(sealed->version, 258u);
  EXPECT_EQ(sealed->content, "value");
}

TEST(Format, EnvelopeIsBoundToItsPlace) {
  const std::string bytes = Seal(Family::kRecord, "key", 1, "value");
  EXPECT_TRUE(absl::IsDataLoss(Unseal(Family::kRecord, "kez", bytes).status()));
  EXPECT_TRUE(absl::IsDataLoss(Unseal(Family::kRecord, "ke", bytes).status()));
  EXPECT_TRUE(absl::IsDataLoss(Unseal(Family::kJournal, "key", bytes).status()));
  for (size_t byte = 0; byte < bytes.size(); ++byte) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = bytes;
      flipped[byte] = static_cast<char>(flipped[byte] ^ (1 << bit));
      EXPECT_TRUE(absl::IsDataLoss(Unseal(Family::kRecord, "key", flipped).status()));
    }
    EXPECT_TRUE(absl::IsDataLoss(Unseal(Family::kRecord, "key", bytes.substr(0, byte)).status()));
  }
  EXPECT_TRUE(absl::IsDataLoss(Unseal(Family::kRecord, "key", bytes + "x").status()));
}

TEST(Format, AnEnvelopeThatIsNoneIsNamedByItsPlace) {
  const std::pair<Family, std::string> places[] = {{Family::kMeta, "a store's own value"},
                                                   {Family::kRecord, "a record"},
                                                   {Family::kJournal, "a journal entry"},
                                                   {Family::kReceipt, "a receipt"}};
  for (const auto& [family, name] : places) {
    EXPECT_THAT(std::string(Unseal(family, "key", "none").status().message()),
                testing::StartsWith(name));
  }
}

// Its checksum is right: of a newer Passend, or sealed by mistake.
TEST(Format, AnEnvelopeOfAnUnknownFormIsRefused) {
  for (const int form : {0, 3, 255}) {
    const std::string bytes = Seal(Family::kRecord, "key", 1, "value", static_cast<Content>(form));
    const absl::Status refused = Unseal(Family::kRecord, "key", bytes).status();
    EXPECT_TRUE(absl::IsDataLoss(refused)) << form;
    EXPECT_THAT(std::string(refused.message()), testing::HasSubstr("its format is not known"));
  }
}

TEST(Format, NoFlippedBitOfTheFormatRecordIsRead) {
  const std::string bytes = EncodeFormat(kDatabaseFormat);
  EXPECT_EQ(*DecodeFormat(bytes), kDatabaseFormat);
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    EXPECT_TRUE(absl::IsDataLoss(DecodeFormat(flipped).status())) << "bit " << bit;
  }
}

// Short ones and long ones are put together in different places; the bytes are the same.
TEST(Format, EnvelopeOfAnySize) {
  for (const size_t key_bytes : {1u, 54u, 257u}) {
    const std::string key(key_bytes, 'k');
    for (size_t size = 0; size < 2'000; ++size) {
      const std::string value(size, static_cast<char>(size));
      const std::string bytes = Seal(Family::kRecord, key, size, value);
      const std::string length = {'\0', '\0', static_cast<char>(key_bytes >> 8),
                                  static_cast<char>(key_bytes)};
      const std::string bound = '\x01' + length + key + bytes.substr(0, bytes.size() - 8);
      const Checksum checksum = ChecksumOf(bound);
      ASSERT_EQ(bytes.substr(bytes.size() - 8), std::string(checksum.begin(), checksum.end()));
      const auto sealed = UnsealView(Family::kRecord, key, bytes);
      ASSERT_TRUE(sealed.ok());
      EXPECT_EQ(sealed->version, size);
      EXPECT_EQ(sealed->content, value);
    }
  }
}

TEST(Format, JournalEntry) {
  const std::vector<Event> events = {{Task("t"), "made"}, {Passport("p"), ""}};
  const absl::Time time = absl::FromUnixMicros(1'800'000'000'123'456);
  const std::string body = EncodeEntryBody(time, events, Idempotency{"r1", "digest", "answer"});
  EXPECT_EQ(Hex(body),
            "00066517289a6240"  // microseconds since 1970
            "00027231"          // request "r1"
            "00000002"          // events
            "03"
            "000174"
            "000000046d616465"
            "01"
            "000170"
            "00000000");
  const JournalMark mark = Follow(JournalMark{}, body);
  EXPECT_EQ(mark.sequence, 1u);
  EXPECT_EQ(Hex(std::string_view(mark.chain.data(), 32)),
            "ac2b62debab8efd61b3a88ec0da5829aeca82a7bf13b3ea688457ef81f2dda40");
  EXPECT_EQ(Hex(std::string_view(Follow(mark, "").chain.data(), 32)),
            "22c9810454fe3a4ec49e7a5b60b1edd0360ab1f4014296353ed30ea5cefb5306");
  const std::string content = EncodeEntry(mark.chain, body);
  EXPECT_EQ(Hex(content), Hex(std::string_view(mark.chain.data(), 32)) + Hex(body));
  const auto kept = DecodeEntry(1, content);
  ASSERT_TRUE(kept.ok());
  EXPECT_EQ(kept->entry, (JournalEntry{1, time, events}));
  EXPECT_EQ(kept->request, "r1");
  EXPECT_EQ(kept->chain, mark.chain);
}

TEST(Format, JournalEntryWithoutRequestAndBefore1970) {
  const std::string body = EncodeEntryBody(absl::FromUnixMicros(-1), {}, std::nullopt);
  EXPECT_EQ(Hex(body),
            "ffffffffffffffff"
            "0000"
            "00000000");
  const auto kept = DecodeEntry(5, EncodeEntry({}, body));
  ASSERT_TRUE(kept.ok());
  EXPECT_EQ(kept->entry.committed_at, absl::FromUnixMicros(-1));
  EXPECT_EQ(kept->request, std::nullopt);
}

TEST(Format, CutJournalEntriesAreDamage) {
  const std::string content = EncodeEntry(
      {}, EncodeEntryBody(absl::UnixEpoch(), {{Task("t"), "made"}}, Idempotency{"r", "", ""}));
  for (size_t size = 0; size < content.size(); ++size) {
    EXPECT_TRUE(absl::IsDataLoss(DecodeEntry(1, content.substr(0, size)).status())) << size;
  }
  EXPECT_TRUE(absl::IsDataLoss(DecodeEntry(1, content + "x").status()));
}

TEST(Format, ChainTellsOrderAndContent) {
  const auto chain = [](std::initializer_list<std::string_view> bodies) {
    JournalMark mark;
    for (const auto body : bodies) mark = Follow(mark, body);
    return mark;
  };
  EXPECT_EQ(chain({"a", "b"}), chain({"a", "b"}));
  EXPECT_NE(chain({"a", "b"}), chain({"b", "a"}));
  EXPECT_NE(chain({"ab", ""}), chain({"a", "b"}));
  EXPECT_NE(chain({"a"}).chain, chain({"a", ""}).chain);
}

TEST(Format, OwnValues) {
  EXPECT_EQ(Hex(EncodeFormat(1)),
            "70617373656e642d6462"
            "00000001"
            "6bdad1ba886b4699");
  EXPECT_EQ(*DecodeFormat(EncodeFormat(77)), 77u);
  EXPECT_TRUE(absl::IsDataLoss(DecodeFormat("passend-db").status()));
  EXPECT_EQ(Hex(EncodeMark(MarkSeven())), kMarkSeven);
  EXPECT_EQ(*DecodeMark(EncodeMark(MarkSeven())), MarkSeven());
  EXPECT_EQ(Hex(EncodeFloor({MarkSeven(), 5})), std::string(kMarkSeven) + "0000000000000005");
  EXPECT_EQ(DecodeFloor(EncodeFloor({MarkSeven(), 5}))->swept, 5u);
  EXPECT_EQ(Hex(EncodeEpoch(3)), "0000000000000003");
  EXPECT_EQ(*DecodeEpoch(EncodeEpoch(3)), 3u);
  EXPECT_TRUE(absl::IsDataLoss(DecodeMark("").status()));
  EXPECT_TRUE(absl::IsDataLoss(DecodeFloor(EncodeMark(MarkSeven())).status()));
  EXPECT_TRUE(absl::IsDataLoss(DecodeEpoch("123456789").status()));
}

TEST(Format, Receipt) {
  const std::string content = EncodeReceipt({"not kept here", "dig", "answer"});
  EXPECT_EQ(Hex(content),
            "0003646967"
            "00000006616e73776572");
  const auto receipt = DecodeReceipt(9, content);
  ASSERT_TRUE(receipt.ok());
  EXPECT_EQ(receipt->sequence, 9u);
  EXPECT_EQ(receipt->fingerprint, "dig");
  EXPECT_EQ(receipt->response, "answer");
  EXPECT_TRUE(absl::IsDataLoss(DecodeReceipt(9, content + "x").status()));
}

TEST(Format, AnchorSlot) {
  EXPECT_EQ(Hex(EncodeAnchorSlot(2, MarkSeven())),
            "505344414e434831"    // "PSDANCH1"
            "0000000000000002" +  // generation
                std::string(kMarkSeven) +
                "ba59f7507aa0af46");
}

TEST(Format, RangesOfKeys) {
  const auto range = [](std::string prefix, std::string after) {
    const KeyRange bounds = RangeOf({RecordKind::kTask, std::move(prefix), std::move(after)});
    return Hex(bounds.first) + " " + Hex(bounds.end);
  };
  EXPECT_EQ(range("", ""), "0300 04");
  EXPECT_EQ(range("a", ""), "0361 0362");
  EXPECT_EQ(range("a", "ab"), "03616200 0362");
  EXPECT_EQ(range("\xff", ""), "03ff 04");
  EXPECT_EQ(Hex(RangeOf({static_cast<RecordKind>(255), "\xff", ""}).end), "");
}

}  // namespace
}  // namespace passend::storage

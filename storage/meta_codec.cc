#include "storage/meta_codec.h"

#include <algorithm>
#include <cstring>

#include "storage/byte_codec.h"
#include "storage/envelope.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

constexpr std::string_view kFormatMagic = "passend-db";

std::optional<JournalMark> TakeMark(ByteReader& reader) {
  JournalMark mark;
  const auto sequence = reader.TakeNumber<Sequence>();
  const auto chain = reader.Take(mark.chain.size());
  if (!sequence || !chain) return std::nullopt;
  mark.sequence = *sequence;
  std::copy(chain->begin(), chain->end(), mark.chain.begin());
  return mark;
}

}  // namespace

std::string EncodeFormat(uint32_t format) {
  std::string bytes(kFormatMagic);
  AppendNumber(bytes, format);
  const Checksum checksum = ChecksumOf(bytes);
  bytes.append(reinterpret_cast<const char*>(checksum.data()), checksum.size());
  return bytes;
}

absl::StatusOr<uint32_t> DecodeFormat(std::string_view bytes) {
  ByteReader reader(bytes);
  const auto magic = reader.Take(kFormatMagic.size());
  const auto format = reader.TakeNumber<uint32_t>();
  const auto checksum = reader.Take(sizeof(Checksum));
  if (!magic || !format || !checksum || !reader.empty() || *magic != kFormatMagic) {
    return Damaged("the format record", "its parts do not fit");
  }
  const Checksum expected = ChecksumOf(bytes.substr(0, bytes.size() - sizeof(Checksum)));
  if (std::memcmp(expected.data(), checksum->data(), sizeof(Checksum)) != 0) {
    return Damaged("the format record", "its checksum does not fit");
  }
  return *format;
}

std::string EncodeMark(const JournalMark& mark) {
  std::string content;
  AppendNumber(content, mark.sequence);
  content.append(mark.chain.begin(), mark.chain.end());
  return content;
}

absl::StatusOr<JournalMark> DecodeMark(std::string_view content) {
  ByteReader reader(content);
  const auto mark = TakeMark(reader);
  if (!mark || !reader.empty()) return Damaged("the journal's head", "its parts do not fit");
  return *mark;
}

std::string EncodeFloor(const JournalFloor& floor) {
  std::string content = EncodeMark(floor.compacted);
  AppendNumber(content, floor.swept);
  return content;
}

absl::StatusOr<JournalFloor> DecodeFloor(std::string_view content) {
  ByteReader reader(content);
  const auto mark = TakeMark(reader);
  const auto swept = reader.TakeNumber<Sequence>();
  if (!mark || !swept || !reader.empty()) {
    return Damaged("the journal's floor", "its parts do not fit");
  }
  return JournalFloor{*mark, *swept};
}

std::string EncodeEpoch(uint64_t epoch) {
  std::string content;
  AppendNumber(content, epoch);
  return content;
}

absl::StatusOr<uint64_t> DecodeEpoch(std::string_view content) {
  ByteReader reader(content);
  const auto epoch = reader.TakeNumber<uint64_t>();
  if (!epoch || !reader.empty()) return Damaged("the writer epoch", "its parts do not fit");
  return *epoch;
}

std::string EncodeEncryption(const Encryption& encryption) {
  std::string content(encryption.keys.data(), encryption.keys.size());
  AppendNumber(content, static_cast<uint8_t>(encryption.complete));
  return content;
}

absl::StatusOr<Encryption> DecodeEncryption(std::string_view content) {
  ByteReader reader(content);
  const auto keys = reader.Take(sizeof(KeyStoreId));
  const auto complete = reader.TakeNumber<uint8_t>();
  if (!keys || !complete || *complete > 1 || !reader.empty()) {
    return Damaged("the note on encryption", "its parts do not fit");
  }
  Encryption encryption;
  std::copy(keys->begin(), keys->end(), encryption.keys.begin());
  encryption.complete = *complete == 1;
  return encryption;
}

std::string EncodeReceipt(const Idempotency& idempotency) {
  std::string content;
  AppendBytes<uint16_t>(content, idempotency.fingerprint);
  AppendBytes<uint32_t>(content, idempotency.response);
  return content;
}

absl::StatusOr<Receipt> DecodeReceipt(Sequence sequence, std::string_view content) {
  ByteReader reader(content);
  const auto fingerprint = reader.TakeBytes<uint16_t>();
  const auto response = reader.TakeBytes<uint32_t>();
  if (!fingerprint || !response || !reader.empty()) {
    return Damaged("a receipt", "its parts do not fit");
  }
  return Receipt{sequence, std::string(*fingerprint), std::string(*response)};
}

}  // namespace passend::storage

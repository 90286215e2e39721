#include "service/canonical_bytes.h"

#include <sodium.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace passend::service {

std::string CanonicalBytes(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

std::string TextDigest(std::string_view text) {
  std::string digest(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr, 0);
  return digest;
}

std::string ContentDigest(const google::protobuf::Message& message,
                          const std::vector<std::string>& left_out) {
  const std::unique_ptr<google::protobuf::Message> content(message.New());
  content->CopyFrom(message);
  for (const std::string& name : left_out) {
    if (const auto* field = message.GetDescriptor()->FindFieldByName(name)) {
      content->GetReflection()->ClearField(content.get(), field);
    }
  }
  return TextDigest(absl::StrCat(message.GetDescriptor()->full_name(), absl::string_view("\0", 1),
                                 CanonicalBytes(*content)));
}

}  // namespace passend::service

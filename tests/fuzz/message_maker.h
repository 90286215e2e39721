// Messages of any type, made of a fuzzer's bytes: fields that fit their rules now and then, names
// that the service has given, numbers at the edges.
#ifndef PASSEND_TESTS_FUZZ_MESSAGE_MAKER_H_
#define PASSEND_TESTS_FUZZ_MESSAGE_MAKER_H_

#include <fuzzer/FuzzedDataProvider.h>

#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/message.h"

namespace passend::fuzz {

class MessageMaker {
 public:
  explicit MessageMaker(FuzzedDataProvider& choices);

  void Fill(google::protobuf::Message& message) { Fill(message, kDepthMax); }

  // Remembers names of resources, etags and tokens that stand in an answer: they are put into
  // requests.
  void LearnFrom(std::string_view answer);

 private:
  static constexpr int kDepthMax = 6;

  void Fill(google::protobuf::Message& message, int depth);
  void FillField(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field,
                 int depth);
  void AddScalar(google::protobuf::Message& message,
                 const google::protobuf::FieldDescriptor& field);
  std::string Text();
  int64_t Number();

  FuzzedDataProvider& choices_;
  std::vector<std::string> known_;
};

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_MESSAGE_MAKER_H_

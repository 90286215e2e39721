// Messages of any type, made of a fuzzer's bytes and the rules that stand beside the fields: as a
// rule what is required is there, numbers are in their range, and strings have their form, names
// that the service has given before all others; now and then not. Where the bytes have run out, the
// usual is chosen, so that few bytes are a plain request.
#ifndef PASSEND_TESTS_FUZZ_MESSAGE_MAKER_H_
#define PASSEND_TESTS_FUZZ_MESSAGE_MAKER_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "passend/v1/field_rules.pb.h"
#include "service/validation/field_plan.h"
#include "tests/fuzz/choices.h"

namespace passend::fuzz {

class MessageMaker {
 public:
  // Times are around `now`, in seconds since 1970.
  MessageMaker(Choices& choices, int64_t now);

  void Fill(google::protobuf::Message& message) { Fill(message, kDepthMax); }

  // Remembers every string that stands in an answer, by its form and by its field's name, and every
  // message of it, by its type: they are put into requests.
  void LearnFrom(const google::protobuf::Message& answer);

  // A name of that form, most of them given by the service.
  const std::string& NameOf(v1::StringForm form) { return OneOf(by_form_[form]); }

 private:
  static constexpr int kDepthMax = 7;
  using Texts = std::vector<std::string>;

  // Percent; never where the bytes have run out.
  bool Unusually(int percent);
  void Fill(google::protobuf::Message& message, int depth);
  bool Repeat(google::protobuf::Message& message, int depth);
  void FillField(google::protobuf::Message& message, const service::FieldPlan& plan, int depth);
  void FillOther(google::protobuf::Message& message);
  void FillMask(google::protobuf::Message& mask, const google::protobuf::Descriptor& request);
  void AddScalar(google::protobuf::Message& message, const service::FieldPlan& plan);
  std::string Text(const service::FieldPlan& plan);
  int64_t Number(const v1::FieldRules& rules);
  const std::string& OneOf(const Texts& texts);
  void Learn(const std::string& field, const std::string& text);

  Choices& choices_;
  const int64_t now_;
  std::map<v1::StringForm, Texts> by_form_;
  std::map<std::string, Texts> by_field_;
  std::map<const google::protobuf::Descriptor*, std::vector<std::string>> by_type_;  // serialized
};

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_MESSAGE_MAKER_H_

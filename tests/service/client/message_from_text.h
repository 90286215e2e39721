// Messages of tests, written as protobuf text.
#ifndef PASSEND_TESTS_SERVICE_CLIENT_MESSAGE_FROM_TEXT_H_
#define PASSEND_TESTS_SERVICE_CLIENT_MESSAGE_FROM_TEXT_H_

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

namespace passend::client {

template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

}  // namespace passend::client

#endif  // PASSEND_TESTS_SERVICE_CLIENT_MESSAGE_FROM_TEXT_H_

#include "service/identity/tls_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/folder.h"
#include "tests/service/identity/authority.h"

namespace passend::service {
namespace {

using testing::HasSubstr;

std::string MistakeIn(const TlsTexts& texts) { return std::string(CheckTlsTexts(texts).message()); }

TEST(TlsFilesTest, BelongTogether) {
  const Authority authority("authority");
  const KeyAndCertificate ours = authority.ServerCertificate();
  const KeyAndCertificate others = authority.ServerCertificate();
  const TlsTexts good{ours.certificate, ours.key, authority.certificate()};
  EXPECT_TRUE(CheckTlsTexts(good).ok());
  TlsTexts chain = good;
  chain.certificate += authority.certificate();
  EXPECT_TRUE(CheckTlsTexts(chain).ok());
  TlsTexts wrong = good;
  wrong.key = others.key;
  EXPECT_THAT(MistakeIn(wrong), HasSubstr("--tls-key is not the key of the first certificate"));
  wrong.key = ours.certificate;
  EXPECT_THAT(MistakeIn(wrong), HasSubstr("--tls-key holds no private key"));
  wrong.key = ours.key.substr(0, ours.key.size() / 2);
  EXPECT_THAT(MistakeIn(wrong), HasSubstr("--tls-key holds no private key"));
  wrong = good;
  wrong.certificate = "nonsense";
  EXPECT_THAT(MistakeIn(wrong), HasSubstr("--tls-certificate holds no certificate"));
  wrong = good;
  wrong.client_ca = ours.key;
  EXPECT_THAT(MistakeIn(wrong), HasSubstr("--tls-client-ca holds no certificate"));
  EXPECT_THAT(MistakeIn(wrong), testing::Not(HasSubstr(ours.key.substr(30, 20))));
}

TEST(TlsFilesTest, AreNamedWhereTheyCannotBeRead) {
  const Folder folder;
  const std::string some = folder.Put("some", "text");
  EXPECT_TRUE(ReadTlsFiles({some, some, some}).ok());
  const std::string none = folder.File("none");
  const std::string empty = folder.Put("empty", "");
  for (const std::string& file : {none, empty}) {
    EXPECT_THAT(std::string(ReadTlsFiles({file, some, some}).status().message()),
                HasSubstr("--tls-certificate " + file + ": "));
    EXPECT_THAT(std::string(ReadTlsFiles({some, file, some}).status().message()),
                HasSubstr("--tls-key " + file + ": "));
    EXPECT_THAT(std::string(ReadTlsFiles({some, some, file}).status().message()),
                HasSubstr("--tls-client-ca " + file + ": "));
  }
}

}  // namespace
}  // namespace passend::service

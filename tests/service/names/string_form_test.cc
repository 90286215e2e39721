#include "service/names/string_form.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace passend::service {
namespace {

struct FormCase {
  v1::StringForm form;
  std::vector<std::string> good;
  std::vector<std::string> bad;
};

const std::string kLongest(63, 'a');

const FormCase kCases[] = {
    {v1::STRING_FORM_PASSPORT_NAME,
     {"passports/a", "passports/-", "passports/0-9z", "passports/" + kLongest},
     {"", "passports/", "passports", "Passports/a", "passports/A", "passports/a/b", "passports/a ",
      " passports/a", "passports/é", "passports/" + kLongest + "a",
      std::string("passports/a\0", 12)}},
    {v1::STRING_FORM_VALIDATION_NAME,
     {"passports/a/validations/b", "passports/" + kLongest + "/validations/" + kLongest},
     {"passports/a", "passports/a/validations/", "passports//validations/b",
      "passports/a/validations/b/c", "passports/a/validations/b/validations/c",
      "passports/a/b/validations/c"}},
    {v1::STRING_FORM_AUDIENCE,
     {"employers/a1", "coaches/a1", "partners/a1"},
     {"", "employers/", "coaches/A", "passports/a1", "operators/a1", "partners/a/b"}},
    {v1::STRING_FORM_CONSENT_NAME,
     {"passports/a/consents/b"},
     {"passports/a", "passports/a/consents/", "passports/a/validations/b",
      "passports/a/consents/b/c"}},
    {v1::STRING_FORM_TASK_NAME, {"tasks/a1"}, {"tasks/", "task/a", "tasks/a_b"}},
    {v1::STRING_FORM_EMPLOYER_NAME, {"employers/a1"}, {"employers/", "employers/A"}},
    {v1::STRING_FORM_PARTNER_NAME, {"partners/a1"}, {"partners/", "partners/A", "coaches/a"}},
    {v1::STRING_FORM_COACH_NAME, {"coaches/a1"}, {"coaches/", "coaches/a/b", "partners/a"}},
    {v1::STRING_FORM_TAXONOMY_NAME, {"taxonomies/esco"}, {"taxonomies/", "taxonomies/esco/1"}},
    {v1::STRING_FORM_CONCEPT_NAME,
     {"taxonomies/esco/concepts/A.b_c-1", "taxonomies/esco/concepts/" + kLongest},
     {"taxonomies/esco", "taxonomies/esco/concepts/", "taxonomies/Esco/concepts/a",
      "taxonomies/esco/concepts/a/b", "taxonomies/esco/concepts/" + kLongest + "a"}},
    {v1::STRING_FORM_POLICY_NAME,
     {"policies/1", "policies/999999999"},
     {"policies/0", "policies/01", "policies/", "policies/-1", "policies/1000000000",
      "policies/x"}},
    {v1::STRING_FORM_RESOURCE_ID, {"a", "a-1", kLongest}, {"", "1a", "-a", "A", kLongest + "a"}},
    {v1::STRING_FORM_REQUEST_ID,
     {"12345678", "A-b-C-d-", std::string(64, 'x')},
     {"1234567", "1234567_", std::string(65, 'x')}},
    {v1::STRING_FORM_REGION,
     {"groningen", "midden-brabant", std::string(40, 'r')},
     {"", "Groningen", "den haag", std::string(41, 'r')}},
    {v1::STRING_FORM_LANGUAGE, {"nl", "en"}, {"", "NL", "de", "nl-NL"}},
    {v1::STRING_FORM_UNSPECIFIED, {"", "anything at all"}, {}},
};

TEST(StringFormTest, TakesTheGoodAndRefusesTheBad) {
  for (const FormCase& form_case : kCases) {
    SCOPED_TRACE(v1::StringForm_Name(form_case.form));
    for (const std::string& text : form_case.good)
      EXPECT_TRUE(HasForm(text, form_case.form)) << text;
    for (const std::string& text : form_case.bad)
      EXPECT_FALSE(HasForm(text, form_case.form)) << text;
  }
}

TEST(StringFormTest, EveryFormIsKnownAndDescribed) {
  const auto* forms = v1::StringForm_descriptor();
  ASSERT_EQ(static_cast<size_t>(forms->value_count()), std::size(kCases));
  for (int i = 1; i < forms->value_count(); ++i) {
    const auto form = static_cast<v1::StringForm>(forms->value(i)->number());
    EXPECT_NE(DescriptionOf(form), DescriptionOf(v1::STRING_FORM_UNSPECIFIED))
        << forms->value(i)->name();
    EXPECT_FALSE(HasForm("!", form)) << forms->value(i)->name();
  }
}

}  // namespace
}  // namespace passend::service

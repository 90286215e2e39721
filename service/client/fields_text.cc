#include "service/client/fields_text.h"

#include <algorithm>

#include "passend/v1/visibility.pb.h"
#include "service/client/text_width.h"
#include "service/client/words.h"

namespace passend::client {

std::string FieldsText(const Style& style,
                       const std::vector<std::pair<std::string, std::string>>& fields) {
  int indent = 0;
  for (const auto& [name, value] : fields) {
    if (!value.empty()) indent = std::max(indent, DisplayColumns(name) + 2);
  }
  std::string text;
  for (const auto& [name, value] : fields) {
    bool first = true;
    const int columns = std::max(30, style.width_columns - indent);
    for (const std::string& line : Wrap(WithoutControls(value), columns)) {
      text += first ? Paint(style, Ink::kDim, name) +
                          std::string(static_cast<std::size_t>(indent - DisplayColumns(name)), ' ')
                    : std::string(static_cast<std::size_t>(indent), ' ');
      text += line + "\n";
      first = false;
    }
  }
  return text;
}

std::string Listed(const std::vector<std::string>& texts) {
  std::string listed;
  for (const std::string& text : texts) listed += (listed.empty() ? "" : ", ") + text;
  return listed;
}

std::string GroupsText(Language language, const google::protobuf::RepeatedField<int>& groups) {
  std::vector<std::string> names;
  for (const int group : groups) {
    names.push_back(NameOf(language, static_cast<v1::FieldGroup>(group)));
  }
  return Listed(names);
}

}  // namespace passend::client

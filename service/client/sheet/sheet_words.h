// What stands in the cells of a spreadsheet, read as people write it.
#ifndef PASSEND_SERVICE_CLIENT_SHEET_SHEET_WORDS_H_
#define PASSEND_SERVICE_CLIENT_SHEET_SHEET_WORDS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>

#include <optional>
#include <string>
#include <vector>

#include "service/client/words.h"

namespace passend::client {

// Without spaces around it, in one case, single spaces within: for comparing. Pure.
std::string Folded(const std::string& text);

// UTF-8 as it is; anything else as Windows-1252, which is what older spreadsheets write.
std::string AsUtf8(const std::string& cell);

// The number of the enum value that a word names, in Dutch or English, or as its name in proto has
// it after the prefix (work-sample): the whole word, or so much of its start that no other begins
// like it. None for anything else, and for value 0.
std::optional<int> EnumFromWord(const google::protobuf::EnumDescriptor& type,
                                const std::string& word);

// All words of an enum, with commas between them.
std::string EnumWords(Language language, const google::protobuf::EnumDescriptor& type);

// A whole number from `least` to `most`; a percent sign after it does not matter.
std::optional<int> WholeFrom(const std::string& text, int least, int most);

// 21-11-2026, 21/11/2026 or 2026-11-21. None for 2/11/2026: some write the month first.
std::optional<google::protobuf::Timestamp> DayFrom(const std::string& text);

// yes, ja, x, 1: true; no, nee, 0: false.
std::optional<bool> YesFrom(const std::string& text);

// What is between commas, semicolons and line breaks, folded; nothing empty.
std::vector<std::string> PartsOf(const std::string& text);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SHEET_SHEET_WORDS_H_

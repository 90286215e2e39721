// Where the texts of the languages are.
#ifndef PASSEND_SERVICE_CLIENT_WORD_TABLES_H_
#define PASSEND_SERVICE_CLIENT_WORD_TABLES_H_

#include "service/client/words.h"

namespace passend::client {

// The tables that words.cc joins; one file each.
extern const WordText kEnglishTexts[];
extern const WordText kDutchTexts[];
extern const WordText kEnglishHelp[];
extern const WordText kDutchHelp[];
extern const WordText kEnglishSetTexts[];
extern const WordText kDutchSetTexts[];
extern const WordText kEnglishSetHelp[];
extern const WordText kDutchSetHelp[];
extern const EnumText kEnglishEnums[];
extern const EnumText kDutchEnums[];
extern const std::size_t kEnglishTextCount;
extern const std::size_t kDutchTextCount;
extern const std::size_t kEnglishHelpCount;
extern const std::size_t kDutchHelpCount;
extern const std::size_t kEnglishSetTextCount;
extern const std::size_t kDutchSetTextCount;
extern const std::size_t kEnglishSetHelpCount;
extern const std::size_t kDutchSetHelpCount;
extern const std::size_t kEnglishEnumCount;
extern const std::size_t kDutchEnumCount;

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_WORD_TABLES_H_

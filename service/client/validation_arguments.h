// What people say of a validation on the command line.
#ifndef PASSEND_SERVICE_CLIENT_VALIDATION_ARGUMENTS_H_
#define PASSEND_SERVICE_CLIENT_VALIDATION_ARGUMENTS_H_

#include <CLI/CLI.hpp>

#include <string>

#include "passend/v1/validation.pb.h"
#include "service/client/command_context.h"

namespace passend::client {

struct ValidationArguments {
  std::string skill;
  int level = 0;
  std::string method;
  std::string day;
  std::string expire_day;
  std::string validator;
  std::string capacity;
  std::string place;
  std::string evidence;
};

// Adds the options, checked, to a command.
void AddValidationOptions(CLI::App& command, const CommandContext& context,
                          ValidationArguments& arguments);

// The validation that checked arguments say.
passend::v1::Validation ValidationOf(const ValidationArguments& arguments);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_VALIDATION_ARGUMENTS_H_

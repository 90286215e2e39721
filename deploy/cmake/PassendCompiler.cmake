# Language, warnings, sanitizers and linker for every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

find_program(PASSEND_CCACHE ccache)
if(PASSEND_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${PASSEND_CCACHE})
endif()
find_program(PASSEND_MOLD mold)
if(PASSEND_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# Our own targets link this one: includes from the root, warnings as errors.
add_library(passend_options INTERFACE)
target_include_directories(passend_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(passend_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 sees overlaps in `"text" + std::string` that are not there (its bug 105329), with -O3.
  # With -O3 it also sees uninitialised strings in aggregates that are there.
  target_compile_options(passend_options
    INTERFACE -Wno-restrict $<$<CONFIG:Release>:-Wno-maybe-uninitialized>)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  target_compile_options(passend_options INTERFACE -Wthread-safety)
endif()

if(PASSEND_SANITIZE)
  add_compile_options(-fsanitize=${PASSEND_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PASSEND_SANITIZE})
endif()

# For sources that use std::regex: with the address sanitizer GCC 12 sees uninitialised members in it
# that are not (its bug 105562).
function(passend_sources_with_regex)
  if(PASSEND_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS -Wno-maybe-uninitialized)
  endif()
endfunction()

include(GoogleTest)

# Every test of passend_test, and what they stand on.
add_custom_target(passend_tests)

# passend_test(NAME name SOURCES a_test.cc... LIBS target... [TIMEOUT seconds] [GRPC])
# One binary for a room's folder; every GoogleTest case becomes a test of its own. GRPC: it calls
# through gRPC. Debian's is not built for ThreadSanitizer, which sees races in it that are not there,
# and none of those planted behind it: there is no such test for it.
function(passend_test)
  cmake_parse_arguments(T "GRPC" "NAME;TIMEOUT" "SOURCES;LIBS;LABELS" ${ARGN})
  if(PASSEND_SANITIZE STREQUAL "thread")
    list(APPEND T_SOURCES
      ${PROJECT_SOURCE_DIR}/tests/sanitizers/absl_locks.cc
      ${PROJECT_SOURCE_DIR}/tests/sanitizers/suppressions.cc)
    list(APPEND T_LIBS absl::synchronization)
  endif()
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 120)
  endif()
  add_executable(${T_NAME} ${T_SOURCES})
  target_link_libraries(${T_NAME} PRIVATE passend_options ${T_LIBS} GTest::gmock GTest::gtest_main)
  if(PASSEND_SANITIZE STREQUAL "thread" AND T_GRPC)
    return()
  endif()
  add_dependencies(passend_tests ${T_NAME})
  gtest_discover_tests(${T_NAME} DISCOVERY_MODE PRE_TEST
    PROPERTIES TIMEOUT ${T_TIMEOUT} LABELS "${T_LABELS}")
endfunction()

option(TESTBED_FUZZ "Build libFuzzer targets (clang only)" OFF)
option(TESTBED_COVERAGE "Instrument for gcov/lcov" OFF)
set(TESTBED_SANITIZE "" CACHE STRING "Comma list for -fsanitize=")

add_library(testbed_options INTERFACE)
add_library(testbed::options ALIAS testbed_options)
target_compile_features(testbed_options INTERFACE c_std_17)
set(CMAKE_C_EXTENSIONS OFF)
set(TESTBED_PROGRAM_DIR "${CMAKE_BINARY_DIR}/bin") # where the programs land
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
target_compile_definitions(testbed_options INTERFACE _POSIX_C_SOURCE=200809L _DEFAULT_SOURCE)
target_compile_options(testbed_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wcast-qual -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes
  -Wold-style-definition -Wundef -Wvla -Wformat=2 -Wimplicit-fallthrough
  -fno-common -fstack-protector-strong)
if(CMAKE_C_COMPILER_ID MATCHES "Clang")
  # rows of test tables leave out what is zero; gcc has nothing against it
  target_compile_options(testbed_options INTERFACE -Wno-missing-field-initializers)
endif()
if(TESTBED_SANITIZE)
  target_compile_options(testbed_options INTERFACE
    -fsanitize=${TESTBED_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(testbed_options INTERFACE -fsanitize=${TESTBED_SANITIZE})
endif()
if(TESTBED_COVERAGE)
  target_compile_options(testbed_options INTERFACE --coverage -O0)
  target_link_options(testbed_options INTERFACE --coverage)
endif()

# What every line of Karvan is compiled with: warnings, floating point without contraction (results
# must not depend on the compiler's choice of fused multiply-add), sanitizers where a preset asks.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

set(KARVAN_WARNINGS
    -Wall
    -Wextra
    -Wpedantic
    -Wshadow
    -Wconversion
    -Wsign-conversion
    -Wold-style-cast
    -Wnon-virtual-dtor
    -Woverloaded-virtual
    -Wimplicit-fallthrough
    # Designated initializers name what matters; the other members have defaults in place.
    -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # libstdc++ 12's own std::stable_sort calls a function it declares deprecated.
  list(APPEND KARVAN_WARNINGS -Wno-deprecated-declarations)
  if(CMAKE_UNITY_BUILD)
    # A local name may be that of a constant in another file of the room.
    list(APPEND KARVAN_WARNINGS -Wno-shadow)
  endif()
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 sees overlaps in its own std::string that are not there (GCC bug 105651).
  list(APPEND KARVAN_WARNINGS -Wno-restrict)
endif()
if(KARVAN_WERROR)
  list(APPEND KARVAN_WARNINGS -Werror)
endif()

add_library(karvan_options INTERFACE)
target_compile_features(karvan_options INTERFACE cxx_std_20)
target_include_directories(karvan_options INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>)
target_compile_options(
  karvan_options
  INTERFACE ${KARVAN_WARNINGS}
            -ffp-contract=off
            # CHECK names files from the root of the checkout, wherever that lies.
            -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=)

if(KARVAN_SANITIZE)
  add_compile_options(-fsanitize=${KARVAN_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${KARVAN_SANITIZE})
endif()

find_program(KARVAN_CCACHE ccache)
if(KARVAN_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${KARVAN_CCACHE})
endif()

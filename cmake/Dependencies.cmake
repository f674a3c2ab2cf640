# Third-party libraries, all Debian packages (.ci/setup installs them), none in public headers.
# fast_float (base) is a header without a CMake target: it is found on the compiler's own path.

find_path(KARVAN_TOML_INCLUDE toml++/toml.h REQUIRED)
add_library(karvan_toml INTERFACE)
target_include_directories(karvan_toml SYSTEM INTERFACE ${KARVAN_TOML_INCLUDE})
set(KARVAN_TOML karvan_toml)

set(KARVAN_TESTS_ON OFF)
if(KARVAN_ENGINE_ONLY)
  return()
endif()

find_package(fmt 9 REQUIRED)
set(KARVAN_FMT fmt::fmt)

find_package(nlohmann_json 3.11 REQUIRED)
set(KARVAN_JSON nlohmann_json::nlohmann_json)

find_path(KARVAN_XLSX_INCLUDE xlsxwriter.h REQUIRED)
find_library(KARVAN_XLSX_LIBRARY xlsxwriter REQUIRED)
add_library(karvan_xlsx INTERFACE)
target_include_directories(karvan_xlsx SYSTEM INTERFACE ${KARVAN_XLSX_INCLUDE})
target_link_libraries(karvan_xlsx INTERFACE ${KARVAN_XLSX_LIBRARY})
set(KARVAN_XLSX karvan_xlsx)

find_path(KARVAN_ZIP_INCLUDE zip.h REQUIRED)
find_library(KARVAN_ZIP_LIBRARY zip REQUIRED)
add_library(karvan_zip INTERFACE)
target_include_directories(karvan_zip SYSTEM INTERFACE ${KARVAN_ZIP_INCLUDE})
target_link_libraries(karvan_zip INTERFACE ${KARVAN_ZIP_LIBRARY})
set(KARVAN_ZIP karvan_zip)

find_package(date REQUIRED)
set(KARVAN_TZ date::date-tz)

# KARVAN_TESTS_ON: whether this build has tests. AUTO never hides a missing library from `make
# test`, which asks for ON.
set(KARVAN_GEOGRAPHIC karvan_geographic)  # the second opinion of geo's tests
if(KARVAN_TESTS)
  set(need REQUIRED)
  set(need_path REQUIRED)
  if(KARVAN_TESTS STREQUAL "AUTO")
    set(need QUIET)
    set(need_path)
  endif()
  find_package(GTest ${need})
  find_path(KARVAN_GEOGRAPHIC_INCLUDE GeographicLib/Geodesic.hpp ${need_path})
  find_library(KARVAN_GEOGRAPHIC_LIBRARY NAMES GeographicLib Geographic ${need_path})
  if(GTest_FOUND AND KARVAN_GEOGRAPHIC_INCLUDE AND KARVAN_GEOGRAPHIC_LIBRARY)
    add_library(karvan_geographic INTERFACE)
    target_include_directories(karvan_geographic SYSTEM INTERFACE ${KARVAN_GEOGRAPHIC_INCLUDE})
    target_link_libraries(karvan_geographic INTERFACE ${KARVAN_GEOGRAPHIC_LIBRARY})
    set(KARVAN_TESTS_ON ON)
    include(GoogleTest)
    enable_testing()
  else()
    message(STATUS "Tests are not built: GoogleTest or GeographicLib is missing (make setup)")
  endif()
endif()

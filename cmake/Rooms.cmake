# karvan_room(<name> [<room>...] [PRIVATE_LIBS <lib>...] [TEST_LIBS <lib>...])
#
# One room = one static library karvan::<name> of every file in src/karvan/<name>. The rooms listed
# are the only ones it may include; they are linked and written to house_plan.txt, which the house
# test reads. Headers, sources and unit tests lie side by side; *_test.cc become <name>_test.
#   PRIVATE_LIBS  third-party targets for the room's .cc files; never for its headers
#   TEST_LIBS     third-party targets for its tests only
# A room without files yet is on the plan but builds nothing.

set_property(GLOBAL PROPERTY KARVAN_HOUSE_PLAN "")
set_property(GLOBAL PROPERTY KARVAN_BUILT_ROOMS "")
set_property(GLOBAL PROPERTY KARVAN_HEADERS "")

# Unit tests of these rooms do not link karvan::testing, which stands on top of them.
set(KARVAN_CELLAR base geo graph des)

function(karvan_room name)
  cmake_parse_arguments(room "" "" "PRIVATE_LIBS;TEST_LIBS" ${ARGN})
  set(deps ${room_UNPARSED_ARGUMENTS})
  set_property(GLOBAL APPEND_STRING PROPERTY KARVAN_HOUSE_PLAN "${name}:${deps}\n")

  set(dir ${PROJECT_SOURCE_DIR}/src/karvan/${name})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${dir}/*.cc)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${dir}/*.h)
  if(NOT sources AND NOT headers)
    return()
  endif()
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")

  set(lib karvan_${name})
  if(sources)
    add_library(${lib} STATIC ${sources} ${headers})
    set(scope PUBLIC)
    target_link_libraries(${lib} PRIVATE ${room_PRIVATE_LIBS})
  else()
    add_library(${lib} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(karvan::${name} ALIAS ${lib})
  target_link_libraries(${lib} ${scope} karvan_options)
  foreach(dep IN LISTS deps)
    if(TARGET karvan::${dep})
      target_link_libraries(${lib} ${scope} karvan::${dep})
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY KARVAN_BUILT_ROOMS ${name})
  # A source includes its own header first (the house test sees to it), so that each compiler of
  # single files has that header alone already.
  foreach(source IN LISTS sources)
    string(REGEX REPLACE "cc$" "h" header ${source})
    list(REMOVE_ITEM headers ${header})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY KARVAN_HEADERS ${headers})

  if(tests AND KARVAN_TESTS_ON)
    set(needs karvan::${name} ${room_TEST_LIBS})
    if(NOT name IN_LIST KARVAN_CELLAR)
      # Defined later than most rooms, so looked up when the build files are written.
      list(APPEND needs $<$<TARGET_EXISTS:karvan::testing>:karvan::testing>)
    endif()
    karvan_test_program(${name}_test LABELS unit ${name} SOURCES ${tests} LIBS ${needs})
  endif()
endfunction()

# karvan_test_program(<target> SOURCES <file>... LIBS <lib>... LABELS <label>...)
# A GoogleTest program, each test known to ctest; they run in the root of the checkout, so tests
# name files from there ("data/demo/places.csv").
function(karvan_test_program target)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBS;LABELS" ${ARGN})
  add_executable(${target} ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE ${arg_LIBS} karvan_options GTest::gtest_main)
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  gtest_discover_tests(
    ${target}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 300)
endfunction()

# To be called after the last room: what stands on all of them together.
function(karvan_finish_house)
  get_property(plan GLOBAL PROPERTY KARVAN_HOUSE_PLAN)
  file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/house_plan.txt CONTENT "${plan}")

  # karvan::karvan is all rooms below the doors but testing.
  get_property(rooms GLOBAL PROPERTY KARVAN_BUILT_ROOMS)
  add_library(karvan_all INTERFACE)
  add_library(karvan::karvan ALIAS karvan_all)
  foreach(room IN LISTS rooms)
    if(NOT room STREQUAL "testing")
      target_link_libraries(karvan_all INTERFACE karvan::${room})
    endif()
  endforeach()

  # Each header without a source compiled alone once: it must not need its reader to include
  # something first.
  if(KARVAN_HEADER_CHECK)
    get_property(headers GLOBAL PROPERTY KARVAN_HEADERS)
    set(alone)
    foreach(header IN LISTS headers)
      file(RELATIVE_PATH name ${PROJECT_SOURCE_DIR}/src ${header})
      string(REPLACE "/" "." file ${name})
      set(source ${PROJECT_BINARY_DIR}/header_check/${file}.cc)
      file(GENERATE OUTPUT ${source} CONTENT "#include \"${name}\"\n")
      list(APPEND alone ${source})
    endforeach()
    add_library(header_check OBJECT ${alone})
    target_link_libraries(header_check PRIVATE karvan_options)
    target_compile_options(header_check PRIVATE -O0 -g0 -fno-sanitize=all)
    set_target_properties(header_check PROPERTIES UNITY_BUILD OFF)
  endif()
endfunction()

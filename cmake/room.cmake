# What every room of src/ is built with. A room is one target, named heddle_ROOM.

add_library(heddle_includes INTERFACE)
target_include_directories(heddle_includes INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_features(heddle_includes INTERFACE cxx_std_20)

add_library(heddle_flags INTERFACE)
target_compile_options(heddle_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror
    $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Woverloaded-virtual>)

# What firmware links too: no exceptions, no run-time types, no guarded statics.
add_library(heddle_freestanding_flags INTERFACE)
target_link_libraries(heddle_freestanding_flags INTERFACE heddle_flags)
target_compile_options(heddle_freestanding_flags INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions -fno-rtti -fno-threadsafe-statics>)

if(HEDDLE_SANITIZE)
  # Stacks that threads of Python leave by a jump would look poisoned after their return.
  add_compile_options(-fsanitize=${HEDDLE_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${HEDDLE_SANITIZE})
  if(HEDDLE_SANITIZE MATCHES "undefined")
    # Looks for run-time types, which most rooms are built without.
    add_compile_options(-fno-sanitize=vptr)
  endif()
  if(HEDDLE_SANITIZE MATCHES "address")
    add_compile_options(--param asan-use-after-return=0)
  endif()
endif()

# heddle_room(NAME sources...): the room's library. FREESTANDING: firmware compiles its sources too.
function(heddle_room name)
  cmake_parse_arguments(arg "FREESTANDING" "" "" ${ARGN})
  add_library(${name} STATIC ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PUBLIC heddle_includes)
  target_link_libraries(${name} PRIVATE $<IF:$<BOOL:${arg_FREESTANDING}>,heddle_freestanding_flags,heddle_flags>)
endfunction()

# heddle_unit_test(NAME sources... LIBS libs...): a GoogleTest program whose tests are CTest's.
function(heddle_unit_test name)
  if(NOT PROJECT_IS_TOP_LEVEL)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "LIBS" ${ARGN})
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE heddle_flags ${arg_LIBS} GTest::gtest_main)
  gtest_discover_tests(${name} TEST_PREFIX ${name}: PROPERTIES TIMEOUT 120 LABELS unit)
endfunction()

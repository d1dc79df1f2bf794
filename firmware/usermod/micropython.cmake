# The modules `mutex` and, where the port has threads, `_thread`, for ports that are built by CMake (ESP32, RP2).
# docs/firmware.md has the commands.

get_filename_component(HEDDLE_ROOT ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)
set(HEDDLE_USERMOD ${CMAKE_CURRENT_LIST_DIR}/heddle)

set(HEDDLE_SOURCES_CXX mutex_module.cpp wait.cpp events.cpp lock.cpp thread_module.cpp)
list(TRANSFORM HEDDLE_SOURCES_CXX PREPEND ${HEDDLE_ROOT}/src/mpy/)
foreach(source atomic_section one_thread threads port_thread port_threads)
  list(APPEND HEDDLE_SOURCES_CXX ${HEDDLE_USERMOD}/${source}.cpp)
endforeach()

# Only these files: another module's C++ keeps its own flags.
set_source_files_properties(${HEDDLE_SOURCES_CXX} PROPERTIES COMPILE_OPTIONS
  "-std=c++20;-fno-exceptions;-fno-rtti;-fno-threadsafe-statics;-fno-unwind-tables;-fno-asynchronous-unwind-tables")

add_library(usermod_heddle INTERFACE)
target_sources(usermod_heddle INTERFACE ${HEDDLE_SOURCES_CXX}
  ${HEDDLE_ROOT}/src/mpy/mutex_tables.c ${HEDDLE_ROOT}/src/mpy/thread_tables.c)
target_include_directories(usermod_heddle INTERFACE ${HEDDLE_USERMOD}/include ${HEDDLE_USERMOD} ${HEDDLE_ROOT}/src)
# The search's section is none of firmware's.
target_compile_definitions(usermod_heddle INTERFACE HEDDLE_STATE= HEDDLE_FUTEX=0)
target_link_options(usermod_heddle INTERFACE -Wl,--wrap=mp_call_function_1_protected)
target_link_libraries(usermod INTERFACE usermod_heddle)

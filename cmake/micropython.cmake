# MicroPython's core as the target `micropython`: sources of the dependency, none of them changed. What differs
# between its versions is dealt with here and in src/host/upstream/.

if(DEFINED ENV{MICROPYTHON_DIR})
  set(MICROPYTHON_DIR $ENV{MICROPYTHON_DIR} CACHE PATH "MicroPython's source" FORCE)
endif()
if(NOT MICROPYTHON_DIR)
  execute_process(COMMAND ${CMAKE_SOURCE_DIR}/tools/setup --print-micropython-dir
    OUTPUT_VARIABLE MICROPYTHON_DIR OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
endif()
set(MICROPY_DIR ${MICROPYTHON_DIR})
set(MICROPY_PORT_DIR ${MICROPY_DIR}/ports/unix)
set(HEDDLE_HOST_DIR ${CMAKE_SOURCE_DIR}/src/host)
set(HEDDLE_MPY_DIR ${CMAKE_SOURCE_DIR}/src/mpy)

# Static where there is a choice: each library that is loaded costs a tenth of the start-up.
find_library(FFI_LIBRARY NAMES libffi.a ffi REQUIRED)
find_library(MBEDCRYPTO_LIBRARY NAMES libmbedcrypto.a mbedcrypto REQUIRED)

include(${MICROPY_DIR}/py/py.cmake)
include(${MICROPY_DIR}/extmod/extmod.cmake)

# Replaced: by src/host/upstream/, by src/mpy/, by src/host/vm_hooks.c.
file(GLOB HEDDLE_REPLACEMENTS RELATIVE ${HEDDLE_HOST_DIR}/upstream ${HEDDLE_HOST_DIR}/upstream/*.c)
list(TRANSFORM HEDDLE_REPLACEMENTS PREPEND ${MICROPY_PY_DIR}/ OUTPUT_VARIABLE HEDDLE_REPLACED)
list(TRANSFORM HEDDLE_REPLACEMENTS PREPEND ${HEDDLE_HOST_DIR}/upstream/)
list(REMOVE_ITEM MICROPY_SOURCE_PY
  ${HEDDLE_REPLACED} ${MICROPY_PY_DIR}/modthread.c ${MICROPY_PY_DIR}/profile.c)
file(GLOB HEDDLE_EXTMOD_REPLACEMENTS RELATIVE ${HEDDLE_HOST_DIR}/upstream/extmod ${HEDDLE_HOST_DIR}/upstream/extmod/*.c)
list(TRANSFORM HEDDLE_EXTMOD_REPLACEMENTS PREPEND ${MICROPY_EXTMOD_DIR}/ OUTPUT_VARIABLE HEDDLE_EXTMOD_REPLACED)
list(TRANSFORM HEDDLE_EXTMOD_REPLACEMENTS PREPEND ${HEDDLE_HOST_DIR}/upstream/extmod/)
list(REMOVE_ITEM MICROPY_SOURCE_EXTMOD ${HEDDLE_EXTMOD_REPLACED})
# printf and abort are the C library's here.
list(FILTER MICROPY_SOURCE_EXTMOD EXCLUDE REGEX "shared/libc/")

# Not in its own list of 1.25.
list(APPEND MICROPY_SOURCE_EXTMOD ${MICROPY_DIR}/extmod/machine_pinbase.c)
list(REMOVE_DUPLICATES MICROPY_SOURCE_EXTMOD)

set(HEDDLE_UPSTREAM_SOURCES
  ${HEDDLE_REPLACEMENTS}
  ${HEDDLE_EXTMOD_REPLACEMENTS}
  ${MICROPY_PORT_DIR}/fatfs_port.c
  ${MICROPY_PORT_DIR}/modffi.c
  ${MICROPY_PORT_DIR}/modsocket.c
  ${MICROPY_PORT_DIR}/modtermios.c
  ${MICROPY_DIR}/shared/readline/readline.c
  ${MICROPY_DIR}/shared/runtime/gchelper_generic.c
  ${MICROPY_DIR}/shared/timeutils/timeutils.c
  ${MICROPY_DIR}/lib/oofatfs/ff.c
  ${MICROPY_DIR}/lib/oofatfs/ffunicode.c
  ${MICROPY_DIR}/lib/littlefs/lfs1.c
  ${MICROPY_DIR}/lib/littlefs/lfs1_util.c
  ${MICROPY_DIR}/lib/littlefs/lfs2.c
  ${MICROPY_DIR}/lib/littlefs/lfs2_util.c)

# Ours that name modules, types or strings of MicroPython.
file(GLOB HEDDLE_QSTR_SOURCES CONFIGURE_DEPENDS ${HEDDLE_MPY_DIR}/*.cpp ${HEDDLE_MPY_DIR}/*.c)
list(APPEND HEDDLE_QSTR_SOURCES ${HEDDLE_HOST_DIR}/startup.cpp)

set(MICROPY_TARGET micropython)
add_library(micropython STATIC ${MICROPY_SOURCE_PY} ${MICROPY_SOURCE_EXTMOD} ${HEDDLE_UPSTREAM_SOURCES})
set(MICROPY_QSTRDEFS_PORT ${HEDDLE_HOST_DIR}/include/qstrdefsport.h)
set(MICROPY_SOURCE_QSTR
  ${MICROPY_SOURCE_PY} ${MICROPY_SOURCE_EXTMOD} ${HEDDLE_UPSTREAM_SOURCES} ${HEDDLE_QSTR_SOURCES})

# What everything that includes MicroPython's headers is compiled with.
set(HEDDLE_MICROPYTHON_DEFINITIONS
  UNIX
  HEDDLE_VERSION="${PROJECT_VERSION}"
  FFCONF_H="lib/oofatfs/ffconf.h"
  LFS1_NO_MALLOC LFS1_NO_DEBUG LFS1_NO_WARN LFS1_NO_ERROR LFS1_NO_ASSERT
  LFS2_NO_MALLOC LFS2_NO_DEBUG LFS2_NO_WARN LFS2_NO_ERROR LFS2_NO_ASSERT
  MICROPY_MODULE_FROZEN_MPY=1
  MICROPY_PY_CRYPTOLIB=1
  MICROPY_PY_FFI=1
  MICROPY_PY_HASHLIB_MD5=1
  MICROPY_PY_HASHLIB_SHA1=1
  MICROPY_PY_SOCKET=1
  MICROPY_PY_SSL=0
  MICROPY_SSL_MBEDTLS=1
  MICROPY_PY_TERMIOS=1
  MICROPY_QSTR_EXTRA_POOL=mp_qstr_frozen_const_pool
  MICROPY_ROM_TEXT_COMPRESSION=0
  MICROPY_USE_READLINE=1
  MICROPY_VFS_FAT=1
  MICROPY_VFS_LFS1=1
  MICROPY_VFS_LFS2=1
  MPZ_DIG_SIZE=16)
if(HEDDLE_SANITIZE MATCHES "address")
  # Its longjmp is what the sanitizer understands.
  list(APPEND HEDDLE_MICROPYTHON_DEFINITIONS MICROPY_NLR_SETJMP=1)
endif()

target_include_directories(micropython PUBLIC ${HEDDLE_HOST_DIR}/include ${CMAKE_SOURCE_DIR}/src)
target_include_directories(micropython SYSTEM PUBLIC ${MICROPY_DIR} ${CMAKE_BINARY_DIR})
target_compile_definitions(micropython PUBLIC ${HEDDLE_MICROPYTHON_DEFINITIONS})
# Not ours to warn about. The interpreter's loop and its helpers gain from -O3, nothing else does noticeably.
target_compile_options(micropython PRIVATE -w -fno-strict-aliasing $<$<CONFIG:Release,RelWithDebInfo>:-O3>)
if(HEDDLE_SANITIZE MATCHES "undefined")
  # It copies nothing from null pointers, and shifts negative numbers.
  target_compile_options(micropython PRIVATE -fno-sanitize=undefined)
endif()
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  # One indirect jump an opcode, as the computed gotos say: merged, they are predicted worse.
  set_source_files_properties(${HEDDLE_HOST_DIR}/upstream/vm.c PROPERTIES
    COMPILE_OPTIONS "-fno-gcse;-fno-crossjumping")
endif()
target_link_libraries(micropython PUBLIC ${FFI_LIBRARY} ${MBEDCRYPTO_LIBRARY} m dl)

# Its macros are C: casts, flexible arrays and designators that C++ frowns on.
add_library(heddle_micropython_flags INTERFACE)
target_compile_options(heddle_micropython_flags INTERFACE
  -Wno-pedantic -Wno-conversion -Wno-shadow -Wno-unused-parameter $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-volatile>
  $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-deprecated-volatile;-Wno-extra-semi;-Wno-c99-extensions>)

include(${MICROPY_DIR}/py/mkrules.cmake)

# The generated headers notice a change of the configuration.
file(GLOB HEDDLE_CONFIG_HEADERS CONFIGURE_DEPENDS
  ${HEDDLE_HOST_DIR}/include/*.h ${HEDDLE_HOST_DIR}/upstream/*.h ${CMAKE_CURRENT_LIST_FILE})
add_custom_command(OUTPUT ${MICROPY_QSTRDEFS_LAST} APPEND DEPENDS ${HEDDLE_CONFIG_HEADERS})
add_custom_target(micropython_headers DEPENDS
  ${MICROPY_QSTRDEFS_GENERATED} ${MICROPY_MODULEDEFS} ${MICROPY_ROOT_POINTERS})
add_dependencies(micropython micropython_headers)

# The compiler of the modules that are frozen into the program: the dependency's own, built out of its tree.
set(HEDDLE_MPY_CROSS ${CMAKE_BINARY_DIR}/mpy-cross/mpy-cross)
add_custom_command(OUTPUT ${HEDDLE_MPY_CROSS}
  COMMAND make --no-print-directory -s -C ${MICROPY_DIR}/mpy-cross BUILD=${CMAKE_BINARY_DIR}/mpy-cross
    USER_C_MODULES= CFLAGS_EXTRA=-w > ${CMAKE_BINARY_DIR}/mpy-cross.log
  COMMENT "Building mpy-cross" VERBATIM)

file(GLOB HEDDLE_FROZEN_SOURCES CONFIGURE_DEPENDS
  ${HEDDLE_HOST_DIR}/python/*.py ${MICROPY_DIR}/extmod/asyncio/*.py
  ${MICROPY_DIR}/lib/micropython-lib/*/mip/mip/*.py ${MICROPY_DIR}/lib/micropython-lib/*/requests/requests/*.py)
set(HEDDLE_FROZEN_CONTENT ${CMAKE_BINARY_DIR}/frozen_content.c)
add_custom_command(OUTPUT ${HEDDLE_FROZEN_CONTENT}
  # Otherwise makemanifest.py takes it for current when only names have changed.
  COMMAND ${CMAKE_COMMAND} -E rm -f ${HEDDLE_FROZEN_CONTENT}
  COMMAND ${CMAKE_COMMAND} -E env MICROPY_MPYCROSS=${HEDDLE_MPY_CROSS}
    ${Python3_EXECUTABLE} ${MICROPY_DIR}/tools/makemanifest.py -o ${HEDDLE_FROZEN_CONTENT}
    -v MPY_DIR=${MICROPY_DIR} -v MPY_LIB_DIR=${MICROPY_DIR}/lib/micropython-lib -v PORT_DIR=${HEDDLE_HOST_DIR} -b ${CMAKE_BINARY_DIR}
    --mpy-tool-flags= ${HEDDLE_HOST_DIR}/python/manifest.py
  DEPENDS ${HEDDLE_MPY_CROSS} ${HEDDLE_FROZEN_SOURCES} ${HEDDLE_HOST_DIR}/python/manifest.py
    ${MICROPY_QSTRDEFS_GENERATED}
  COMMENT "Freezing Python modules" VERBATIM)
target_sources(micropython PRIVATE ${HEDDLE_FROZEN_CONTENT})

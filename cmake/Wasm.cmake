# Toolchain: the engine as WebAssembly for WASI, by Debian's clang with its wasm32 libraries
# (.ci/setup wasm). Their number moves with security updates; the newest that is complete is taken.
# Decision 0013 says why this toolchain.

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

foreach(version 23 22 21 20 19)
  set(root /usr/lib/llvm-${version})
  if(EXISTS ${root}/bin/clang++
     AND EXISTS ${root}/bin/wasm-ld
     AND EXISTS ${root}/lib/wasm32-wasi/libc++.a)
    set(CMAKE_CXX_COMPILER ${root}/bin/clang++)
    break()
  endif()
endforeach()
if(NOT CMAKE_CXX_COMPILER)
  message(FATAL_ERROR "No clang from 19 to 23 with libraries for wasm32: run .ci/setup wasm")
endif()

set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
# Newer clang calls the target wasm32-wasip1; the libraries lie under the older name.
set(CMAKE_CXX_FLAGS_INIT
    "-Wno-deprecated -fno-exceptions -fno-rtti -isystem ${CMAKE_CURRENT_LIST_DIR}/wasm")
# The default stack of 64 kB is too small for the readers, and overflowing it would overwrite data
# unnoticed: below the data it traps.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-Wl,-z,stack-size=1048576 -Wl,--stack-first -Wl,--strip-all")
set(CMAKE_EXECUTABLE_SUFFIX .wasm)

# The libraries that the engine rooms use (TOML, fast_float) are headers, the same for every target.
set(CMAKE_SYSTEM_PREFIX_PATH /usr)

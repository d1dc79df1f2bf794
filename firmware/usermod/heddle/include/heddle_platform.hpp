// The platform that the Python types are built for: any MicroPython port.
#pragma once

extern "C" {
#include "py/mpconfig.h"
}

#if !MICROPY_PY_THREAD
#include "platform_one_thread.hpp"
#elif HEDDLE_FUTEX
#include "platform_linux.hpp"
#else
#include "platform_threads.hpp"
#endif

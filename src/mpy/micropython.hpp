// MicroPython's headers, for C++. The only way in which this room and host/ include them.
#pragma once

extern "C" {
#include "py/mpconfig.h"
// After mpconfig.h.
#include "py/builtin.h"
#include "py/gc.h"
#include "py/mperrno.h"
#include "py/mphal.h"
#include "py/mpthread.h"
#include "py/obj.h"
#include "py/objexcept.h"
#include "py/runtime.h"
// After all of them.
#include "mpy/versions.h"
}

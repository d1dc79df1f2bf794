// What is behind platform_one_thread.hpp.
#include "mpy/micropython.hpp"

#if !MICROPY_PY_THREAD

// port_thread.cpp has the use of it, and a makefile does not know whether a port has threads.
extern "C" mp_obj_t __real_mp_call_function_1_protected(mp_obj_t function, mp_obj_t argument);
extern "C" mp_obj_t __wrap_mp_call_function_1_protected(mp_obj_t function, mp_obj_t argument) {
    return __real_mp_call_function_1_protected(function, argument);
}

#endif  // !MICROPY_PY_THREAD

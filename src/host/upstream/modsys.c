// py/modsys.c without sys.settrace: its hooks belong to the scheduler.
#include "py/mpconfig.h"
#include "py/runtime.h"
#undef MICROPY_PY_SYS_SETTRACE
#define MICROPY_PY_SYS_SETTRACE (0)

#include "py/modsys.c"

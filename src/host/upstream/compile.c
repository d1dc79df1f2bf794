// py/compile.c that optimises constants as it does without tracing.
#include "py/compile.h"
#include "py/emit.h"
#include "py/mpconfig.h"
#include "py/runtime.h"
#undef MICROPY_PY_SYS_SETTRACE
#define MICROPY_PY_SYS_SETTRACE (0)

#include "py/compile.c"

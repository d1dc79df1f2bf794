// extmod/modrandom.c whose state a search takes back with the program's.
#include <stdint.h>

#include "base/state.h"

#ifndef NO_QSTR
// What follows in the included file only adds the first values.
HEDDLE_STATE static uint32_t yasmarang_pad, yasmarang_n, yasmarang_d;
HEDDLE_STATE static uint8_t yasmarang_dat;
#endif

#include "extmod/modrandom.c"

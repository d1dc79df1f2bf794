// The module `machine` of the images.
#pragma once

#include "py/obj.h"

// At the import: room for handlers. Raises MemoryError.
mp_obj_t heddle_machine_init(void);

// Raises SystemExit: the board starts again with the script.
mp_obj_t heddle_machine_soft_reset(void);

// py/compile.c that looks at the stack's limit wherever it goes one level deeper.
#include "py/cstack.h"
#include "py/mpconfig.h"
#include "py/parse.h"

#undef MP_PARSE_NODE_STRUCT_KIND
#define MP_PARSE_NODE_STRUCT_KIND(node) (mp_cstack_check(), (node)->kind_num_nodes & 0xff)

#include "py/compile.c"

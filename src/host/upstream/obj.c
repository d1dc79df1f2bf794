// py/obj.c with a print of lists, dicts and sets that works on a copy: writing, and a __repr__ in Python, let
// other threads run, who may change the container under the print's hands.
#include <string.h>

#include "host/upstream/hold.h"
#include "py/gc.h"
#include "py/mpconfig.h"
#include "py/obj.h"
#include "py/objlist.h"
#include "py/runtime.h"

// A macro with arguments: it renames the definition, and leaves other files' calls to the function below.
void heddle_print_as_it_is(const mp_print_t* print, mp_obj_t object, mp_print_kind_t kind);
#define mp_obj_print_helper(print, object, kind) heddle_print_as_it_is(print, object, kind)
#include "py/obj.c"
#undef mp_obj_print_helper

// As in objset.c, which keeps it to itself.
typedef struct _set_object_t {
    mp_obj_base_t base;
    mp_set_t set;
} set_object_t;

typedef union _container_t {
    mp_obj_base_t base;
    mp_obj_list_t list;
    mp_obj_dict_t dict;
    set_object_t set;
} container_t;

static void** memory_of(container_t* container, size_t* bytes) {
    const mp_obj_type_t* type = container->base.type;
    if (type == &mp_type_list) {
        *bytes = container->list.len * sizeof(mp_obj_t);
        return (void**)&container->list.items;
    }
    if (type == &mp_type_set) {
        *bytes = container->set.set.alloc * sizeof(mp_obj_t);
        return (void**)&container->set.set.table;
    }
    *bytes = container->dict.map.alloc * sizeof(mp_map_elem_t);
    return (void**)&container->dict.map.table;
}

static size_t size_of(const mp_obj_type_t* type) {
    if (type == &mp_type_list) {
        return sizeof(mp_obj_list_t);
    }
    if (type == &mp_type_set) {
        return sizeof(set_object_t);
    }
    return type == &mp_type_dict || type == &mp_type_ordereddict ? sizeof(mp_obj_dict_t) : 0;
}

static void print_held(const mp_print_t* print, mp_obj_t object, mp_print_kind_t kind) {
    nlr_jump_callback_node_t node;
    heddle_hold_begin(&node);
    heddle_print_as_it_is(print, object, kind);
    heddle_hold_end();
}

void mp_obj_print_helper(const mp_print_t* print, mp_obj_t object, mp_print_kind_t kind) {
    size_t size = mp_obj_is_obj(object) ? size_of(mp_obj_get_type(object)) : 0;
    if (size == 0) {
        heddle_print_as_it_is(print, object, kind);
        return;
    }
    container_t copy;
    memcpy(&copy, MP_OBJ_TO_PTR(object), size);
    size_t bytes;
    void** memory = memory_of(&copy, &bytes);
    void* own = bytes == 0 ? NULL : m_malloc_maybe(bytes);
    if (own == NULL) {
        print_held(print, object, kind);
        return;
    }
    memcpy(own, *memory, bytes);
    *memory = own;
    heddle_print_as_it_is(print, MP_OBJ_FROM_PTR(&copy), kind);
}

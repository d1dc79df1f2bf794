// py/objlist.c with a sort() that calls Python on a list of its own: the sort holds pointers into the list,
// which another thread, or the key function itself, may change meanwhile.
#include <string.h>

#include "py/mpconfig.h"
#include "py/objlist.h"
#include "py/objtype.h"
#include "py/runtime.h"

// A macro with arguments: it renames the definition, and leaves the table's entry to the function below.
#define mp_obj_list_sort(n_args, pos_args, kw_args) heddle_sort_in_place(n_args, pos_args, kw_args)
mp_obj_t heddle_sort_in_place(size_t n_args, const mp_obj_t* pos_args, mp_map_t* kw_args);
#include "py/objlist.c"
#undef mp_obj_list_sort

static bool calls_python(const mp_obj_list_t* list, mp_map_t* keywords) {
    mp_map_elem_t* key = mp_map_lookup(keywords, MP_OBJ_NEW_QSTR(MP_QSTR_key), MP_MAP_LOOKUP);
    if (key != NULL && key->value != mp_const_none) {
        return true;
    }
    for (size_t i = 0; i < list->len; ++i) {
        if (mp_obj_is_instance_type(mp_obj_get_type(list->items[i]))) {
            return true;
        }
    }
    return false;
}

mp_obj_t mp_obj_list_sort(size_t n_args, const mp_obj_t* args, mp_map_t* keywords) {
    mp_check_self(mp_obj_is_type(args[0], &mp_type_list));
    mp_obj_list_t* list = MP_OBJ_TO_PTR(args[0]);
    if (list->len < 2 || !calls_python(list, keywords)) {
        return heddle_sort_in_place(n_args, args, keywords);
    }
    mp_obj_t copy_args[] = {mp_obj_new_list(list->len, list->items)};
    if (n_args != 1) {
        mp_arg_check_num(n_args, 0, 1, 1, false);
    }
    heddle_sort_in_place(1, copy_args, keywords);
    mp_obj_list_t* copy = MP_OBJ_TO_PTR(copy_args[0]);
    if (copy->len != list->len) {
        mp_raise_ValueError(MP_ERROR_TEXT("list modified during sort"));
    }
    memcpy(list->items, copy->items, list->len * sizeof(mp_obj_t));
    return mp_const_none;
}

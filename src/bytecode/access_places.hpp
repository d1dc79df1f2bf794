// How accesses to containers, attributes and iterators are listed. Only bytecode/access*.cpp include this.
//
// All of these add to `out`, and take MP_OBJ_NULL and objects that cannot change for what touches nothing.
#pragma once

#include "bytecode/accesses.hpp"

namespace heddle::bytecode {

// ---- containers

void read_item(Accesses& out, mp_obj_t container, mp_obj_t key) noexcept;
/// An item that is there is written; one that is not is inserted.
void write_item(Accesses& out, mp_obj_t container, mp_obj_t key) noexcept;
/// Removed, if it is there.
void delete_item(Accesses& out, mp_obj_t container, mp_obj_t key) noexcept;
[[nodiscard]] bool has_key(mp_obj_t container, mp_obj_t key) noexcept;

void read_length(Accesses& out, mp_obj_t container) noexcept;
void read_all(Accesses& out, mp_obj_t container) noexcept;
/// And all that its items hold, as printing and comparing do.
void read_deep(Accesses& out, mp_obj_t container) noexcept;
/// Its items may go, come and move; none comes but as insert_each() says.
void write_all(Accesses& out, mp_obj_t container) noexcept;
/// All items of a buffer are written where they are.
void overwrite(Accesses& out, mp_obj_t buffer) noexcept;
/// One at the end.
void append(Accesses& out, mp_obj_t container) noexcept;
/// Each of `iterable` comes into the set or dict.
void insert_each(Accesses& out, mp_obj_t container, mp_obj_t iterable) noexcept;

// ---- dicts that are namespaces

void read_name(Accesses& out, const mp_obj_dict_t& names, qstr name) noexcept;
void write_name(Accesses& out, const mp_obj_dict_t& names, qstr name) noexcept;
void delete_name(Accesses& out, const mp_obj_dict_t& names, qstr name) noexcept;

// ---- attributes

void load_attribute(Accesses& out, mp_obj_t object, qstr name) noexcept;
void store_attribute(Accesses& out, mp_obj_t object, qstr name) noexcept;
void delete_attribute(Accesses& out, mp_obj_t object, qstr name) noexcept;
/// Around __setattr__ and properties, as object.__setattr__ does.
void store_member(Accesses& out, mp_obj_t instance, qstr name) noexcept;
void delete_member(Accesses& out, mp_obj_t instance, qstr name) noexcept;
void read_attribute_names(Accesses& out, mp_obj_t object) noexcept;
/// What a lookup in the class and its bases reads. The member, MP_OBJ_NULL if there is none.
mp_obj_t read_class(Accesses& out, const mp_obj_type_t* type, qstr name) noexcept;
/// The same, beginning with the bases.
void read_bases(Accesses& out, const mp_obj_type_t* type, qstr name) noexcept;

/// Of the instance or class `owner`.
void touch_member(Accesses& out, Mode mode, const void* owner, mp_obj_t name, bool changes_shape) noexcept;
void read_member_names(Accesses& out, const void* owner) noexcept;

// ---- iterators

/// One step of an iterator. `is_private`: it lies on the interpreter's stack.
void next_of(Accesses& out, mp_obj_t iterator, bool is_private) noexcept;
/// All that there is in a container or an iterator.
void consume(Accesses& out, mp_obj_t iterable) noexcept;

// ---- others

void touch_state(Accesses& out, Mode mode, PlaceKind kind, mp_obj_t object) noexcept;
/// Output, board and so on: what there is one of.
void touch(Accesses& out, Mode mode, PlaceKind kind) noexcept;
/// See Access::object.
void change_board(Accesses& out, const void* device) noexcept;
/// What an opcode touches that nobody can tell.
[[nodiscard]] Access access_of_anything() noexcept;
void touch_cell(Accesses& out, Mode mode, mp_obj_t cell) noexcept;

/// The name that a string is, without making one; MP_QSTRnull if no name is spelled like it.
[[nodiscard]] qstr name_in(mp_obj_t string) noexcept;

}  // namespace heddle::bytecode

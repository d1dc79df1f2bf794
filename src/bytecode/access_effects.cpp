#include "bytecode/access_effects.hpp"

#include "bytecode/access_objects.hpp"

extern "C" {
#include "extmod/vfs_posix.h"
#include "mpy/heddle_module.h"

extern struct _mp_obj_vfs_posix_file_t mp_sys_stdout_obj;
extern struct _mp_obj_vfs_posix_file_t mp_sys_stderr_obj;
}

namespace heddle::bytecode::effects {

void nothing(Accesses&, const Arguments&) noexcept {}

void anything(Accesses& out, const Arguments&) noexcept { out.unknown = true; }

// ---- arguments as they are

void consumes(Accesses& out, const Arguments& arguments) noexcept {
    for (std::size_t i = 0; i < arguments.count; ++i) {
        consume(out, arguments.positional[i]);
    }
    for (std::size_t i = 0; i < arguments.keyword_count; ++i) {
        consume(out, arguments.keywords[2 * i + 1]);
    }
}

void reads_deep(Accesses& out, const Arguments& arguments) noexcept {
    for (std::size_t i = 0; i < arguments.count; ++i) {
        consume(out, arguments.positional[i]);
        read_deep(out, arguments.positional[i]);
    }
    for (std::size_t i = 0; i < arguments.keyword_count; ++i) {
        read_deep(out, arguments.keywords[2 * i + 1]);
    }
}

void prints(Accesses& out, const Arguments& arguments) noexcept {
    const mp_obj_t file = arguments.keyword(MP_QSTR_file);
    if (file == MP_OBJ_NULL) {
        touch(out, Mode::write, PlaceKind::output);
    } else {
        touch_state(out, Mode::write, PlaceKind::state, file);
    }
    for (std::size_t i = 0; i < arguments.count; ++i) {
        read_deep(out, arguments.positional[i]);
    }
}

void reads_length(Accesses& out, const Arguments& arguments) noexcept { read_length(out, arguments[0]); }

void steps(Accesses& out, const Arguments& arguments) noexcept { next_of(out, arguments[0], false); }

// ---- attributes by name

namespace {

using ByName = void (*)(Accesses&, mp_obj_t, qstr) noexcept;

// A string that is nobody's name yet: no object has such an attribute.
template <bool sets>
void use_new_name(Accesses& out, const Arguments& arguments) noexcept {
    const mp_obj_t object = arguments[0];
    if (arguments.count < 2 || !mp_obj_is_str(arguments[1]) || !mp_obj_is_obj(object)) {
        return;  // raises TypeError
    }
    if (mp_obj_is_type(object, &mp_type_module)) {
        out.unknown = true;
        return;
    }
    touch_member(out, sets ? Mode::write : Mode::read, MP_OBJ_TO_PTR(object), arguments[1], sets);
}

template <ByName access, bool sets>
void by_name(Accesses& out, const Arguments& arguments) noexcept {
    const qstr name = name_in(arguments[1]);
    if (name == MP_QSTRnull) {
        use_new_name<sets>(out, arguments);
    } else {
        access(out, arguments[0], name);
    }
}

}  // namespace

void gets_attribute(Accesses& out, const Arguments& arguments) noexcept {
    by_name<load_attribute, false>(out, arguments);
}

void sets_attribute(Accesses& out, const Arguments& arguments) noexcept {
    by_name<store_attribute, true>(out, arguments);
}

void deletes_attribute(Accesses& out, const Arguments& arguments) noexcept {
    by_name<delete_attribute, false>(out, arguments);
}

void sets_member(Accesses& out, const Arguments& arguments) noexcept {
    by_name<store_member, true>(out, arguments);
}

void deletes_member(Accesses& out, const Arguments& arguments) noexcept {
    by_name<delete_member, false>(out, arguments);
}

void lists_names(Accesses& out, const Arguments& arguments) noexcept {
    if (arguments.count == 0) {
        read_all(out, MP_OBJ_FROM_PTR(mp_locals_get()));
    } else {
        read_attribute_names(out, arguments[0]);
    }
}

// ---- containers

void appends(Accesses& out, const Arguments& arguments) noexcept { append(out, arguments[0]); }

void extends(Accesses& out, const Arguments& arguments) noexcept {
    append(out, arguments[0]);
    consume(out, arguments[1]);
}

void rewrites(Accesses& out, const Arguments& arguments) noexcept { write_all(out, arguments[0]); }

void rewrites_with(Accesses& out, const Arguments& arguments) noexcept {
    write_all(out, arguments[0]);
    for (std::size_t i = 1; i < arguments.count; ++i) {
        consume(out, arguments.positional[i]);
    }
}

// The last item moves no other one.
void pops_from_list(Accesses& out, const Arguments& arguments) noexcept {
    if (arguments.count == 1) {
        append(out, arguments[0]);
    } else {
        write_all(out, arguments[0]);
    }
}

void reads_self(Accesses& out, const Arguments& arguments) noexcept { read_all(out, arguments[0]); }

void searches(Accesses& out, const Arguments& arguments) noexcept {
    read_deep(out, arguments[0]);
    read_deep(out, arguments[1]);
}

void gets_item(Accesses& out, const Arguments& arguments) noexcept {
    read_item(out, arguments[0], arguments[1]);
}

void sets_item(Accesses& out, const Arguments& arguments) noexcept {
    write_item(out, arguments[0], arguments[1]);
}

void deletes_item(Accesses& out, const Arguments& arguments) noexcept {
    delete_item(out, arguments[0], arguments[1]);
}

void contains(Accesses& out, const Arguments& arguments) noexcept {
    const Family family = container_of(arguments[0]).family;
    if (family == Family::map || family == Family::set) {
        gets_item(out, arguments);
    } else {
        searches(out, arguments);
    }
}

void inserts_missing(Accesses& out, const Arguments& arguments) noexcept {
    if (has_key(arguments[0], arguments[1])) {
        gets_item(out, arguments);
    } else {
        sets_item(out, arguments);
    }
}

void inserts_from(Accesses& out, const Arguments& arguments) noexcept {
    for (std::size_t i = 1; i < arguments.count; ++i) {
        insert_each(out, arguments[0], arguments.positional[i]);
    }
    for (std::size_t i = 0; i < arguments.keyword_count; ++i) {
        write_item(out, arguments[0], arguments.keywords[2 * i]);
    }
}

namespace {

mp_obj_t first_of(mp_obj_t pair) noexcept {
    if (!mp_obj_is_type(pair, &mp_type_tuple) && !mp_obj_is_type(pair, &mp_type_list)) {
        return MP_OBJ_NULL;
    }
    std::size_t count = 0;
    mp_obj_t* items = nullptr;
    mp_obj_get_array(pair, &count, &items);
    return count == 0 ? MP_OBJ_NULL : items[0];
}

void insert_pairs(Accesses& out, mp_obj_t dict, mp_obj_t pairs) noexcept {
    consume(out, pairs);
    out.varies = true;
    if (!mp_obj_is_type(pairs, &mp_type_tuple) && !mp_obj_is_type(pairs, &mp_type_list)) {
        out.unknown = true;
        return;
    }
    std::size_t count = 0;
    mp_obj_t* items = nullptr;
    mp_obj_get_array(pairs, &count, &items);
    for (std::size_t i = 0; i < count && !out.unknown; ++i) {
        const mp_obj_t key = first_of(items[i]);
        if (key == MP_OBJ_NULL) {
            out.unknown = true;
        } else {
            write_item(out, dict, key);
        }
    }
}

}  // namespace

void updates_dict(Accesses& out, const Arguments& arguments) noexcept {
    const bool has_pairs = arguments.count > 1 && container_of(arguments[1]).family != Family::map;
    if (has_pairs) {
        insert_pairs(out, arguments[0], arguments[1]);
    }
    inserts_from(out, {arguments.positional, has_pairs ? 1 : arguments.count, arguments.keywords,
                       arguments.keyword_count});
}

void toggles_items(Accesses& out, const Arguments& arguments) noexcept {
    write_all(out, arguments[0]);
    inserts_from(out, arguments);
}

// ---- objects without parts

void changes_self(Accesses& out, const Arguments& arguments) noexcept {
    if (arguments.count == 0 || !mp_obj_is_obj(arguments[0])) {
        return;
    }
    touch_state(out, Mode::write, PlaceKind::state, arguments[0]);
    for (std::size_t i = 1; i < arguments.count; ++i) {
        consume(out, arguments.positional[i]);
    }
}

void asks_self(Accesses& out, const Arguments& arguments) noexcept {
    touch_state(out, Mode::read, PlaceKind::state, arguments[0]);
}

// ---- streams: in memory, the terminal, files

namespace {

void touch_stream(Accesses& out, mp_obj_t stream) noexcept {
    if (stream == MP_OBJ_NULL || !mp_obj_is_obj(stream)) {
        return;
    }
    const mp_obj_type_t* type = mp_obj_get_type(stream);
    if (type == &mp_type_stringio || type == &mp_type_bytesio || type->name == MP_QSTR_RingIO) {
        touch_state(out, Mode::write, PlaceKind::state, stream);
    } else if (stream == MP_OBJ_FROM_PTR(&mp_sys_stdout_obj) ||
               stream == MP_OBJ_FROM_PTR(&mp_sys_stderr_obj)) {
        touch(out, Mode::write, PlaceKind::output);
    } else {
        touch_state(out, Mode::write, PlaceKind::state, stream);
        touch(out, Mode::write, PlaceKind::outside);
    }
}

}  // namespace

void uses_stream(Accesses& out, const Arguments& arguments) noexcept {
    touch_stream(out, arguments[0]);
    read_all(out, arguments[1]);
}

void reads_into(Accesses& out, const Arguments& arguments) noexcept {
    touch_stream(out, arguments[0]);
    overwrite(out, arguments[1]);
}

void dumps_to_stream(Accesses& out, const Arguments& arguments) noexcept {
    read_deep(out, arguments[0]);
    touch_stream(out, arguments[1]);
}

// ---- buffers

void packs_into(Accesses& out, const Arguments& arguments) noexcept {
    overwrite(out, arguments[1]);
    for (std::size_t i = 2; i < arguments.count; ++i) {
        read_all(out, arguments.positional[i]);
    }
}

// ---- random numbers, times

void draws_from(Accesses& out, const Arguments& arguments) noexcept {
    touch(out, Mode::write, PlaceKind::random);
    read_all(out, arguments[0]);
}

void tells_time_unless_given(Accesses& out, const Arguments& arguments) noexcept {
    if (arguments.count == 0) {
        touch(out, Mode::read, PlaceKind::clock);
    }
}

void passes_time(Accesses& out, const Arguments&) noexcept { touch(out, Mode::look, PlaceKind::clock); }

// ---- threads and locks

namespace {

bool is_false(mp_obj_t object) noexcept {
    return object == mp_const_false || object == MP_OBJ_NEW_SMALL_INT(0);
}

mp_obj_t either(mp_obj_t one, mp_obj_t other) noexcept { return one == MP_OBJ_NULL ? other : one; }

/// What is no number of seconds raises, and so waits no more than a try.
Mode mode_of_wait(mp_obj_t timeout) noexcept {
    if (timeout == MP_OBJ_NULL) {
        return Mode::acquire;
    }
    const bool is_number = mp_obj_is_small_int(timeout) || mp_obj_is_float(timeout);
    const mp_float_t seconds = is_number ? mp_obj_get_float(timeout) : 0;
    return seconds < 0 ? Mode::acquire : seconds > 0 ? Mode::acquire_for : Mode::try_acquire;
}

}  // namespace

void acquires(Accesses& out, const Arguments& arguments) noexcept {
    const mp_obj_t flag = either(
        arguments[1], either(arguments.keyword(MP_QSTR_waitflag), arguments.keyword(MP_QSTR_blocking)));
    const mp_obj_t timeout = either(arguments[2], arguments.keyword(MP_QSTR_timeout));
    const Mode mode = is_false(flag) ? Mode::try_acquire : mode_of_wait(timeout);
    touch_state(out, mode, PlaceKind::lock, arguments[0]);
    if (mode == Mode::acquire_for && out.count != 0) {
        out.list[out.count - 1].key = timeout;
    }
}

void starts_thread(Accesses& out, const Arguments& arguments) noexcept {
    touch(out, Mode::start, PlaceKind::thread);
    consume(out, arguments[1]);
    consume(out, arguments[2]);
}

// ---- pins: one object each, on boards that have machine.Pin

void changes_board(Accesses& out, const Arguments& arguments) noexcept {
    const mp_obj_t self = arguments[0];
    change_board(out, self != MP_OBJ_NULL && mp_obj_is_obj(self) ? MP_OBJ_TO_PTR(self) : nullptr);
}

// One that has a number may have been made before.
void makes_timer(Accesses& out, const Arguments& arguments) noexcept {
    const bool is_new = arguments.count == 0 || arguments[0] == MP_OBJ_NEW_SMALL_INT(-1);
    change_board(out, is_new ? MP_OBJ_TO_PTR(mp_const_none) : nullptr);
}

void asks_board(Accesses& out, const Arguments& arguments) noexcept {
    if (arguments.count == 1) {
        touch(out, Mode::read, PlaceKind::board);
    } else {
        changes_board(out, arguments);
    }
}

void times_pulse(Accesses& out, const Arguments& arguments) noexcept {
    touch(out, Mode::read, PlaceKind::clock);
    touch_state(out, Mode::read, PlaceKind::pin, arguments[0]);
}

void uses_pin(Accesses& out, const Arguments& arguments) noexcept {
    const Mode mode = arguments.count == 1 ? Mode::read : Mode::write;
    touch_state(out, mode, PlaceKind::pin, arguments[0]);
}

void drives_pin(Accesses& out, const Arguments& arguments) noexcept {
    touch_state(out, Mode::write, PlaceKind::pin, arguments[0]);
}

namespace {

// Switches and light-emitting diodes are pins too.
void touch_line(Accesses& out, Mode mode, const Arguments& arguments) noexcept {
    const mp_obj_t pin = heddle_pin_of_line(arguments[0]);
    if (pin == MP_OBJ_NULL) {
        return anything(out, arguments);
    }
    touch_state(out, mode, PlaceKind::pin, pin);
    touch(out, mode, PlaceKind::board);
}

}  // namespace

void uses_line(Accesses& out, const Arguments& arguments) noexcept {
    touch_line(out, arguments.count == 1 ? Mode::read : Mode::write, arguments);
}

void drives_line(Accesses& out, const Arguments& arguments) noexcept {
    touch_line(out, Mode::write, arguments);
}

void sets_pin_up(Accesses& out, const Arguments& arguments) noexcept {
    drives_pin(out, arguments);
    changes_board(out, arguments);
}

}  // namespace heddle::bytecode::effects

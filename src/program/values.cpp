#include "program/values.hpp"

#include <algorithm>
#include <cstring>

#include "bytecode/access_keys.hpp"
#include "bytecode/access_objects.hpp"
#include "bytecode/instructions.hpp"
#include "bytecode/upstream_layouts.hpp"
#include "mpy/devices.hpp"

extern "C" {
#include "mpy/mutex_module.h"
#include "mpy/pin_argument.h"
#include "mpy/thread_module.h"

#include "py/bc.h"
#include "py/binary.h"
#include "py/objarray.h"
#include "py/objfun.h"
#include "py/objlist.h"
#include "py/objtype.h"
}

namespace heddle::program {
namespace {

// Of a container; a larger one takes longer to compare than a turn of a loop is worth.
constexpr std::size_t kMostItems = 1024;

using Number = std::optional<std::uint64_t>;

Number number_of_values(const mp_obj_t* values, std::size_t count) noexcept {
    if (count > kMostItems) {
        return {};
    }
    std::uint64_t number = count;
    for (std::size_t i = 0; i < count; ++i) {
        number = bytecode::mix(number + number_of_value(values[i]));
    }
    return number;
}

Number number_of_map(const mp_map_t& map) noexcept {
    return number_of_values(reinterpret_cast<const mp_obj_t*>(map.table), map.alloc * 2);
}

Number number_of_buffer(mp_obj_t object) noexcept {
    const auto* array = static_cast<const mp_obj_array_t*>(MP_OBJ_TO_PTR(object));
    if (array->base.type == &mp_type_memoryview || array->len > kMostItems) {
        return {};
    }
    const std::size_t size =
        array->len * mp_binary_get_size('@', static_cast<char>(array->typecode), nullptr);
    std::uint64_t number = size;
    for (std::size_t i = 0; i < size; ++i) {
        number = bytecode::mix(number + static_cast<const byte*>(array->items)[i]);
    }
    return number;
}

Number number_of_class(const mp_obj_type_t& type) noexcept {
    return MP_OBJ_TYPE_HAS_SLOT(&type, locals_dict)
               ? number_of_map(
                     static_cast<const mp_obj_dict_t*>(MP_OBJ_TYPE_GET_SLOT(&type, locals_dict))->map)
               : Number{};
}

Number number_of_object(mp_obj_t object) noexcept {
    if (mp_obj_is_type(object, &mp_type_type)) {
        return number_of_class(*static_cast<const mp_obj_type_t*>(MP_OBJ_TO_PTR(object)));
    }
    if (mp_obj_is_instance_type(mp_obj_get_type(object)) && bytecode::native_part(object) == MP_OBJ_NULL) {
        return number_of_map(static_cast<const mp_obj_instance_t*>(MP_OBJ_TO_PTR(object))->members);
    }
    const bytecode::Container container = bytecode::container_of(object);
    switch (container.family) {
        case bytecode::Family::list: {
            const auto* list = static_cast<const mp_obj_list_t*>(MP_OBJ_TO_PTR(container.object));
            return number_of_values(list->items, list->len);
        }
        case bytecode::Family::map:
            return number_of_map(bytecode::map_of(container.object));
        case bytecode::Family::set:
            return number_of_values(bytecode::set_of(container.object).table,
                                    bytecode::set_of(container.object).alloc);
        case bytecode::Family::buffer:
            return number_of_buffer(container.object);
        case bytecode::Family::opaque:
        case bytecode::Family::none:
            break;
    }
    return {};
}

std::uint64_t number_of_lock(mp_obj_t lock) noexcept {
    return mp_obj_is_type(lock, &heddle_lock_type) ? heddle_lock_is_taken(lock) : heddle_mutex_is_taken(lock);
}

Number number_of_ring(const ringbuf_t& ring) noexcept {
    std::uint64_t number = bytecode::mix(ring.iget);
    for (std::size_t i = ring.iget; i != ring.iput; i = i + 1u == ring.size ? 0 : i + 1u) {
        number = bytecode::mix(number + ring.buf[i]);
    }
    return bytecode::mix(number + ring.iput);
}

// Under what it yielded last, which is gone when it goes on.
std::uint64_t number_of_generator(const bytecode::Generator& generator) noexcept {
    if (generator.code.ip == nullptr) {
        return 0;
    }
    const std::uint64_t place = bytecode::mix(reinterpret_cast<std::uintptr_t>(generator.code.ip));
    return bytecode::mix(place + reinterpret_cast<std::uintptr_t>(generator.pending_exception)) +
           number_of_frame(&generator.code, generator.code.sp - 1);
}

Number number_of_state(mp_obj_t object) noexcept {
    if (mp_obj_is_type(object, &mp_type_gen_instance)) {
        return number_of_generator(*static_cast<const bytecode::Generator*>(MP_OBJ_TO_PTR(object)));
    }
    if (bytecode::is_ring(object)) {
        return number_of_ring(static_cast<const bytecode::RingIo*>(MP_OBJ_TO_PTR(object))->bytes);
    }
    if (!bytecode::is_deque(object)) {
        return {};
    }
    const auto& deque = *static_cast<const bytecode::Deque*>(MP_OBJ_TO_PTR(object));
    const Number items = number_of_values(deque.items, deque.places);
    return items ? Number{bytecode::mix(bytecode::mix(*items + deque.first) + deque.end)} : Number{};
}

Number number_of_pin(mp_obj_t object) noexcept {
    if (mp_obj_get_type(object)->name != MP_QSTR_Pin) {
        return {};
    }
    const devices::PinId pin = heddle_pin_of(object);
    const auto mode = static_cast<std::uint64_t>(devices::pin_mode(pin));
    const auto pull = static_cast<std::uint64_t>(devices::pin_pull(pin));
    return (mode << 16 | pull << 8) + (devices::read_pin(pin) ? 1 : 0);
}

}  // namespace

std::uint64_t number_of_value(mp_obj_t value) noexcept {
    if (value == MP_OBJ_NULL || value == MP_OBJ_SENTINEL) {
        return 0;
    }
    const bytecode::KeyNumber number = bytecode::number_of_key(value);
    return number.known ? number.number : bytecode::mix(reinterpret_cast<std::uintptr_t>(value));
}

std::uint64_t number_of_frame(const mp_code_state_t* code, const mp_obj_t* sp) noexcept {
    std::uint64_t number = 0;
    const auto add = [&number](mp_obj_t value) { number = bytecode::mix(number + number_of_value(value)); };
    // The stack grows up from the beginning; locals stand at the end. On the stack there may be iterators of
    // loops around this one, whose parts are no objects.
    const mp_obj_t* state = code->state;
    for (const mp_obj_t* value = state; value <= sp; ++value) {
        number = bytecode::mix(number + reinterpret_cast<std::uintptr_t>(*value));
    }
    // Between both is what was on the stack once.
    const std::size_t locals = bytecode::locals_used(bytecode::first_instruction(code->fun_bc->bytecode));
    for (std::size_t i = 0; i < std::min<std::size_t>(locals, 64); ++i) {
        add(state[code->n_state - 1 - i]);
    }
    return number;
}

std::optional<std::uint64_t> number_of_content(const Access& access) noexcept {
    switch (access.kind) {
        case PlaceKind::global:
            return number_of_value(bytecode::value_of_name(
                static_cast<const mp_obj_dict_t*>(access.object)->map, MP_OBJ_QSTR_VALUE(access.key)));
        case PlaceKind::cell:
            return number_of_value(mp_obj_cell_get(MP_OBJ_FROM_PTR(access.object)));
        case PlaceKind::lock:
            return number_of_lock(MP_OBJ_FROM_PTR(access.object));
        case PlaceKind::attribute:
        case PlaceKind::item:
        case PlaceKind::content:
        case PlaceKind::shape:
        case PlaceKind::bytes:
            return number_of_object(MP_OBJ_FROM_PTR(access.object));
        case PlaceKind::state:
            return number_of_state(MP_OBJ_FROM_PTR(access.object));
        case PlaceKind::pin:
            return number_of_pin(MP_OBJ_FROM_PTR(access.object));
        case PlaceKind::clock:
        case PlaceKind::heap:
            return 0;
        default:
            return {};
    }
}

}  // namespace heddle::program

// C++ objects as objects of MicroPython.
//
// A raise is a jump: it runs no destructor. So no frame that a raise can cross holds a local with one.
#pragma once

#include <new>

#include "mpy/micropython.hpp"

namespace heddle::mpy {

/// A new object whose layout is mp_obj_base_t followed by what `Object` adds; raises MemoryError.
template <class Object>
Object* new_object(const mp_obj_type_t* type) {
    void* memory = mp_obj_malloc_helper(sizeof(Object), type);
    auto* object = new (memory) Object;
    object->base.type = type;
    return object;
}

template <class Object>
Object& object_of(mp_obj_t object) {
    return *static_cast<Object*>(MP_OBJ_TO_PTR(object));
}

}  // namespace heddle::mpy

// Accesses of an explored program's steps, by the names of bytecode/. Only program/*.cpp include this.
#pragma once

#include "bytecode/accesses.hpp"

namespace heddle::program {

using bytecode::Access;
using bytecode::Accesses;
using bytecode::Mode;
using bytecode::PlaceKind;

}  // namespace heddle::program

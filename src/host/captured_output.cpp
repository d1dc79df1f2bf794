#include "host/captured_output.hpp"

#include <string>

#include "base/state.h"

namespace heddle::host {
namespace {

// Of this execution, the first `length` bytes; what follows is of an earlier one.
std::string kept;
HEDDLE_STATE std::size_t length = 0;

}  // namespace

void keep_output(const char* text, std::size_t bytes) noexcept {
    kept.resize(length);
    kept.append(text, bytes);
    length = kept.size();
}

std::string_view captured_output() noexcept { return {kept.data(), length}; }

}  // namespace heddle::host

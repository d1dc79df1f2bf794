#include <cstdio>
#include <cstdlib>

#include "base/assert.hpp"

namespace heddle {

void stop(const char* sentence) noexcept {
    std::fprintf(stderr, "heddle: %s\n", sentence);
    std::abort();
}

}  // namespace heddle

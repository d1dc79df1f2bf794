#include "program/refusal.hpp"

#include <unistd.h>

#include <cstdio>

#include "program/limit.hpp"
#include "program/state.hpp"
#include "thread/control.hpp"

namespace heddle::program {
namespace {

constexpr int kUsage = 2;

}  // namespace

bool is_exploring() noexcept { return thread::is_fiber_running() && phase != Phase::loading; }

void refuse(const char* what) noexcept {
    char where[512];
    print_where(where, sizeof where);
    std::fprintf(stderr, "%s: heddle check cannot %s\n", where, what);
    std::fflush(nullptr);
    _exit(kUsage);
}

void refuse(const char* what, const char* name) noexcept {
    char text[600];
    std::snprintf(text, sizeof text, "%s '%s'", what, name);
    refuse(text);
}

}  // namespace heddle::program

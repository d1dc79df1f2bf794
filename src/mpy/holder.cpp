#include "mpy/holder.hpp"

#include <cstring>

#include "mpy/source_place.hpp"

namespace heddle::mpy {
namespace {

constexpr std::uintptr_t kMainThread = 1;

const char* without_folders(const char* path) noexcept {
    const char* slash = std::strrchr(path, '/');
    return slash == nullptr ? path : slash + 1;
}

void print_thread(char* text, std::size_t size, std::uintptr_t thread) noexcept {
    vstr_t out;
    vstr_init_fixed_buf(&out, size, text);
    if (thread == kMainThread) {
        vstr_add_str(&out, "the main thread");
    } else {
        vstr_printf(&out, "thread %u", static_cast<unsigned>(thread));
    }
    vstr_null_terminated_str(&out);
}

}  // namespace

template <>
void HolderOf<Platform>::raise_endless_wait() const {
    if (thread_ == 0 || function_ == nullptr) {
        mp_raise_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("would wait for ever in an interrupt handler"));
    }
    char thread[32];
    print_thread(thread, sizeof thread, thread_);
    const SourcePlace place = place_of(*function_, ip_);
    mp_raise_msg_varg(
        &mp_type_RuntimeError,
        MP_ERROR_TEXT("would wait for ever in an interrupt handler: %s holds it since line %u of %s"), thread,
        static_cast<unsigned>(place.line), without_folders(place.file));
}

}  // namespace heddle::mpy

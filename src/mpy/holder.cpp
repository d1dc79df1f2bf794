#include "mpy/holder.hpp"

#include "mpy/source_place.hpp"

extern "C" {
bool heddle_notes_places = false;
}

namespace heddle::mpy {
namespace {

constexpr std::uintptr_t kMainThread = 1;

#ifdef HEDDLE_RUNNING_FRAME
const char* without_folders(const char* path) noexcept {
    for (const char* at = path; *at != '\0'; ++at) {
        path = *at == '/' ? at + 1 : path;
    }
    return path;
}
#endif

void print_thread(char* text, std::size_t size, std::uintptr_t number) noexcept {
    vstr_t out;
    vstr_init_fixed_buf(&out, size, text);
    if (number == kMainThread) {
        vstr_add_str(&out, "the main thread");
    } else {
        vstr_printf(&out, "thread %u", static_cast<unsigned>(number));
    }
    vstr_null_terminated_str(&out);
}

}  // namespace

template <>
void HolderOf<Platform>::raise_endless_wait() const {
    const char* const text = "would wait for ever in an interrupt handler";
    const std::uintptr_t number = thread_ == 0 ? 0 : Platform::number_of(thread_);
    if (number == 0) {
        mp_raise_msg_varg(&mp_type_RuntimeError, MP_ERROR_TEXT("%s"), text);
    }
    char thread[32];
    print_thread(thread, sizeof thread, number);
#ifdef HEDDLE_RUNNING_FRAME
    if (function_ != nullptr) {
        const SourcePlace place = place_of(*function_, ip_);
        mp_raise_msg_varg(&mp_type_RuntimeError, MP_ERROR_TEXT("%s: %s holds it since line %u of %s"), text,
                          thread, static_cast<unsigned>(place.line), without_folders(place.file));
    }
#endif
    mp_raise_msg_varg(&mp_type_RuntimeError, MP_ERROR_TEXT("%s: %s holds it"), text, thread);
}

}  // namespace heddle::mpy

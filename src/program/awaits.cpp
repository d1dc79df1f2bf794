#include "program/awaits.hpp"

#include <algorithm>

#include "base/state.h"
#include "program/state.hpp"

namespace heddle::program {
namespace {

struct Awaited {
    std::uint64_t place;
    std::size_t context;
};

constexpr std::size_t kMost = 64;
HEDDLE_STATE Awaited awaited[kMost] = {};
HEDDLE_STATE std::size_t count = 0;

void forget(std::size_t context) noexcept {
    Awaited* const end = std::remove_if(awaited, awaited + count,
                                        [context](const Awaited& one) { return one.context == context; });
    count = static_cast<std::size_t>(end - awaited);
}

void end_await(KnownContext& context) noexcept {
    context.awaits = false;
    context.serves = false;  // until its next turn
}

void end_awaits_of(std::size_t writer, std::uint64_t place) noexcept {
    for (std::size_t i = 0; i < count; ++i) {
        if (awaited[i].place == place && awaited[i].context != writer) {
            end_await(known[awaited[i].context]);
        }
    }
}

}  // namespace

void note_awaits(std::size_t context, std::span<const std::uint64_t> places) noexcept {
    forget(context);
    if (count + places.size() > kMost) {
        return;  // as if it could go on
    }
    known[context].awaits = true;
    for (const std::uint64_t place : places) {
        awaited[count++] = {place, context};
    }
}

void note_writes(std::size_t context, const std::vector<Access>& accesses) noexcept {
    for (const Access& access : accesses) {
        if (count != 0 && access.mode != Mode::read && access.mode != Mode::look) {
            end_awaits_of(context, access.place);
        }
    }
}

void note_callback_queued() noexcept {
    for (std::size_t i = 0; i < known_count; ++i) {
        if (known[i].awaits) {
            end_await(known[i]);
        }
    }
}

}  // namespace heddle::program

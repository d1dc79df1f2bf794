#include "program/repeats.hpp"

#include <algorithm>

#include "program/limit.hpp"
#include "program/names.hpp"
#include "program/values.hpp"
#include "thread/control.hpp"
#include "thread/scheduler.hpp"

namespace heddle::program {
namespace {

// A loop that waits for the clock waits no longer.
constexpr port::Instant kLongestWait = std::int64_t{24} * 3600 * 1'000'000'000;
constexpr port::Instant kClockStep = 1'000;

// All of it is of one step: no snapshot comes in the middle.

// Brent's way to find a cycle: one state is kept, of the first, second, fourth, eighth turn.
struct Kept {
    const mp_code_state_t* code = nullptr;  // null: no state is kept
    const byte* ip = nullptr;
    const char* stack = nullptr;  // of C: calls from there are below it
    std::uint64_t frame = 0;
    port::Instant time = 0;
    bool has_read = false;    // since then: else it waits for nothing
    bool read_clock = false;  // since then
    unsigned turns = 0;
    unsigned turns_of_next = 1;
};

Kept kept;
port::Instant wait_began = 0;
bool waits_for_clock = false;

// What a state's turn has written since, and what was there before.
struct Written {
    Access access;
    std::uint64_t object;  // its name: another one may come to be where it was
    std::uint64_t content;
};
constexpr std::size_t kMostWritten = 32;
Written written[kMostWritten];
std::size_t written_count = 0;

void forget_state() noexcept {
    kept = {};
    written_count = 0;
}

bool only_reads(const Access& access) noexcept {
    return access.mode == Mode::read || access.mode == Mode::look || access.kind == PlaceKind::interrupts;
}

/// Does it change with the world outside, whoever runs?
bool changes_by_itself(const Access& access) noexcept {
    return access.kind == PlaceKind::pin || access.kind == PlaceKind::board ||
           access.kind == PlaceKind::outside || access.kind == PlaceKind::random;
}

bool is_known(const Access& access) noexcept {
    return std::any_of(written, written + written_count,
                       [&](const Written& one) { return one.access.place == access.place; });
}

/// False: it changes what cannot be compared.
bool note_write(const Access& access) noexcept {
    if (is_known(access)) {
        return true;
    }
    const auto content = number_of_content(access);
    if (!content || written_count == kMostWritten) {
        return false;
    }
    written[written_count++] = {access, bytecode::name_of_object(access.object), *content};
    return true;
}

bool note_writes(const Accesses& accesses) noexcept {
    return !accesses.unknown && std::all_of(accesses.begin(), accesses.end(), [](const Access& access) {
        return !changes_by_itself(access) && (only_reads(access) || note_write(access));
    });
}

bool is_as_before() noexcept {
    return std::all_of(written, written + written_count, [](const Written& one) {
        return bytecode::name_of_object(one.access.object) == one.object &&
               number_of_content(one.access) == one.content;
    });
}

bool reads_clock(const Accesses& accesses) noexcept {
    return std::any_of(accesses.begin(), accesses.end(), [](const Access& access) {
        return access.kind == PlaceKind::clock && access.mode == Mode::read;
    });
}

/// False: it has waited for too long. A long wait is not told to a microsecond.
bool let_time_pass() noexcept {
    const port::Instant now = thread::now();
    wait_began = waits_for_clock ? wait_began : now;
    waits_for_clock = true;
    thread::set_clock(now + std::max(kClockStep, (now - wait_began) / 64));
    return now - wait_began < kLongestWait;
}

bool is_turn_again(const TurnPlace& place, const char* stack, std::uint64_t frame) noexcept {
    return kept.has_read && kept.code == place.code && kept.ip == place.ip && kept.stack == stack &&
           kept.frame == frame && (!kept.read_clock || kept.time == thread::now()) && is_as_before();
}

void keep(const TurnPlace& place, const char* stack, std::uint64_t frame) noexcept {
    kept.code = place.code;
    kept.ip = place.ip;
    kept.stack = stack;
    kept.frame = frame;
    kept.time = thread::now();
    kept.has_read = kept.read_clock = false;
    kept.turns_of_next = kept.turns * 2;
    written_count = 0;
}

/// A turn ends.
bool is_endless(const TurnPlace& place, const char* stack) noexcept {
    const std::uint64_t frame = number_of_frame(place.code, place.sp);
    if (is_turn_again(place, stack, frame)) {
        if (!kept.read_clock || !let_time_pass()) {
            return true;
        }
        keep(place, stack, frame);
    }
    if (kept.code == nullptr || ++kept.turns >= kept.turns_of_next) {
        kept.turns = std::max(kept.turns, 1u);
        keep(place, stack, frame);
    }
    return false;
}

}  // namespace

void forget_repeats() noexcept {
    forget_state();
    waits_for_clock = false;
}

void end_if_endless(const TurnPlace& place, const Accesses* accesses) noexcept {
    const auto* const stack = static_cast<const char*>(__builtin_frame_address(0));
    if ((accesses != nullptr && kept.code != nullptr && !note_writes(*accesses)) ||
        (kept.code != nullptr && stack > kept.stack)) {
        forget_state();
    }
    kept.has_read = kept.has_read || (accesses != nullptr && accesses->count != 0);
    kept.read_clock = kept.read_clock || (accesses != nullptr && reads_clock(*accesses));
    if (ends_turn(place.ip, place.sp) && is_endless(place, stack)) {
        step_limit().end_endless();
        thread::pause_here();
    }
}

}  // namespace heddle::program

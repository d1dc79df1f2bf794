#include "program/turns.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/state.h"
#include "bytecode/access_keys.hpp"
#include "bytecode/instructions.hpp"
#include "bytecode/upstream_layouts.hpp"
#include "host/simulated_board.hpp"
#include "program/names.hpp"
#include "program/repeats.hpp"
#include "program/snapshot.hpp"
#include "program/values.hpp"
#include "thread/control.hpp"

extern "C" {
#include "py/bc0.h"
#include "py/gc.h"
#include "py/objfun.h"
}

namespace heddle::program {
namespace {

// A turn of a loop that waits is short.
constexpr unsigned kMostOpcodes = 1000;
constexpr unsigned kMostOpcodesOfWriter = 20'000;
constexpr unsigned kMostStops = 1000;

// A loop that waits for the clock waits no longer.
constexpr port::Instant kLongestWait = std::int64_t{24} * 3600 * 1'000'000'000;
constexpr port::Instant kClockStep = 1'000;

// ---- heads of loops, by thread, that turns were made from

struct Head {
    thread::ThreadId thread;
    const mp_code_state_t* code;
    const byte* ip;
    std::uint64_t frame;
    std::uint64_t state;  // of all that a turn from there touches, if it changes nothing; 0: it does
};

constexpr std::size_t kHeads = 32;
HEDDLE_STATE Head heads[kHeads] = {};
HEDDLE_STATE std::size_t oldest_head = 0;

/// The one of that place, or a new one whose `code` is null.
Head& head_of(thread::ThreadId thread, const TurnPlace& place) noexcept {
    for (Head& head : heads) {
        if (head.ip == place.ip && head.code == place.code && head.thread == thread) {
            return head;
        }
    }
    Head& head = heads[oldest_head++ % kHeads];
    head = {};
    return head;
}

// ---- the trial

enum class Outcome : std::uint8_t {
    goes_on,
    ends,
    works,
};

struct Trial {
    bool on = false;
    bool may_write = false;
    bool may_serve = false;  // nothing ends the loop but what its turns branch on
    bool reads_clock = false;
    bool slept = false;
    bool branched = false;
    bool changes = false;  // what nobody can compare
    Outcome outcome = Outcome::works;
    TurnPlace place{};
    std::uint64_t frame = 0;
    bool is_masked = false;
    const char* stack = nullptr;      // of C, in the loop's own activation: calls from there are below it
    const byte* condition = nullptr;  // where it stands, behind the loop's body; null: there is none
    bool in_body = false;
    bool body_touches = false;
    std::size_t context = 0;
    std::uint32_t objects = 0;  // that it had allocated before
    unsigned opcodes = 0;
    std::vector<std::uint64_t> reads;
    std::vector<Access> touched;
    std::vector<Access> written;
    std::vector<std::optional<std::uint64_t>> contents;  // of these, at the turn's end
};

Trial trial;
Snapshot before_trial;

bool has(const std::vector<Access>& accesses, const Access& access) {
    return std::any_of(accesses.begin(), accesses.end(),
                       [&access](const Access& one) { return one.place == access.place; });
}

bool only_reads(Mode mode) noexcept { return mode == Mode::read || mode == Mode::look; }

void note_change(bool is_one) {
    trial.changes = trial.changes || is_one;
    if (trial.changes && (!trial.may_serve || trial.branched)) {
        trial.outcome = Outcome::works;
    }
}

void note_access(const Access& access) {
    if (!only_reads(access.mode)) {
        if (!trial.may_write) {
            trial.outcome = Outcome::works;
            return;
        }
        if (!number_of_content(access)) {
            // The mask has to be as it was where the turn ends.
            note_change(access.kind != PlaceKind::interrupts);
            return;
        }
        if (!has(trial.written, access)) {
            trial.written.push_back(access);
        }
    }
    trial.reads_clock = trial.reads_clock || (access.kind == PlaceKind::clock && access.mode == Mode::read);
    if (!has(trial.touched, access)) {
        trial.touched.push_back(access);
    }
    // Others' updates make no difference to one that only updates the place.
    if (access.mode != Mode::update && std::ranges::find(trial.reads, access.place) == trial.reads.end()) {
        trial.reads.push_back(access.place);
    }
}

/// Another call of the function may have its frame where the loop's was.
bool leaves_loop(const char* stack) noexcept {
    if (trial.stack == nullptr) {
        trial.stack = stack;
    }
    return stack > trial.stack;
}

void note_accesses(const Accesses* accesses) {
    for (std::size_t i = 0; accesses != nullptr && i < accesses->count; ++i) {
        // What the turn makes itself is nobody else's.
        if (!is_newer(accesses->list[i].object, trial.context, trial.objects)) {
            trial.body_touches = trial.body_touches || trial.in_body;
            note_access(accesses->list[i]);
        }
    }
}

Outcome outcome_of(const TurnPlace& place, const Accesses* accesses) {
    if (place.code == trial.place.code && place.ip == trial.place.ip && trial.opcodes > 0) {
        // The jump itself may ask an object for its truth; where the turn began it was past being looked at.
        trial.in_body = false;
        note_accesses(accesses);
        note_change(number_of_frame(place.code, place.sp) != trial.frame ||
                    host::interrupts_are_disabled() != trial.is_masked);
        return trial.outcome == Outcome::works || trial.reads.empty() ? Outcome::works : Outcome::ends;
    }
    trial.branched = trial.branched || branches(place.ip);
    note_change(false);
    if (++trial.opcodes > (trial.may_write ? kMostOpcodesOfWriter : kMostOpcodes) ||
        (accesses != nullptr && accesses->unknown)) {
        return Outcome::works;
    }
    if (place.code == trial.place.code) {
        if (bytecode::is_yield(place.ip)) {
            return Outcome::works;  // what takes the item may count, as sum() does
        }
        trial.in_body = trial.condition != nullptr && place.ip < trial.condition;
    }
    note_accesses(accesses);
    return trial.outcome;
}

bool exists(const void* object) noexcept {
    const auto& area = MP_STATE_MEM(area);
    const auto* place = static_cast<const byte*>(object);
    return place < area.gc_pool_start || place >= area.gc_pool_end || gc_nbytes(object) != 0;
}

/// Of what was there before the turn; 0: a content that cannot be told.
std::uint64_t number_of_contents(const std::vector<Access>& places) noexcept {
    std::uint64_t number = 1;
    for (const Access& access : places) {
        if (!exists(access.object)) {
            continue;
        }
        const auto content = number_of_content(access);
        if (!content) {
            return 0;
        }
        number = bytecode::mix(number + *content);
    }
    return number == 0 ? 1 : number;
}

/// Has all that the turn wrote, and that is still there without it, the content that it had?
bool is_as_before() noexcept {
    for (std::size_t i = 0; i < trial.written.size(); ++i) {
        const Access& access = trial.written[i];
        if (exists(access.object) && (!trial.contents[i] || trial.contents[i] != number_of_content(access))) {
            return false;
        }
    }
    return true;
}

/// Until the turn ends, or is known to be none that waits. What it sleeps costs no time.
void run_trial(thread::Fiber& fiber) {
    for (unsigned stops = 0; stops < kMostStops; ++stops) {
        const thread::Stop stop = thread::resume(fiber);
        if (stop == thread::Stop::ended || trial.outcome != Outcome::goes_on) {
            break;
        }
        if (stop == thread::Stop::parked) {
            if (!trial.may_write || fiber.deadline == port::kForever) {
                break;
            }
            trial.slept = true;
            thread::set_clock(std::max(thread::now(), fiber.deadline));
            thread::end_wait(fiber, port::Wake::timed_out);
        }
    }
    if (trial.outcome == Outcome::goes_on) {
        trial.outcome = Outcome::works;
    }
}

/// Does the turn end where it began? Then `trial` has what it did, which is taken back.
bool make_trial(thread::Fiber& fiber, const TurnPlace& place, port::Instant now) {
    thread::set_clock(now);
    trial.on = true;
    trial.outcome = Outcome::goes_on;
    trial.place = place;
    trial.frame = number_of_frame(place.code, place.sp);
    trial.is_masked = host::interrupts_are_disabled();
    trial.stack = nullptr;
    trial.condition =
        bytecode::condition_of_loop(bytecode::first_instruction(place.code->fun_bc->bytecode), place.ip);
    trial.in_body = trial.body_touches = false;
    trial.context = fiber.number;
    trial.objects = objects_of(fiber.number);
    trial.opcodes = 0;
    trial.reads_clock = trial.slept = trial.branched = trial.changes = false;
    trial.reads.clear();
    trial.touched.clear();
    trial.written.clear();
    forget_repeats();
    run_trial(fiber);
    forget_repeats();
    trial.on = false;
    trial.contents.clear();
    for (const Access& access : trial.written) {
        trial.contents.push_back(number_of_content(access));
    }
    before_trial.restore();
    trial.changes = trial.changes || !is_as_before();
    return trial.outcome == Outcome::ends;
}

/// Others can come between what the turn does, and none has been made from this state?
bool is_first_of(Head& head) noexcept {
    if (trial.written.empty() && !trial.slept) {
        return false;
    }
    const std::uint64_t state = number_of_contents(trial.touched);
    const bool is_known = state != 0 && head.state == state;
    head.state = state;
    return !is_known;
}

/// Is it the end of a `for` loop's body?
bool steps_iterator(const byte* ip) noexcept {
    return *ip == MP_BC_JUMP && *bytecode::jump_target(ip) == MP_BC_FOR_ITER;
}

/// Other iterators come nearer to their end with each item.
bool may_wait_for_item(const mp_obj_t* sp) noexcept {
    const bytecode::LoopIterator iterator = bytecode::loop_iterator_of(sp);
    if (iterator.is_on_stack) {
        return false;
    }
    const mp_obj_type_t* type = mp_obj_get_type(iterator.object);
    return type == &mp_type_gen_instance || mp_obj_is_instance_type(type);
}

/// Only of some values is it known without asking the program.
bool may_be(mp_obj_t value, bool truth) noexcept {
    const bool is_plain = mp_obj_is_bool(value) || value == mp_const_none || mp_obj_is_small_int(value);
    return !is_plain || mp_obj_is_true(value) == truth;
}

bool changes_nothing(thread::Fiber& fiber, const TurnPlace& place, port::Instant now) {
    return make_trial(fiber, place, now) && !trial.changes;
}

/// The first time, to a microsecond, at which the turn does something else.
port::Instant end_of_wait(thread::Fiber& fiber, const TurnPlace& place) {
    const port::Instant now = thread::now();
    port::Instant still = now;
    port::Instant other = now + kClockStep;
    while (changes_nothing(fiber, place, other)) {
        still = other;
        other = now + (other - now) * 2;
        if (other - now > kLongestWait) {
            return port::kForever;
        }
    }
    while (other - still > kClockStep) {
        const port::Instant middle = still + (other - still) / 2;
        (changes_nothing(fiber, place, middle) ? still : other) = middle;
    }
    return other;
}

}  // namespace

bool branches(const byte* ip) noexcept {
    return *ip == MP_BC_POP_JUMP_IF_TRUE || *ip == MP_BC_POP_JUMP_IF_FALSE ||
           *ip == MP_BC_JUMP_IF_TRUE_OR_POP || *ip == MP_BC_JUMP_IF_FALSE_OR_POP;
}

bool ends_turn(const byte* ip, const mp_obj_t* sp) noexcept {
    switch (*ip) {
        case MP_BC_POP_JUMP_IF_TRUE:
            return bytecode::jump_target(ip) <= ip && may_be(sp[0], true);
        case MP_BC_POP_JUMP_IF_FALSE:
            return bytecode::jump_target(ip) <= ip && may_be(sp[0], false);
        case MP_BC_JUMP:
            return bytecode::jump_target(ip) <= ip && (!steps_iterator(ip) || may_wait_for_item(sp));
        default:
            return false;
    }
}

bool is_on_trial() noexcept { return trial.on; }

void note_on_trial(const TurnPlace& place, const Accesses* accesses, bool may_pause) {
    if (trial.outcome == Outcome::goes_on) {
        trial.outcome = leaves_loop(static_cast<const char*>(__builtin_frame_address(0)))
                            ? Outcome::works
                            : outcome_of(place, accesses);
    }
    if (may_pause && trial.outcome != Outcome::goes_on) {
        thread::pause_here();
    }
}

void end_trial() {
    trial.outcome = Outcome::works;
    thread::pause_here();
}

Turn try_turn(thread::Fiber& fiber, const TurnPlace& place) {
    Head& head = head_of(fiber.id, place);
    const std::uint64_t frame = number_of_frame(place.code, place.sp);
    const bool is_known = head.code != nullptr;
    const bool is_same = is_known && head.frame == frame;
    head = {fiber.id, place.code, place.ip, frame, is_same ? head.state : 0};
    const bool has_no_condition = *place.ip == MP_BC_JUMP;
    trial.may_serve = has_no_condition && !steps_iterator(place.ip);
    if (is_known && !is_same && !has_no_condition) {
        return {};  // it counts, or computes
    }
    trial.may_write = is_known;
    before_trial.take();
    if (!make_trial(fiber, place, thread::now())) {
        head.state = 0;
        return {};
    }
    if (!is_known && trial.body_touches) {
        return {};  // the thread has been at the condition only: it waits for nothing that it has not read
    }
    const bool serves = trial.may_serve && trial.slept && !(trial.branched && trial.changes);
    if (trial.changes || (trial.slept && trial.reads_clock) || is_first_of(head)) {
        return {.serves = serves && trial.changes};
    }
    if (!trial.reads_clock) {
        return {.waits = true, .serves = serves, .reads = trial.reads};
    }
    const port::Instant until = end_of_wait(fiber, place);
    return {.waits = true, .reads = trial.reads, .until = until};
}

}  // namespace heddle::program

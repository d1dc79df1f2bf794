// What a step touches, in the search's places.
#include <algorithm>

#include "bytecode/upstream_layouts.hpp"
#include "host/simulated_board.hpp"
#include "mpy/pins.hpp"
#include "mpy/pycom_pin_object.hpp"
#include "program/machine.hpp"
#include "program/places.hpp"

namespace heddle::program {

record::Mode mode_of(const Access& access, bool took, bool any_timing) noexcept {
    switch (access.mode) {
        case Mode::read:
        case Mode::look:
            return record::Mode::read;
        case Mode::update:
            return record::Mode::update;
        case Mode::acquire:
            return record::Mode::acquire;
        case Mode::acquire_for:
            // Where time stands still, it waits as long as anybody can go on.
            return !took ? record::Mode::give_up : any_timing ? record::Mode::hold : record::Mode::acquire;
        case Mode::try_acquire:
            return took ? record::Mode::hold : record::Mode::read;
        case Mode::release:
            return record::Mode::release;
        case Mode::write:
        case Mode::start:
            break;
    }
    return record::Mode::write;
}

namespace {

record::Place place_of(const Access& access) noexcept {
    switch (access.kind) {
        case PlaceKind::schedule:
            return kCallbacks;
        case PlaceKind::thread:
            return kThreads;
        case PlaceKind::anything:
            return kAnything;
        default:
            return access.place;
    }
}

/// Does what an opcode touches follow from what this place holds, or this opcode's from what others hold?
bool varies(const Access& access) noexcept {
    const bool decides = access.kind == PlaceKind::shape || access.kind == PlaceKind::state;
    return access.varies || (decides && access.mode == Mode::write);
}

bool reads_pin(const Access& access) noexcept {
    return access.kind == PlaceKind::pin && access.mode == Mode::read;
}

/// Of an access to a pin.
board::SourceId line_of_pin(const Access& access) noexcept {
    const auto* base = static_cast<const mp_obj_base_t*>(access.object);
    return base->type == mpy::pin_type()
               ? devices::line_of_pin(reinterpret_cast<const mpy::PinObject*>(base)->id)
               : devices::line_of_pin(reinterpret_cast<const mpy::PycomPin*>(base)->pin);
}

}  // namespace

void ProgramMachine::note_accesses(const ExploredStep& step) {
    accesses_.clear();
    tries_ = false;
    for (const Access& access : step.accesses) {
        if (access.kind == PlaceKind::interrupts) {
            continue;
        }
        const record::Mode mode = mode_of(access, step.lock_was_free, any_timing_);
        add_access({.place = place_of(access), .mode = mode, .follows = mode == record::Mode::give_up});
        tries_ = tries_ || access.mode == Mode::try_acquire || access.mode == Mode::acquire_for ||
                 access.mode == Mode::start || varies(access);
        note_place(access);
    }
    note_mask(step);
    if (std::ranges::any_of(step.accesses, reads_pin)) {
        accesses_.push_back({.place = kLevels, .mode = record::Mode::read});
    }
    if (step.is_firing) {
        note_level(step);
        accesses_.push_back({.place = kMask, .mode = record::Mode::pass});
        // Who disarms the source has seen what its handler did.
        accesses_.push_back(
            {.place = place_of_arming(step.handler), .mode = record::Mode::update, .follows = true});
        accesses_.push_back({.place = place_of_setup(step.handler), .mode = record::Mode::read});
        accesses_.push_back({.place = place_of_firings(step.handler), .mode = record::Mode::write});
    }
    for (const board::SourceId line : step.sets_up) {
        accesses_.push_back({.place = place_of_setup(line), .mode = record::Mode::write});
    }
    for (const board::SourceId line : step.arms) {
        accesses_.push_back({.place = place_of_arming(line), .mode = record::Mode::release});
    }
    for (const board::SourceId line : step.disarms) {
        accesses_.push_back({.place = place_of_arming(line), .mode = record::Mode::hold});
    }
    for (const board::SourceId line : step.finds_disarmed) {
        accesses_.push_back({.place = place_of_arming(line), .mode = record::Mode::pass});
    }
    tries_ = tries_ || !step.disarms.empty() || !step.finds_disarmed.empty() || !step.sets_up.empty();
    note_handlers(step);
    note_callbacks(step);
    note_threads(step);
    note_anything(step);
    note_time(step);
}

// Where one has left interrupts disabled, another one's step goes on for longer.
void ProgramMachine::note_mask(const ExploredStep& step) {
    if (step.handler != board::kNoSource) {
        return;
    }
    if (step.masked_before == step.unmasked) {
        accesses_.push_back(
            {.place = kMask, .mode = step.unmasked ? record::Mode::release : record::Mode::hold});
        const auto runs_code = [](const ExploredContext& context) { return !context.is_source; };
        has_missed_ =
            has_missed_ || (!watches_more_ && std::ranges::count_if(program_.contexts(), runs_code) > 1);
    } else if (watches_more_ && !step.accesses.empty()) {
        accesses_.push_back({.place = kMask, .mode = record::Mode::read});
    }
    tries_ = tries_ || step.masked_before;
}

void ProgramMachine::note_place(const Access& access) {
    record::Place& recent = recent_places_[access.place % recent_places_.size()];
    if (recent == access.place) {
        return;
    }
    recent = access.place;
    if (places_.try_emplace(access.place, access).second && access.kind == PlaceKind::state &&
        bytecode::is_deque(MP_OBJ_FROM_PTR(access.object))) {
        deques_.insert(access.place);
    }
}

/// A write of a place that the step touches already takes the other access's place.
void ProgramMachine::add_access(const record::Access& access) {
    for (record::Access& known : accesses_) {
        if (known.place == access.place && access.place == kCallbacks) {
            known = record::only_looks(known.mode) ? access : known;
            return;
        }
    }
    accesses_.push_back(access);
}

void ProgramMachine::note_handlers(const ExploredStep& step) {
    if (step.calls_posted) {
        accesses_.push_back({.place = kHandlers, .mode = record::Mode::read});
    } else if (host::board_profile().interrupt_queue != 0 && step.changes_board) {
        accesses_.push_back({.place = kHandlers, .mode = record::Mode::write});
    }
    if (step.begins_call) {
        accesses_.push_back({.place = kPosted, .mode = record::Mode::hold, .follows = true});
        tries_ = true;
    } else if (step.posts || step.calls_posted) {
        accesses_.push_back(
            {.place = kPosted, .mode = step.posts ? record::Mode::release : record::Mode::write});
        tries_ = true;
    }
}

// Who stops for a callback comes before it, and goes on after it: no other order is possible.
void ProgramMachine::note_callbacks(const ExploredStep& step) {
    if (step.goes_on_after_one || step.begins_callback) {
        accesses_.push_back({.place = stop_of(step.host), .mode = record::Mode::hold, .follows = true});
    }
    if (step.stopped_for_one || step.ends_callback) {
        accesses_.push_back({.place = stop_of(step.host), .mode = record::Mode::release});
    }
    if (step.stopped_for_one) {
        accesses_.push_back({.place = kCallbackRuns, .mode = record::Mode::hold});
    } else if (step.ends_callback) {
        accesses_.push_back({.place = kCallbackRuns, .mode = record::Mode::release});
    } else if (step.looked_for_callbacks) {
        accesses_.push_back({.place = kCallbackRuns, .mode = record::Mode::read});
    }
    if (step.stopped_for_one || step.queued_callbacks) {
        add_access({.place = kCallbacks, .mode = record::Mode::write});
    } else if (step.looked_for_callbacks) {
        add_access({.place = kCallbacks, .mode = record::Mode::read});
    }
    if (step.waited_for != 0) {
        add_access({.place = step.waited_for, .mode = record::Mode::read});
    }
    tries_ = tries_ || step.looked_for_callbacks || step.stopped_for_one;
}

// Where there can be only so many threads, one that ends makes room for another.
void ProgramMachine::note_threads(const ExploredStep& step) {
    if (step.ends_thread && host::board_profile().thread_limit != 0) {
        add_access({.place = kThreads, .mode = record::Mode::update});
    }
}

// A handler that reads its own pin has it in its step, too; another one's level can have changed before.
void ProgramMachine::note_level(const ExploredStep& step) {
    if (!is_of_pin(step.handler)) {
        return;
    }
    const bool reads_another = std::ranges::any_of(step.accesses, [&step](const Access& access) {
        return reads_pin(access) && line_of_pin(access) != step.handler;
    });
    if (!reads_another) {
        std::erase_if(accesses_, [](const record::Access& access) { return access.place == kLevels; });
    }
    accesses_.push_back({.place = kLevels, .mode = record::Mode::update});
}

void ProgramMachine::note_anything(const ExploredStep& step) {
    const bool writes = std::ranges::any_of(
        step.accesses, [](const Access& access) { return access.kind == PlaceKind::anything; });
    if (watches_more_ && !writes && !accesses_.empty()) {
        accesses_.push_back({.place = kAnything, .mode = record::Mode::read});
    }
    has_missed_ = has_missed_ || (writes && !watches_more_);
}

// Time has passed because nobody else could go on: all that was before it has to be.
void ProgramMachine::note_time(const ExploredStep& step) {
    if (step.passed_time && !any_timing_) {
        accesses_.push_back({.place = kTime, .mode = record::Mode::write, .follows = true});
        has_missed_ = has_missed_ || !watches_more_;
    } else if (watches_more_ && (!step.is_firing || step.is_first_firing || step.enables)) {
        // Whoever wakes up at the same time as another comes after that one's passing of it.
        accesses_.push_back({.place = kTime, .mode = record::Mode::update, .follows = step.woke_in_time});
    }
}

}  // namespace heddle::program

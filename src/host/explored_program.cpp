#include "host/explored_program.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/assert.hpp"
#include "base/state.h"
#include "host/captured_output.hpp"
#include "host/execute.hpp"
#include "host/explored_text.hpp"
#include "host/handler_failure.hpp"
#include "host/simulated_board.hpp"
#include "host/stack_overflow.hpp"
#include "host/startup.hpp"
#include "host/threads.hpp"
#include "mpy/failure.h"
#include "mpy/service_thread.hpp"
#include "mpy/source_place.hpp"
#include "thread/scheduler.hpp"

extern "C" {
#include "host/upstream/vm_hooks.h"
#include "mpy/heddle_module.h"
#include "mpy/mutex_module.h"
#include "mpy/thread_module.h"
}

namespace heddle::host {
namespace {

constexpr std::size_t kMainStackBytes = std::size_t{128} * 1024;
constexpr std::size_t kStackBytes = std::size_t{512} * 1024;
constexpr thread::ThreadId kMain = 1;

// At the same place in every process, so that a schedule means the same in each.
constexpr std::uintptr_t kArena = 0x10'0000'0000;

/// Before an opcode that touches something shared, or that begins another turn of a loop.
struct Pending {
    Accesses accesses;
    const mp_code_state_t* code;
    const byte* ip;
    const mp_obj_t* sp;
    bool ends_turn;  ///< of a loop: it may be one that waits
};

enum class Phase : std::uint8_t {
    loading,
    running,   ///< the script, and its threads
    ended,     ///< the script; threads may go on
    finishing  ///< all threads have ended
};

HEDDLE_STATE Phase phase = Phase::loading;
constexpr std::size_t kMostContexts = 128;

struct KnownContext {
    bool is_source;
    std::uint8_t fired;
    board::SourceId line;
    thread::ThreadId id;
};

HEDDLE_STATE KnownContext known[kMostContexts] = {};
HEDDLE_STATE std::size_t known_count = 0;

// A turn of a loop that is made on trial.
LoopTrial trial;
bool on_trial = false;
LoopTrial::Outcome trial_outcome = LoopTrial::Outcome::works;
Snapshot before_trial;

// The line that the fiber of interrupts fires next.
HEDDLE_STATE board::SourceId next_line = board::kNoSource;
HEDDLE_STATE thread::ThreadId interrupts_fiber = 0;

// What a handler touches while it runs; null where none does.
std::vector<Access>* of_handler = nullptr;
bool handler_branched = false;

// What a thread's step touches beside its first opcode.
std::vector<Access>* of_step = nullptr;
struct {
    const mp_obj_fun_bc_t* function;
    const byte* ip;
} step_place;  // where the handler began

// Of the last exception that nobody caught.
struct Failure {
    bool is_new;
    bool is_assertion;
    bool in_handler;
    bool needed_heap;
    qstr file;
    std::size_t line;
    char text[160];  // of the exception, in one line
};

HEDDLE_STATE Failure failure = {};

struct Loader {
    const Program& program;
    char* heap;
    int status;
};

/// Has there been anything beside the main thread? Then all that it touches counts, also when it is alone again.
bool is_concurrent() noexcept {
    return known_count > 1 || thread::live_threads() > 1 || (board_is_in_use() && is_any_line_armed());
}

void add_accesses(std::vector<Access>& to, const Accesses& accesses) {
    for (const Access& access : accesses) {
        const auto same = [&access](const Access& other) {
            return other.place == access.place && other.mode == access.mode;
        };
        if (std::none_of(to.begin(), to.end(), same)) {
            to.push_back(access);
        }
    }
}

bool is_taken(mp_obj_t lock) noexcept {
    return mp_obj_is_type(lock, &heddle_lock_type) ? heddle_lock_is_taken(lock) : heddle_mutex_is_taken(lock);
}

bool is_acquisition(Mode mode) noexcept {
    return mode == Mode::acquire || mode == Mode::acquire_for || mode == Mode::try_acquire;
}

/// The lock that the next step takes, or tries to; null if it is about none.
const Access* lock_access(const Accesses& accesses) noexcept {
    for (const Access& access : accesses) {
        if (is_acquisition(access.mode)) {
            return &access;
        }
    }
    return nullptr;
}

bool is_free(const Access& lock) noexcept { return !is_taken(MP_OBJ_FROM_PTR(lock.object)); }

/// A handler never waits: what it finds taken it only looks at.
void make_handlers(Accesses& accesses) noexcept {
    for (std::size_t i = 0; i < accesses.count; ++i) {
        Access& access = accesses.list[i];
        if (is_acquisition(access.mode)) {
            access.mode = is_free(access) ? Mode::try_acquire : Mode::look;
        }
    }
}

bool is_about_lock(const Accesses& accesses) noexcept {
    return std::any_of(accesses.begin(), accesses.end(),
                       [](const Access& access) { return access.mode >= Mode::acquire && access.mode <= Mode::release; });
}

void tick(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) {
    if (of_handler != nullptr) {
        Accesses accesses;
        note_step({code, ip, sp});
        if (step_place.ip == nullptr) {
            step_place = {code->fun_bc, ip};
        }
        handler_branched = handler_branched || branches(ip);
        if (accesses_of(code, ip, sp, accesses)) {
            make_handlers(accesses);
            add_accesses(*of_handler, accesses);
        }
        return;
    }
    if (phase == Phase::finishing) {
        return;
    }
    Pending pending;
    if (!may_switch()) {
        // With interrupts disabled nobody comes between: it is all one step.
        if (interrupts_are_masked() && accesses_of(code, ip, sp, pending.accesses)) {
            add_accesses(*of_step, pending.accesses);
        }
        return;
    }
    pending.code = code;
    pending.ip = ip;
    pending.sp = sp;
    const bool touches = accesses_of(code, ip, sp, pending.accesses);
    // Alone, only what it does to locks can matter to others later.
    if (!is_concurrent() && !(touches && is_about_lock(pending.accesses))) {
        return;
    }
    if (on_trial) {
        trial_outcome = trial.step(code, ip, sp, touches ? &pending.accesses : nullptr);
        if (trial_outcome != LoopTrial::Outcome::goes_on) {
            thread::pause_here();
        }
        return;
    }
    pending.ends_turn = ends_turn(ip);
    if (!touches && !pending.ends_turn) {
        return;
    }
    if (!touches) {
        pending.accesses.count = 0;
    }
    thread::pause_with(&pending);
}

void run_guarded(mp_obj_t function) {
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        mp_call_function_0(function);
        nlr_pop();
    } else if (!mp_obj_exception_match(MP_OBJ_FROM_PTR(jump.ret_val), MP_OBJ_FROM_PTR(&mp_type_SystemExit))) {
        mp_obj_print_exception(&mp_stderr_print, MP_OBJ_FROM_PTR(jump.ret_val));
        heddle_note_uncaught(MP_OBJ_FROM_PTR(jump.ret_val));
    }
}

void run_interrupts() {
    for (;;) {
        thread::pause_here();
        fire_line(next_line);
    }
}

mp_obj_t compile_script(Loader& loader) {
    mp_obj_t function = MP_OBJ_NULL;
    if (!find_script(loader.program)) {
        loader.status = 2;
        return function;
    }
    if (execute_protected([&] { function = compile_input(Input::file, loader.program.text.c_str()); }) != 0) {
        loader.status = 2;
    }
    return function;
}

void run_main(void* argument) {
    auto& loader = *static_cast<Loader*>(argument);
    if (!start_interpreter(loader.program, loader.heap, kMainStackBytes)) {
        loader.status = 2;
        return;
    }
    const mp_obj_t script = compile_script(loader);
    if (loader.status != 0) {
        return;
    }
    if (!mpy::start_service_thread(run_interrupts, kMainStackBytes)) {
        loader.status = 1;
        return;
    }
    phase = Phase::running;
    thread::pause_here();
    run_guarded(script);
    phase = Phase::ended;
    thread::pause_here();
    phase = Phase::finishing;
    for (std::size_t i = 0; heddle_end_function(i) != MP_OBJ_NULL; ++i) {
        run_guarded(heddle_end_function(i));
    }
}

std::uint64_t awaited_lock(const Pending* pending) noexcept {
    const Access* lock = pending == nullptr ? nullptr : lock_access(pending->accesses);
    return lock != nullptr && lock->mode == Mode::acquire && !is_free(*lock) ? lock->place : 0;
}

/// Makes the turn that is about to begin on trial, and takes it back.
bool turn_would_wait(thread::Fiber& fiber, const Pending& pending) {
    before_trial.take();
    trial.begin(pending.code, pending.ip, pending.sp);
    trial_outcome = LoopTrial::Outcome::goes_on;
    on_trial = true;
    static_cast<void>(thread::resume(fiber));
    on_trial = false;
    before_trial.restore();
    return trial_outcome == LoopTrial::Outcome::waits;
}

ExploredContext thread_context(thread::ThreadId id) noexcept {
    ExploredContext context{};
    context.id = id;
    context.finished = true;
    context.deadline = port::kForever;
    const thread::Fiber* fiber = thread::find_fiber(id);
    if (fiber == nullptr || (id == kMain && phase != Phase::running)) {
        return context;
    }
    const bool parked = fiber->state == thread::FiberState::parked;
    context.finished = false;
    if (const auto* pending = static_cast<const Pending*>(fiber->pending); pending != nullptr) {
        const Access* lock = lock_access(pending->accesses);
        context.waits_for = awaited_lock(pending);
        context.next = pending->accesses.count == 0 ? nullptr : pending->accesses.begin();
        context.next_lock_is_free = lock != nullptr && is_free(*lock);
        context.function = pending->code->fun_bc;
        context.ip = pending->ip;
    }
    context.enabled = !parked && context.waits_for == 0;
    context.sleeps = parked && fiber->deadline != port::kForever;
    context.deadline = fiber->deadline;
    return context;
}

bool is_armed(const std::vector<ExploredLine>& armed, board::SourceId line) noexcept {
    return std::any_of(armed.begin(), armed.end(), [line](const ExploredLine& one) { return one.line == line; });
}

}  // namespace

bool ExploredProgram::load(const Program& program, unsigned most_firings) {
    most_firings_ = most_firings;
    catch_stack_overflow();
    const std::size_t stacks = thread::kMostControlledStacks * kStackBytes;
    void* arena = mmap(reinterpret_cast<void*>(kArena), program.heap_bytes + stacks, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (arena == MAP_FAILED) {
        std::perror("heddle: can't get memory for the program");
        status_ = 1;
        return false;
    }
    auto* begin = static_cast<char*>(arena);
    thread::take_control({begin, stacks, kStackBytes});
    if (!make_board(program.board, program.scene)) {
        status_ = 1;
        return false;
    }
    set_up_threads(program);
    Loader loader{program, begin + stacks, 0};
    if (!thread::start_controlled(run_main, &loader, kMainStackBytes)) {
        status_ = 1;
        return false;
    }
    share_interpreter(true);
    if (thread::resume(*thread::find_fiber(kMain)) != thread::Stop::paused) {
        status_ = loader.status;
        return false;
    }
    thread::for_each_fiber([](thread::Fiber& fiber) {
        interrupts_fiber = fiber.role == thread::Role::service ? fiber.id : interrupts_fiber;
    });
    static_cast<void>(thread::resume(*thread::find_fiber(interrupts_fiber)));
    known[0] = {.is_source = false, .fired = 0, .line = 0, .id = kMain};
    known_count = 1;
    start_capturing();
    heddle_vm_set_step(tick);
    return true;
}

void ExploredProgram::find_new_contexts() {
    armed_.clear();
    if (board_is_in_use()) {
        find_armed_lines(armed_);
    }
    const auto add = [](const KnownContext& context) {
        require(known_count < kMostContexts, "a program with more threads and interrupts than can be explored");
        known[known_count++] = context;
    };
    const auto knows = [](auto&& predicate) { return std::any_of(known, known + known_count, predicate); };
    thread::for_each_fiber([&](thread::Fiber& fiber) {
        if (fiber.role == thread::Role::program &&
            !knows([&](const KnownContext& one) { return !one.is_source && one.id == fiber.id; })) {
            fiber.number = known_count;
            add({.is_source = false, .fired = 0, .line = 0, .id = fiber.id});
        }
    });
    for (const ExploredLine& line : armed_) {
        if (!knows([&](const KnownContext& one) { return one.is_source && one.line == line.line; })) {
            add({.is_source = true, .fired = 0, .line = line.line, .id = 0});
        }
    }
}

const std::vector<ExploredContext>& ExploredProgram::contexts() {
    find_new_contexts();
    contexts_.clear();
    for (std::size_t i = 0; i < known_count; ++i) {
        const KnownContext& one = known[i];
        if (!one.is_source) {
            contexts_.push_back(thread_context(one.id));
            continue;
        }
        const bool can = one.fired < most_firings_ && is_armed(armed_, one.line);
        ExploredContext& context = contexts_.emplace_back();
        context.is_source = true;
        context.line = one.line;
        context.finished = !can;
        context.enabled = can && may_fire(one.line);
        context.deadline = port::kForever;
    }
    return contexts_;
}

std::size_t ExploredProgram::contexts_ever() const noexcept { return known_count; }

std::string ExploredProgram::name_of(ContextNumber context) const {
    const KnownContext& one = known[context];
    return one.is_source ? name_of_line(one.line) : name_of_thread(one.id, context);
}

std::string ExploredProgram::words_of_next(ContextNumber context) const {
    const thread::Fiber* fiber = known[context].is_source ? nullptr : thread::find_fiber(known[context].id);
    const auto* pending = fiber == nullptr ? nullptr : static_cast<const Pending*>(fiber->pending);
    return pending == nullptr ? "" : host::words_of(pending->accesses.begin(), pending->accesses.count);
}

ExploredWait ExploredProgram::wait_of(ContextNumber context) const {
    ExploredWait wait;
    const thread::Fiber* fiber = thread::find_fiber(known[context].id);
    const auto* pending = fiber == nullptr ? nullptr : static_cast<const Pending*>(fiber->pending);
    const Access* lock = pending == nullptr ? nullptr : lock_access(pending->accesses);
    if (lock != nullptr) {
        wait.lock = name_of_place(*lock);
        wait.function = pending->code->fun_bc;
        wait.ip = pending->ip;
    }
    return wait;
}

bool ExploredProgram::anybody_sleeps() {
    const auto& all = contexts();
    return std::any_of(all.begin(), all.end(), [](const ExploredContext& context) { return context.sleeps; });
}

bool ExploredProgram::all_have_ended() const noexcept {
    return std::all_of(contexts_.begin(), contexts_.end(),
                       [](const ExploredContext& context) { return context.finished; });
}

void ExploredProgram::note_failure() {
    step_.failed = failure.is_new;
    if (failure.is_new) {
        step_.is_assertion = failure.is_assertion;
        step_.failed_in_handler = failure.in_handler;
        step_.failed_for_heap = failure.needed_heap;
        step_.failed_text = failure.text;
        step_.failed_file = qstr_str(failure.file);
        step_.failed_line = failure.line;
    }
    failure.is_new = false;
}

void ExploredProgram::run_thread(thread::ThreadId id) {
    thread::Fiber& fiber = *thread::find_fiber(id);
    if (const auto* pending = static_cast<const Pending*>(fiber.pending); pending != nullptr) {
        step_.accesses.assign(pending->accesses.begin(), pending->accesses.end());
        step_.function = pending->code->fun_bc;
        step_.ip = pending->ip;
        const Access* lock = lock_access(pending->accesses);
        step_.lock_was_free = lock != nullptr && is_free(*lock);
    }
    if (fiber.state == thread::FiberState::parked) {
        step_.woke_in_time = true;
        thread::set_clock(std::max(thread::now(), fiber.deadline));
        thread::end_wait(fiber, port::Wake::timed_out);
    }
    step_.masked_before = interrupts_are_disabled();
    of_step = &step_.accesses;
    while (thread::resume(fiber) != thread::Stop::ended) {
        const auto* next = static_cast<const Pending*>(fiber.pending);
        if (next == nullptr || !next->ends_turn) {
            return;
        }
        if (turn_would_wait(fiber, *next)) {
            step_.awaits = trial.reads();
            return;
        }
        if (next->accesses.count != 0) {
            return;
        }
    }
}

void ExploredProgram::run_source(ContextNumber context) {
    KnownContext& source = known[context];
    ++source.fired;
    next_line = source.line;
    step_.is_firing = true;
    step_.lock_was_free = true;  // where it says try_acquire
    of_handler = &step_.accesses;
    static_cast<void>(thread::resume(*thread::find_fiber(interrupts_fiber)));
    of_handler = nullptr;
    step_.function = step_place.function;
    step_.ip = step_place.ip;
    step_place = {};
    step_.branched = std::exchange(handler_branched, false);
}

const ExploredStep& ExploredProgram::run(ContextNumber context) {
    step_ = {};
    if (known[context].is_source) {
        run_source(context);
    } else {
        run_thread(known[context].id);
    }
    step_.unmasked = !interrupts_are_disabled();
    note_failure();
    static_cast<void>(contexts());
    return step_;
}

const ExploredStep& ExploredProgram::finish() {
    static_cast<void>(thread::resume(*thread::find_fiber(kMain)));
    note_failure();
    return step_;
}

void ExploredProgram::restore(const Snapshot& snapshot) noexcept { snapshot.restore(); }

}  // namespace heddle::host

extern "C" void heddle_note_uncaught(mp_obj_t exception) {
    using heddle::host::failure;
    std::size_t entries = 0;
    std::size_t* traceback = nullptr;
    mp_obj_exception_get_traceback(exception, &entries, &traceback);
    const auto is = [exception](const mp_obj_type_t& type) {
        return mp_obj_exception_match(exception, MP_OBJ_FROM_PTR(&type));
    };
    failure = {.is_new = true,
               .is_assertion = is(mp_type_AssertionError),
               .in_handler = heddle::thread::in_interrupt(),
               .needed_heap = is(mp_type_MemoryError),
               .file = entries < 3 ? static_cast<qstr>(MP_QSTR_) : static_cast<qstr>(traceback[0]),
               .line = entries < 3 ? 0 : traceback[1],
               .text = {}};
    vstr_t text;
    mp_print_t print;
    vstr_init_fixed_buf(&text, sizeof failure.text, failure.text);
    print = {&text, [](void* to, const char* what, std::size_t length) {
                 auto* out = static_cast<vstr_t*>(to);
                 vstr_add_strn(out, what, std::min(length, out->alloc - 1 - out->len));
             }};
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        mp_obj_print_helper(&print, exception, PRINT_EXC);
        nlr_pop();
    }
    vstr_null_terminated_str(&text);
}

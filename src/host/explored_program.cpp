#include "host/explored_program.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdio>

#include "base/state.h"
#include "host/captured_output.hpp"
#include "host/execute.hpp"
#include "host/explored_tick.hpp"
#include "host/simulated_board.hpp"
#include "host/stack_overflow.hpp"
#include "host/startup.hpp"
#include "host/threads.hpp"
#include "mpy/failure.h"
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

/// Before an opcode that touches something shared.
struct Pending {
    Accesses accesses;
    const mp_code_state_t* code;
    const byte* ip;
};

enum class Phase : std::uint8_t {
    loading,
    running,   ///< the script, and its threads
    ended,     ///< the script; threads may go on
    finishing  ///< all threads have ended
};

HEDDLE_STATE Phase phase = Phase::loading;
// Of the last exception that nobody caught.
struct Failure {
    bool is_new;
    bool is_assertion;
    qstr file;
    std::size_t line;
};

HEDDLE_STATE Failure failure = {};

struct Loader {
    const Program& program;
    char* heap;
    int status;
};

bool is_concurrent() noexcept { return phase == Phase::ended || thread::threads_ever() > 1; }

void tick(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) {
    if (!is_concurrent() || phase == Phase::finishing || !may_switch()) {
        return;
    }
    Pending pending;
    if (!accesses_of(code, ip, sp, pending.accesses)) {
        return;
    }
    pending.code = code;
    pending.ip = ip;
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

std::uint64_t awaited_lock(const Pending* pending) noexcept {
    const Access* lock = pending == nullptr ? nullptr : lock_access(pending->accesses);
    return lock != nullptr && lock->mode == Mode::acquire && !is_free(*lock) ? lock->place : 0;
}

ExploredContext context_of(const thread::Fiber& fiber) noexcept {
    const bool parked = fiber.state == thread::FiberState::parked;
    const bool finished = fiber.id == kMain && phase != Phase::running;
    const std::uint64_t lock = awaited_lock(static_cast<const Pending*>(fiber.pending));
    return {.id = fiber.id,
            .finished = finished,
            .enabled = !finished && !parked && lock == 0,
            .sleeps = parked && fiber.deadline != port::kForever,
            .deadline = fiber.deadline,
            .waits_for = lock};
}

}  // namespace

bool ExploredProgram::load(const Program& program) {
    catch_stack_overflow();
    if (!make_board(program.board, program.scene)) {
        status_ = 1;
        return false;
    }
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
    start_capturing();
    explored_tick = tick;
    heddle_vm_hooked = 1;
    return true;
}

const std::vector<ExploredContext>& ExploredProgram::contexts() {
    contexts_.clear();
    thread::for_each_fiber([this](thread::Fiber& fiber) { contexts_.push_back(context_of(fiber)); });
    return contexts_;
}

std::size_t ExploredProgram::threads_ever() const noexcept { return thread::threads_ever(); }

bool ExploredProgram::anybody_sleeps() {
    const auto& all = contexts();
    return std::any_of(all.begin(), all.end(), [](const ExploredContext& context) { return context.sleeps; });
}

bool ExploredProgram::all_have_ended() const noexcept {
    return phase == Phase::ended && thread::live_threads() == 1;
}

void ExploredProgram::note_failure() {
    step_.failed = failure.is_new;
    if (failure.is_new) {
        step_.is_assertion = failure.is_assertion;
        step_.failed_file = qstr_str(failure.file);
        step_.failed_line = failure.line;
    }
    failure.is_new = false;
}

const ExploredStep& ExploredProgram::run(thread::ThreadId id) {
    thread::Fiber& fiber = *thread::find_fiber(id);
    step_ = {};
    step_.context = id;
    step_.accesses.count = 0;
    if (const auto* pending = static_cast<const Pending*>(fiber.pending); pending != nullptr) {
        step_.accesses = pending->accesses;
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
    static_cast<void>(thread::resume(fiber));
    note_failure();
    return step_;
}

const ExploredStep& ExploredProgram::finish() {
    static_cast<void>(thread::resume(*thread::find_fiber(kMain)));
    step_.context = kMain;
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
    failure = {.is_new = true,
               .is_assertion = mp_obj_exception_match(exception, MP_OBJ_FROM_PTR(&mp_type_AssertionError)),
               .file = entries < 3 ? static_cast<qstr>(MP_QSTR_) : static_cast<qstr>(traceback[0]),
               .line = entries < 3 ? 0 : traceback[1]};
}

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
HEDDLE_STATE bool failed = false;

struct Loader {
    const Program& program;
    char* heap;
    int status;
};

bool is_concurrent() noexcept { return phase == Phase::ended || thread::has_started_threads(); }

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

bool waits_for_lock(const Pending& pending) noexcept {
    for (const Access& access : pending.accesses) {
        if (access.mode == Mode::acquire) {
            return is_taken(MP_OBJ_FROM_PTR(access.object));
        }
    }
    return false;
}

ExploredContext context_of(const thread::Fiber& fiber) noexcept {
    const auto* pending = static_cast<const Pending*>(fiber.pending);
    const bool parked = fiber.state == thread::FiberState::parked;
    ExploredContext context{};
    context.id = fiber.id;
    context.finished = fiber.id == kMain && phase == Phase::ended;
    context.deadline = parked ? fiber.deadline : port::kForever;
    context.sleeps = parked && fiber.deadline != port::kForever;
    context.enabled = !context.finished && !parked && (pending == nullptr || !waits_for_lock(*pending));
    context.pending = pending == nullptr ? nullptr : &pending->accesses;
    return context;
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

const ExploredStep& ExploredProgram::run(thread::ThreadId id) {
    thread::Fiber& fiber = *thread::find_fiber(id);
    step_.context = id;
    step_.accesses.count = 0;
    if (const auto* pending = static_cast<const Pending*>(fiber.pending); pending != nullptr) {
        step_.accesses = pending->accesses;
    }
    if (fiber.state == thread::FiberState::parked) {
        thread::set_clock(std::max(thread::now(), fiber.deadline));
        thread::end_wait(fiber, port::Wake::timed_out);
    }
    const bool failed_before = failed;
    static_cast<void>(thread::resume(fiber));
    step_.failed = failed && !failed_before;
    return step_;
}

const ExploredStep& ExploredProgram::finish() {
    const bool failed_before = failed;
    static_cast<void>(thread::resume(*thread::find_fiber(kMain)));
    step_.context = kMain;
    step_.failed = failed && !failed_before;
    return step_;
}

void ExploredProgram::restore(const Snapshot& snapshot) noexcept { snapshot.restore(); }

}  // namespace heddle::host

extern "C" void heddle_note_uncaught(mp_obj_t) { heddle::host::failed = true; }

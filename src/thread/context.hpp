// Switching between stacks: Boost.Context's fcontext, and what the sanitizers want to be told about it.
#pragma once

#include <boost/context/detail/fcontext.hpp>
#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace heddle::thread {

/// A place where execution was left and can go on. Written by the switch that leaves it.
struct Context {
    boost::context::detail::fcontext_t place = nullptr;
    // Where its stack lies; null for an operating-system thread's own until it was first left.
    const void* stack_low = nullptr;
    std::size_t stack_bytes = 0;
    void* fake_stack = nullptr;
    void* race_detector_fiber = nullptr;
};

using ContextEntry = void (*)(boost::context::detail::transfer_t);

/// A context that will run `entry` on the stack [low, low + bytes).
inline void make_context(Context& context, void* low, std::size_t bytes, ContextEntry entry) noexcept {
    context.stack_low = low;
    context.stack_bytes = bytes;
#if defined(__SANITIZE_THREAD__)
    context.race_detector_fiber = __tsan_create_fiber(0);
#endif
    context.place = boost::context::detail::make_fcontext(static_cast<char*>(low) + bytes, bytes, entry);
}

/// Nobody will continue `context` any more. Not for the running one.
inline void end_context(Context& context) noexcept {
#if defined(__SANITIZE_THREAD__)
    __tsan_destroy_fiber(context.race_detector_fiber);
#else
    static_cast<void>(context);
#endif
}

/// The first thing on the other side of a switch: notes where `left` can be continued.
inline void arrive(Context& self, boost::context::detail::transfer_t transfer) noexcept {
    auto& left = *static_cast<Context*>(transfer.data);
    left.place = transfer.fctx;
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_finish_switch_fiber(self.fake_stack, &left.stack_low, &left.stack_bytes);
#else
    static_cast<void>(self);
#endif
}

/// Leaves `from`, continues `to`; returns when somebody continues `from`. `ends` says that nobody will.
inline void switch_context(Context& from, Context& to, bool ends = false) noexcept {
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_start_switch_fiber(ends ? nullptr : &from.fake_stack, to.stack_low, to.stack_bytes);
#else
    static_cast<void>(ends);
#endif
#if defined(__SANITIZE_THREAD__)
    from.race_detector_fiber = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(to.race_detector_fiber, 0);
#endif
    arrive(from, boost::context::detail::jump_fcontext(to.place, &from));
}

}  // namespace heddle::thread

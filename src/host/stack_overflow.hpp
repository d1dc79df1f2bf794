// The last resort where C code recurses without looking at the stack's limit.
#pragma once

namespace heddle::host {

/// From now on, a thread that runs into the guard of its stack gets RuntimeError. Every other fault stays
/// what it is.
void catch_stack_overflow() noexcept;

}  // namespace heddle::host

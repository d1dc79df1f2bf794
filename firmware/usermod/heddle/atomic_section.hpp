// The port's atomic section: interrupt handlers are kept out, and other cores too if they may run Python.
#pragma once

#include <cstdint>

namespace heddle::firmware {

[[nodiscard]] std::uintptr_t begin_atomic_section() noexcept;
void end_atomic_section(std::uintptr_t state) noexcept;

class AtomicSection {
  public:
    AtomicSection() noexcept : state_(begin_atomic_section()) {}
    ~AtomicSection() { end_atomic_section(state_); }
    AtomicSection(const AtomicSection&) = delete;
    AtomicSection& operator=(const AtomicSection&) = delete;

  private:
    std::uintptr_t state_;
};

}  // namespace heddle::firmware

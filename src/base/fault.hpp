// Who is told of a fault before stop() ends the process: one whose parent is to know of it.
#pragma once

namespace heddle {

/// Gets the sentence instead of standard error, and returns; null: standard error. Not thread-safe.
void tell_faults_to(void (*listener)(const char* sentence) noexcept) noexcept;

}  // namespace heddle

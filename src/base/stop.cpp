#include <cstdio>
#include <cstdlib>

#include "base/assert.hpp"
#include "base/fault.hpp"

namespace heddle {
namespace {

void print(const char* sentence) noexcept { std::fprintf(stderr, "heddle: %s\n", sentence); }

void (*tell)(const char* sentence) noexcept = print;

}  // namespace

void tell_faults_to(void (*listener)(const char* sentence) noexcept) noexcept {
    tell = listener == nullptr ? print : listener;
}

void stop(const char* sentence) noexcept {
    tell(sentence);
    std::abort();
}

}  // namespace heddle

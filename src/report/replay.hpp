// Replay files: a schedule that fails, and what it was found with.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "record/trace.hpp"

namespace heddle::report {

/// `FILE: what is wrong`, in one line.
class ReplayError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// What an execution depends on besides the schedule.
struct ReplayOrigin {
    std::string script;  ///< its path
    std::uint64_t script_hash = 0;
    std::string board;
    std::uint64_t board_hash = 0;  ///< of its profile
    std::string vm;                ///< MicroPython's version and Heddle's

    friend bool operator==(const ReplayOrigin&, const ReplayOrigin&) = default;
};

struct ReplayOptions {
    int irqs = 2;
    bool any_timing = false;  ///< --timing any
    std::uint64_t max_steps = 0;
    std::uint64_t heap_bytes = 0;
    std::vector<std::string> arguments{};  ///< the script's

    friend bool operator==(const ReplayOptions&, const ReplayOptions&) = default;
};

struct ReplayFinding {
    record::FindingKind kind = record::FindingKind::exception;
    std::string file;
    std::size_t line = 0;  ///< 0: of no line
    std::string message;

    friend bool operator==(const ReplayFinding&, const ReplayFinding&) = default;
};

struct Replay {
    ReplayOrigin origin;
    ReplayOptions options;
    ReplayFinding finding;
    record::Schedule schedule;

    friend bool operator==(const Replay&, const Replay&) = default;
};

/// FNV-1a, 64 bits: of a script's or a profile's bytes.
[[nodiscard]] std::uint64_t hash_of(std::string_view bytes) noexcept;

/// The file's text. parse_replay() makes the same replay of it, but for bytes of names and messages that are
/// no UTF-8.
[[nodiscard]] std::string write_replay(const Replay& replay);

/// `file` is for messages. Throws ReplayError: not JSON, cut short, of another format, fields that are
/// missing or not what they should be.
[[nodiscard]] Replay parse_replay(std::string_view text, const std::string& file);

/// What is not as it was, a sentence each, such as "the script has changed since"; where the script's path
/// alone differs, nothing. If it is empty the schedule fails as it did.
[[nodiscard]] std::vector<std::string> changes_since(const ReplayOrigin& then, const ReplayOrigin& now);

}  // namespace heddle::report

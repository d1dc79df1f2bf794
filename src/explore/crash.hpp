// Schedules in whose last step the process of the machine dies.
#pragma once

#include <string>

#include "explore/detector.hpp"
#include "explore/machine.hpp"
#include "explore/search.hpp"
#include "explore/shrink.hpp"
#include "record/trace.hpp"

namespace heddle::explore {

/// What to say of it: an `exception` where the last step stands. Runs all steps but that one. Precondition:
/// the schedule has one.
[[nodiscard]] record::Finding finding_of_crash(Machine& machine, const record::Schedule& schedule);

/// Runs the schedule in a process of its own: the signal that ended it, or 0. Precondition: this process has
/// one thread.
[[nodiscard]] int signal_in(Machine& machine, const record::Schedule& schedule);

/// For people, in one line.
[[nodiscard]] std::string words_of(const Fault& fault);

/// What shrink() returns, found in a process of its own. Where an attempt kills it, or there is no process to
/// be had: the schedule that was given. Precondition: this process has one thread.
[[nodiscard]] record::Schedule shrink_apart(Machine& machine, const record::Schedule& schedule,
                                            const record::Finding& finding,
                                            const std::vector<Detector*>& detectors,
                                            const ShrinkLimits& limits);

}  // namespace heddle::explore

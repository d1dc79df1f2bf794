// Findings in words.
#pragma once

#include "program/machine.hpp"
#include "record/report.hpp"
#include "record/trace.hpp"

namespace heddle::program {

/// Runs the schedule again, to tell what happens in it. Precondition: it shows the finding.
[[nodiscard]] record::ReportFinding tell_finding(ProgramMachine& machine, const record::Finding& finding,
                                                 const record::Schedule& schedule);
/// The same of a schedule in whose last step the interpreter dies, by this signal; that step is not run.
[[nodiscard]] record::ReportFinding tell_crash(ProgramMachine& machine, const record::Finding& finding,
                                               const record::Schedule& schedule, int signal);

}  // namespace heddle::program

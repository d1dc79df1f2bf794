// Findings in words.
#pragma once

#include "host/program_machine.hpp"
#include "record/report.hpp"
#include "record/trace.hpp"

namespace heddle::host {

/// Runs the schedule again, to tell what happens in it. Precondition: it shows the finding.
[[nodiscard]] record::ReportFinding tell_finding(ProgramMachine& machine, const record::Finding& finding,
                                                 const record::Schedule& schedule);

}  // namespace heddle::host

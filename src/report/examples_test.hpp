// Findings as a check would tell them, for the tests of what tells them on.
#pragma once

#include "record/report.hpp"

namespace heddle::report {

/// Two threads increment a global without a lock.
[[nodiscard]] record::ReportFinding lost_update();
/// Two threads take two locks in opposite order.
[[nodiscard]] record::ReportFinding deadlock();
/// A timer's handler comes between two assignments of the main thread.
[[nodiscard]] record::ReportFinding assertion();

}  // namespace heddle::report

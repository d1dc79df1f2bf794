// The interactive prompt.
#pragma once

namespace heddle::host {

/// Reads, runs and prints until Ctrl-D or SystemExit; its exit status. History is kept in ~/.heddle_history.
int repl();

}  // namespace heddle::host

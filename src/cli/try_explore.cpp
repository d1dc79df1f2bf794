#include <cstdio>
#include "explore/search.hpp"
#include "explore/strategies/optimal_dpor.hpp"
#include "host/program_machine.hpp"
namespace heddle::cli {
using namespace heddle::host;
static ExploredProgram program;
int try_explore(const host::Program& p) {
    if (!program.load(p, 2)) return program.status();
    ProgramMachine machine(program);
    explore::OptimalDpor strategy;
    explore::SearchOptions options;
    options.keep_going = true;
    const explore::SearchResult r = explore::search(machine, strategy, options);
    printf("complete %d diverged %d executions %lu blocked %lu redundant %lu steps %lu in %.3f s: %.0f/s\n", r.complete, r.diverged, r.statistics.executions, r.statistics.blocked, r.statistics.redundant, r.statistics.steps, r.statistics.seconds, double(r.statistics.executions) / r.statistics.seconds);
    for (const auto& f : r.findings) {
        const auto* line = machine.line_of(f.finding.source);
        printf("finding kind %d at %s:%zu, schedule of %zu\n", int(f.finding.kind), line ? line->file.c_str() : "-", line ? line->line : 0, f.schedule.size());
    }
    return 0;
}
}

#include <chrono>
#include <cstdio>
#include <memory>
#include <vector>
#include "host/explored_program.hpp"
#include "host/captured_output.hpp"
namespace heddle::cli {
using namespace heddle::host;
static ExploredProgram program;
static long executions, blocked, failures, steps;
static std::vector<std::unique_ptr<Snapshot>> pool;
static void dfs(std::size_t depth) {
    std::vector<std::size_t> ids;
    bool unfinished = false;
    for (;;) {
        ids.clear(); unfinished = false;
        for (const auto& c : program.contexts()) { if (!c.finished) unfinished = true; if (c.enabled) ids.push_back(c.id); }
        if (ids.empty()) for (const auto& c : program.contexts()) if (c.sleeps) { ids.push_back(c.id); break; }
        if (ids.size() != 1) break;
        ++steps; program.run(ids[0]);
    }
    if (ids.empty()) {
        if (unfinished) { ++blocked; } else { ++executions; if (program.finish().failed) ++failures; }
        return;
    }
    if (pool.size() <= depth) pool.push_back(std::make_unique<Snapshot>());
    program.take(*pool[depth]);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (i) program.restore(*pool[depth]);
        ++steps; program.run(ids[i]);
        dfs(depth + 1);
    }
}
int try_explore(const host::Program& p) {
    if (!program.load(p)) return program.status();
    auto a = std::chrono::steady_clock::now();
    dfs(0);
    double t = std::chrono::duration<double>(std::chrono::steady_clock::now() - a).count();
    printf("%ld executions, %ld blocked, %ld failed, %ld steps, %.3f s, %.0f/s, snapshot %zu bytes\n", executions, blocked, failures, steps, t, double(executions) / t, pool.empty() ? 0 : pool[0]->bytes());
    return 0;
}
}

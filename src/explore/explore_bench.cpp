// What the search itself costs, over a machine that costs next to nothing.
#include <cstdio>

#include "explore/search.hpp"
#include "explore/strategies/optimal_dpor.hpp"
#include "explore/strategies/random_walk.hpp"
#include "explore/strategies/rotation.hpp"
#include "explore/toy/toy_programs.hpp"

namespace {

using namespace heddle::explore;

void measure(const char* name, const toy::Program& program, Strategy& strategy,
             const SearchOptions& options) {
    toy::ToyMachine machine(program);
    const Statistics done = search(machine, strategy, options).statistics;
    const auto executions = static_cast<double>(done.executions + done.blocked);
    std::printf("%-42s %9.0f executions %9.4f s %9.0f /s %10.1f steps each\n", name, executions, done.seconds,
                executions / done.seconds, static_cast<double>(done.steps) / executions);
}

void measure_all(const char* name, const toy::Program& program, bool snapshots) {
    OptimalDpor strategy;
    measure(name, program, strategy, {.keep_going = true, .snapshots = snapshots});
}

}  // namespace

int main() {
    measure_all("2 threads, 5 increments each", toy::unlocked_increments(2, 5), true);
    measure_all("the same, each execution from the start", toy::unlocked_increments(2, 5), false);
    measure_all("2 threads, 6 locked increments each", toy::locked_increments(2, 6), true);
    measure_all("10 philosophers", toy::philosophers(10), true);
    measure_all("100 increments and a handler, fired twice", toy::increments_and_handler(100, 2, false),
                true);
    OptimalDpor part;
    measure("2 threads, 100 increments each, a part", toy::unlocked_increments(2, 100), part,
            {.most_executions = 20'000, .keep_going = true});
    const SearchOptions budget{.most_executions = 500'000};
    RandomWalk walk(1);
    measure("random walk, 2 locked increments", toy::locked_increments(2, 1), walk, budget);
    measure("rotation, 2 locked increments", toy::locked_increments(2, 1), *make_random_search(1), budget);
}

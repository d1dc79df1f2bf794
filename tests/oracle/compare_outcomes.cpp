// Whether the search of all executions misses an outcome of a program, or a trace: see main().
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "board/profile.hpp"
#include "explore/search.hpp"
#include "explore/strategies/every_interleaving.hpp"
#include "explore/strategies/optimal_dpor.hpp"
#include "explore/strategies/sampler.hpp"
#include "explore/toy/noting.hpp"
#include "host/captured_output.hpp"
#include "program/machine.hpp"

namespace {

using namespace heddle;
using explore::toy::Noting;

struct Options {
    host::Program program;
    unsigned irqs = 2;
    bool any_timing = false;
    std::uint64_t most = 20'000;  // executions of the search of all, and of that without a reduction
    std::uint64_t walks = 2'000;  // by chance, of each kind
    std::uint64_t most_steps = 2'000;
    bool shows = false;          // the outcomes, and what the steps of each trace touch
    bool outcomes_only = false;  // traces are not compared
};

// Goes on with a context for some while: then what needs many steps of one in a row comes too.
class Walk final : public explore::Sampler {
  public:
    using Sampler::Sampler;

    explore::ContextId choose(const explore::Execution& execution) override {
        const record::Trace& trace = execution.trace();
        if (trace.empty()) {
            stays_ = random().below(10);
        }
        if (!trace.empty() && random().below(10) < stays_ && execution.is_enabled(trace.back().context)) {
            return trace.back().context;
        }
        return execution.enabled()[random().below(execution.enabled().size())];
    }

  private:
    std::uint64_t stays_ = 0;
};

class Comparison {
  public:
    Comparison(program::ExploredProgram& program, const Options& options)
        : program_(program), options_(options), machine_(program, options.any_timing) {}

    int run();

  private:
    explore::SearchResult search(Noting& noting, std::uint64_t most) {
        // Of what it knows from earlier walks, a search with snapshots runs nothing: then there is no output.
        const explore::SearchOptions how{.most_executions = most,
                                         .most_steps = options_.most_steps,
                                         .keep_going = true,
                                         .snapshots = noting.awaits() != explore::Awaits::wake};
        return explore::search(machine_, noting, how);
    }

    std::string outcome_of(explore::Execution& execution);
    std::string error_text(const record::Finding& finding);
    bool has_all(const char* way, const Noting& reduced, const Noting& other);
    bool has_traces(const Noting& reduced, const Noting& every);
    bool walk(const char* way, const Noting& reduced);
    void print_trace(const record::Schedule& schedule);

    program::ExploredProgram& program_;
    const Options& options_;
    program::ProgramMachine machine_;
};

// The order in which uncaught exceptions are told is not explored: no part of a program sees it.
std::string without_tracebacks(std::string_view output) {
    std::string rest;
    bool is_within = false;
    while (!output.empty()) {
        const std::size_t end = std::min(output.find('\n'), output.size() - 1) + 1;
        const std::string_view line = output.substr(0, end);
        output.remove_prefix(end);
        const bool is_head =
            line.find("ncaught exception in") != line.npos || line.starts_with("Unhandled exception in");
        const bool goes_on = line.starts_with("Traceback") || line.starts_with("  File");
        if (!is_head && !goes_on && !is_within) {
            rest += line;
        }
        is_within = goes_on;
    }
    return rest;
}

std::string Comparison::outcome_of(explore::Execution& execution) {
    std::string text = without_tracebacks(host::captured_output());
    const auto states = execution.contexts();
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (!states[i].finished && !states[i].source) {
            const program::SourceLine* line = machine_.line_of(states[i].at);
            text += "context " + std::to_string(i) + " waits at " +
                    std::to_string(line == nullptr ? 0 : line->line) + "\n";
        }
    }
    std::set<std::string> errors;
    for (const auto& failure : execution.failures()) {
        errors.insert(error_text(failure.finding));
    }
    for (const record::Finding& finding : execution.ending().findings) {
        errors.insert(error_text(finding));
    }
    for (const std::string& error : errors) {
        text += error;
    }
    return text;
}

std::string Comparison::error_text(const record::Finding& finding) {
    const program::SourceLine* line = machine_.line_of(finding.source);
    return "error of kind " + std::to_string(static_cast<int>(finding.kind)) + " in context " +
           std::to_string(finding.context) + " at " + std::to_string(line == nullptr ? 0 : line->line) + "\n";
}

void print_schedule(const record::Schedule& schedule) {
    for (const record::ContextId context : schedule) {
        std::printf("%d ", context);
    }
    std::puts("");
}

// What each step touches.
void Comparison::print_trace(const record::Schedule& schedule) {
    constexpr const char* kModes[] = {"read", "write",   "update", "acquire",
                                      "hold", "release", "pass",   "give_up"};
    explore::Execution execution(machine_, {.awaits = explore::Awaits::stay, .snapshots = false});
    for (const record::ContextId context : schedule) {
        execution.run(context);
        const record::Trace& trace = execution.trace();
        const program::SourceLine* line = machine_.line_of(trace.back().source);
        std::printf("  %d:%zu%s", context, line == nullptr ? 0 : line->line,
                    trace.back().fixed ? "" : " not fixed");
        for (const record::Touch& touch : trace.touches(trace.back())) {
            const record::Place place = trace.shapes().place(touch.place);
            std::printf(", %s %s (%x)", kModes[static_cast<std::size_t>(touch.mode)],
                        machine_.name_of_place(place).c_str(), static_cast<unsigned>(place & 0xffffff));
        }
        std::puts("");
    }
}

bool Comparison::has_all(const char* way, const Noting& reduced, const Noting& other) {
    bool all = true;
    for (const auto& [outcome, times] : other.outcomes) {
        if (!reduced.outcomes.contains(outcome)) {
            std::printf("missing, found by %s %d times, first by ", way, times.count);
            print_schedule(times.first);
            if (options_.shows) {
                print_trace(times.first);
            }
            std::printf("%s", outcome.c_str());
            all = false;
        }
    }
    return all;
}

bool Comparison::has_traces(const Noting& reduced, const Noting& every) {
    bool all = true;
    for (const auto& [trace, times] : every.traces) {
        if (!reduced.traces.contains(trace)) {
            if (all || options_.shows) {
                std::printf("missing trace: ");
                print_schedule(times.first);
                if (options_.shows) {
                    print_trace(times.first);
                }
            }
            all = false;
        }
    }
    for (const auto& [trace, times] : reduced.traces) {
        if (times.count != 1) {
            std::printf("%d times the same trace: ", times.count);
            print_schedule(times.first);
            return false;
        }
    }
    return all;
}

bool Comparison::walk(const char* way, const Noting& reduced) {
    Walk walk(1);
    Noting noting(walk, program::ProgramMachine::kTime,
                  [this](explore::Execution& execution) { return outcome_of(execution); });
    noting.leave_traces_out();
    static_cast<void>(search(noting, options_.walks));
    return has_all(way, reduced, noting);
}

int Comparison::run() {
    const auto outcome = [this](explore::Execution& execution) { return outcome_of(execution); };
    explore::SearchResult result;
    std::optional<explore::OptimalDpor> optimal;
    std::optional<Noting> reduced;
    for (;;) {
        reduced.emplace(optimal.emplace(), program::ProgramMachine::kTime, outcome);
        result = search(*reduced, options_.most);
        if (!result.missed) {
            break;
        }
        machine_.watch_more();
    }
    std::printf("all: %zu executions, %zu blocked, %zu redundant, %zu traces, %zu outcomes, %s\n",
                static_cast<std::size_t>(result.statistics.executions),
                static_cast<std::size_t>(result.statistics.blocked),
                static_cast<std::size_t>(result.statistics.redundant), reduced->traces.size(),
                reduced->outcomes.size(),
                result.complete      ? "complete"
                : reduced->is_lost() ? "lost"
                : result.diverged    ? "diverged"
                                     : "unfinished");
    if (options_.shows) {
        for (const auto& [text, times] : reduced->outcomes) {
            std::printf("-- %d times:\n%s", times.count, text.c_str());
        }
        for (const auto& [trace, times] : reduced->traces) {
            std::puts("trace:");
            print_trace(times.first);
        }
    }
    std::fflush(stdout);
    bool same = result.statistics.redundant == 0 && !reduced->is_lost() && !result.diverged;
    if (!result.complete && same) {
        std::puts("too large");
        return 3;
    }
    explore::EveryInterleaving every;
    Noting whole(every, program::ProgramMachine::kTime, outcome);
    const explore::SearchResult enumerated = search(whole, options_.most);
    std::printf("every: %zu executions, %zu traces, %zu outcomes, %s\n",
                static_cast<std::size_t>(enumerated.statistics.executions), whole.traces.size(),
                whole.outcomes.size(), enumerated.complete ? "complete" : "unfinished");
    same = has_all("every interleaving", *reduced, whole) && same;
    same = (options_.outcomes_only || has_traces(*reduced, whole)) && same;
    if (enumerated.complete && !has_all("the search of all", whole, *reduced)) {
        same = false;
    }
    same = walk("a walk", *reduced) && same;
    program_.pause_everywhere(true);
    same = walk("a walk by opcodes", *reduced) && same;
    program_.pause_everywhere(false);
    std::puts(same ? "same" : "differs");
    return same ? 0 : 1;
}

bool parse(Options& options, int argc, char** argv) {
    std::string board = "pyboard";
    int i = 1;
    for (; i + 1 < argc; ++i) {
        const auto is = [&](const char* name) { return std::strcmp(argv[i], name) == 0; };
        if (is("--show")) {
            options.shows = true;
        } else if (is("--outcomes-only")) {
            options.outcomes_only = true;
        } else if (is("--timing-any")) {
            options.any_timing = true;
        } else if (is("--irqs")) {
            options.irqs = static_cast<unsigned>(std::atoi(argv[++i]));
        } else if (is("--board")) {
            board = argv[++i];
        } else if (is("--most")) {
            options.most = std::strtoull(argv[++i], nullptr, 10);
        } else if (is("--walks")) {
            options.walks = std::strtoull(argv[++i], nullptr, 10);
        } else {
            return false;
        }
    }
    options.program.executable = argv[0];
    options.program.board = board::load_profile(board);
    options.program.source = host::Source::script;
    options.program.text = i < argc ? argv[i] : "";
    options.program.arguments = {options.program.text};
    options.program.heap_bytes = 256 * 1024;
    return i + 1 == argc;
}

}  // namespace

// Exit status: 0 the same; 1 something differs; 2 usage, or the script does not load; 3 too large.
int main(int argc, char** argv) {
    Options options;
    if (!parse(options, argc, argv)) {
        std::fprintf(
            stderr,
            "usage: %s [--show] [--timing-any] [--irqs N] [--board NAME] [--most N] [--walks N] SCRIPT\n",
            argv[0]);
        return 2;
    }
    static auto* program = new program::ExploredProgram;  // fibers of the program stand on it
    if (!program->load(options.program, options.irqs, 1'000'000)) {
        return 2;
    }
    static auto* comparison = new Comparison(*program, options);
    const int status = comparison->run();
    std::fflush(stdout);
    std::_Exit(status);
}

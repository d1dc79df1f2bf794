#include "explore/search_worker.hpp"

#include <malloc.h>

#include <utility>

#include "explore/search_task.hpp"
#include "explore/strategies/optimal_dpor.hpp"
#include "explore/strategies/preemption_bounded.hpp"

namespace heddle::explore {
namespace {

// Bytes of news that are sent together.
constexpr std::size_t kMostUnsent = 32'768;
// A part that is handed over can be large; the process gives back what it took.
constexpr std::size_t kMostKept = std::size_t{1} << 20;

class Worker {
  public:
    Worker(Machine& machine, const ParallelOptions& options, std::atomic<std::uint64_t>& executions_left,
           Channel& parent, Gauges& gauges)
        : machine_(machine),
          options_(options),
          executions_left_(executions_left),
          parent_(parent),
          gauges_(gauges) {}

    void work() {
        while (const std::optional<std::string> message = parent_.receive()) {
            do_task(read_task(*message));
            flush();
            if (std::exchange(has_sent_much_, false)) {
                malloc_trim(0);
            }
        }
    }

  private:
    void do_task(SearchTask task) {
        SearchOptions how = options_.search;
        how.most_executions = task.most_executions;
        how.most_seconds = 0;
        how.most_snapshot_bytes /= options_.workers;
        how.most_work_bytes /= options_.workers + 1;  // who divides the work has a share, too
        how.gauges = &gauges_;
        how.crashes = std::move(task.crashes);
        how.on_finding = [this](const FoundSchedule& found) {
            tell_now({.kind = NewsKind::finding, .found = found});
        };
        how.on_lesson = [this](const Schedule& schedule) {
            tell({.kind = NewsKind::lesson, .found = {.finding = {}, .schedule = schedule}});
        };
        if (task.kind == TaskKind::part || task.kind == TaskKind::bounded) {
            how.executions_left = &executions_left_;
        }
        if (task.kind == TaskKind::part) {
            return explore_part(std::move(task.part), how);
        }
        const std::unique_ptr<Strategy> strategy = strategy_of(task);
        tell_end(search(machine_, *strategy, how), {});
    }

    std::unique_ptr<Strategy> strategy_of(const SearchTask& task) {
        if (task.kind == TaskKind::samples) {
            return options_.sampler(task.seed);
        }
        return task.kind == TaskKind::bounded
                   ? std::make_unique<PreemptionBounded>(0, options_.preemptions.value())
                   : std::make_unique<PreemptionBounded>();
    }

    void explore_part(Subtree part, const SearchOptions& how) {
        OptimalDpor strategy(
            std::move(part),
            [this](std::size_t length, DescribedSequence sequence) {
                tell({.kind = NewsKind::sequence, .length = length, .sequence = std::move(sequence)});
            },
            how.most_work_bytes, &known_ways_);
        const SearchResult result = search(machine_, strategy, how);
        tell_end(result, strategy.hand_over());
    }

    void tell_end(const SearchResult& result, std::vector<OpenState> left) {
        tell({.kind = NewsKind::end,
              .end = {result.statistics, result.ended_by, result.complete, result.diverged, result.missed,
                      std::move(left)}});
    }

    void tell(const News& news) {
        write_news(unsent_, news);
        if (unsent_.bytes().size() >= kMostUnsent) {
            flush();
        }
    }

    void tell_now(const News& news) {
        tell(news);
        flush();
    }

    void flush() {
        if (!unsent_.bytes().empty()) {
            static_cast<void>(parent_.send(unsent_.bytes()));
            has_sent_much_ |= unsent_.bytes().size() >= kMostKept;
            unsent_ = MessageWriter();
        }
    }

    Machine& machine_;
    const ParallelOptions& options_;
    std::atomic<std::uint64_t>& executions_left_;
    Channel& parent_;
    Gauges& gauges_;
    MessageWriter unsent_;
    bool has_sent_much_ = false;
    OptimalDpor::KnownWays known_ways_;
};

}  // namespace

void work(Machine& machine, const ParallelOptions& options, std::atomic<std::uint64_t>& executions_left,
          Channel& parent, Gauges& gauges) {
    Worker(machine, options, executions_left, parent, gauges).work();
}

}  // namespace heddle::explore

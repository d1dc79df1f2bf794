#include "explore/parallel_search.hpp"

#include <malloc.h>
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

#include "explore/agenda.hpp"
#include "explore/crash.hpp"
#include "explore/replay.hpp"
#include "explore/search_worker.hpp"

namespace heddle::explore {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

// A task is not given up sooner, so that others have something to do.
constexpr Seconds kSlice{0.02};
// Between two looks at who is idle, and at the clock.
constexpr int kLook_ms = 10;
constexpr Seconds kBetweenProgress{0.1};
// For workers to end where they are; after it they are killed.
constexpr Seconds kFarewell{0.1};
constexpr std::size_t kMostCrashes = 20;
// News of more bytes than these: the process gives back what they took.
constexpr std::size_t kMostKept = std::size_t{1} << 20;

struct Worker {
    std::unique_ptr<WorkerProcess> process;
    bool is_busy = false;
    TaskNumber number = 0;
    TaskKind kind = TaskKind::part;
    Clock::time_point start;

    [[nodiscard]] bool is_idle() const { return process != nullptr && !is_busy; }
};

class Coordinator {
  public:
    Coordinator(Machine& machine, const ParallelOptions& options)
        : machine_(machine), options_(options), agenda_(make_agenda(options)), workers_(options.workers) {
        *executions_left_ = options.search.most_executions;
    }

    SearchResult run() {
        try {
            search();
        } catch (const std::system_error& error) {
            if (statistics().counted() == 0 && found_.empty()) {
                throw;
            }
            note({LastWord::refused, error.what(), {}});
            stop(EndedBy::completion);
        }
        return result();
    }

  private:
    struct Found {
        TaskNumber number;
        FoundSchedule schedule;
    };

    void search() {
        while (!is_over_ && !agenda_->is_done()) {
            give_tasks();
            wait(kLook_ms);
            ask_for_parts();
            look_at_clock();
        }
        if (is_over_) {
            say_farewell();
        }
    }

    // ---- tasks

    void give_tasks() {
        while (Worker* worker = find_idle()) {
            std::optional<Agenda::Item> item = agenda_->next();
            if (!item) {
                return;
            }
            if (!start_process(*worker)) {
                agenda_->put_back(item->number);
                continue;
            }
            item->task.crashes = crashes_;
            worker->is_busy = true;
            worker->number = item->number;
            worker->kind = item->task.kind;
            worker->start = Clock::now();
            worker->process->gauges().clear();
            static_cast<void>(worker->process->channel().send(write_task(item->task)));
        }
    }

    // One that runs, if there is one: a new one costs something.
    Worker* find_idle() {
        const auto idle = std::ranges::find_if(workers_, &Worker::is_idle);
        if (idle != workers_.end()) {
            return &*idle;
        }
        const auto none = std::ranges::find_if(workers_, [](const Worker& one) { return !one.process; });
        return none == workers_.end() ? nullptr : &*none;
    }

    // False: there is no room for one more process beside the others, and that worker is gone.
    [[nodiscard]] bool start_process(Worker& worker) {
        try {
            if (!worker.process) {
                worker.process = std::make_unique<WorkerProcess>([this](Channel& parent, Gauges& gauges) {
                    work(machine_, options_, *executions_left_, parent, gauges);
                });
            }
        } catch (const std::system_error&) {
            std::erase_if(workers_, [&](const Worker& one) { return &one == &worker; });
            if (workers_.empty()) {
                throw;
            }
            return false;
        }
        return true;
    }

    void ask_for_parts() {
        if (is_over_ || !agenda_->wants_parts() || find_idle() == nullptr) {
            return;
        }
        for (Worker& worker : workers_) {
            if (worker.is_busy && Clock::now() - worker.start >= kSlice) {
                worker.process->gauges().ask_to_hand_over();
            }
        }
    }

    // ---- news

    void wait(int most_ms) {
        std::vector<pollfd> files;
        std::vector<Worker*> whose;
        for (Worker& worker : workers_) {
            if (worker.process) {
                files.push_back({worker.process->channel().file(), POLLIN, 0});
                whose.push_back(&worker);
            }
        }
        if (poll(files.data(), files.size(), most_ms) <= 0) {
            return;
        }
        for (std::size_t i = 0; i < files.size(); ++i) {
            if (files[i].revents != 0) {
                hear(*whose[i]);
            }
        }
    }

    void hear(Worker& worker) {
        std::size_t bytes = 0;
        const bool is_alive = take_in_all(worker, bytes);
        if (bytes >= kMostKept) {
            malloc_trim(0);
        }
        if (!is_alive) {
            on_death(worker);
        }
    }

    // False: these were its last words.
    [[nodiscard]] bool take_in_all(Worker& worker, std::size_t& bytes) {
        std::vector<std::string> messages;
        const bool is_alive = worker.process->channel().receive_available(messages);
        for (const std::string& message : messages) {
            bytes += message.size();
            for (MessageReader reader(message); !reader.is_at_end();) {
                take_in(worker, read_news(reader));
            }
        }
        return is_alive;
    }

    void take_in(Worker& worker, const News& news) {
        switch (news.kind) {
            case NewsKind::finding:
                return note(worker.number, news.found);
            case NewsKind::lesson:
                return learn(worker.number, news.found.schedule);
            case NewsKind::sequence:
                return agenda_->on_sequence(worker.number, news.length, news.sequence);
            case NewsKind::end:
                return on_end(worker, news.end);
        }
    }

    void on_end(Worker& worker, const TaskEnd& end) {
        worker.is_busy = false;
        agenda_->on_end(worker.number, end);
        diverged_ |= end.diverged;
        missed_ |= end.missed;
        const bool is_budget = worker.kind == TaskKind::part || worker.kind == TaskKind::bounded;
        if (end.diverged || end.missed) {
            stop(EndedBy::completion);
        } else if (is_budget && end.ended_by == EndedBy::executions) {
            stop(EndedBy::executions);
        }
    }

    // Its detectors have learned something; ours learn it, and find what they know the rest of.
    void learn(TaskNumber number, const Schedule& schedule) {
        const SearchOptions& how = options_.search;
        const Replay shown =
            replay(machine_, schedule, {.detectors = how.detectors, .most_steps = how.most_steps});
        for (const Finding& finding : shown.findings) {
            note(number, {.finding = finding, .schedule = schedule});
        }
    }

    void note(TaskNumber number, const FoundSchedule& found) {
        found_.push_back({number, found});
        if (is_error(found.finding) && !options_.search.keep_going && agenda_->ends_at_error(number)) {
            stop(EndedBy::error);
        }
    }

    void note(Fault fault) {
        const auto is_same = [&](const Fault& known) {
            return known.why == fault.why && known.sentence == fault.sentence;
        };
        if (std::ranges::none_of(faults_, is_same)) {
            faults_.push_back(std::move(fault));
        }
    }

    // ---- deaths

    void on_death(Worker& worker) {
        const Gauges& gauges = worker.process->gauges();
        const int signal = worker.process->wait_for_end();
        const LastWord last_word = gauges.last_word();
        Fault fault{last_word, std::string(gauges.last_sentence()), {}};
        const Schedule schedule(gauges.schedule().begin(), gauges.schedule().end());
        const Statistics undone = gauges.statistics();
        worker.process.reset();
        if (!std::exchange(worker.is_busy, false)) {
            return;
        }
        executions_left_->fetch_add(worker.kind == TaskKind::part ? undone.counted() + 1 : 0);
        const bool is_new = std::ranges::find(crashes_, schedule) == crashes_.end();
        // Who has had too little memory would have too little again.
        const bool can_try_again = last_word == LastWord::none || last_word == LastWord::fault;
        if (is_new && crashes_.size() < kMostCrashes && can_try_again) {
            crashes_.push_back(schedule);
            agenda_->put_back(worker.number);
        } else {
            agenda_->give_up(worker.number);
        }
        if (last_word != LastWord::none) {
            fault.schedule = schedule;
            note(std::move(fault));
        } else if (!schedule.empty()) {
            note(worker.number,
                 {.finding = finding_of_crash(machine_, schedule), .schedule = schedule, .signal = signal});
        }
    }

    // ---- the end

    void look_at_clock() {
        const double most = options_.search.most_seconds;
        if (!is_stopped_ && most > 0 && seconds() >= most) {
            stop(EndedBy::time);
        }
        if (options_.on_progress && Clock::now() - last_progress_ >= kBetweenProgress) {
            last_progress_ = Clock::now();
            if (!options_.on_progress(progress()) && !is_stopped_) {
                stop(EndedBy::stop);
            }
        }
    }

    void stop(EndedBy why) {
        ended_by_ = is_over_ ? ended_by_ : why;
        is_over_ = true;
        if (why == EndedBy::executions) {
            return;  // who is in the middle of one of them ends it, and gets no other
        }
        is_stopped_ = true;
        for (Worker& worker : workers_) {
            if (worker.is_busy) {
                worker.process->gauges().stop();
            }
        }
    }

    void say_farewell() {
        while (std::ranges::any_of(workers_, &Worker::is_busy) && !is_stopped_) {
            wait(kLook_ms);
            look_at_clock();
        }
        const Clock::time_point end = Clock::now() + std::chrono::duration_cast<Clock::duration>(kFarewell);
        while (std::ranges::any_of(workers_, &Worker::is_busy) && Clock::now() < end) {
            wait(1);
        }
    }

    double seconds() const { return Seconds(Clock::now() - start_).count(); }

    Statistics statistics() const {
        Statistics sum = agenda_->statistics();
        for (const Worker& worker : workers_) {
            if (worker.is_busy && agenda_->counts(worker.number)) {
                sum.add(worker.process->gauges().statistics());
            }
        }
        sum.seconds = seconds();
        return sum;
    }

    SearchProgress progress() const {
        SearchProgress now{.statistics = statistics()};
        for (const Worker& worker : workers_) {
            now.depth = std::max(now.depth, worker.process ? worker.process->gauges().depth() : 0);
        }
        const std::optional<double> explored = agenda_->explored([this](TaskNumber number) {
            const auto whose = std::ranges::find_if(
                workers_, [&](const Worker& one) { return one.is_busy && one.number == number; });
            return whose == workers_.end() ? 0 : whose->process->gauges().explored();
        });
        if (explored && *explored > 0) {
            now.executions_left = static_cast<double>(now.statistics.counted()) * (1 - *explored) / *explored;
        }
        return now;
    }

    SearchResult result() {
        SearchResult result;
        result.statistics = statistics();
        result.diverged = diverged_;
        result.missed = missed_;
        result.faults = faults_;
        add_findings(result);
        drop_orders_that_met(result.findings);
        const bool has_error = std::ranges::any_of(
            result.findings, [](const FoundSchedule& found) { return is_error(found.finding); });
        if (is_over_) {
            result.ended_by = ended_by_;
        } else if (has_error && !options_.search.keep_going) {
            result.ended_by = EndedBy::error;
        } else if (agenda_->is_complete() && result.statistics.has_end() && crashes_.empty() &&
                   faults_.empty()) {
            result.complete = true;
        } else if (options_.sampler) {
            result.ended_by = EndedBy::executions;
        }
        result.verdict = has_error ? Verdict::error : result.complete ? Verdict::clean : Verdict::unfinished;
        return result;
    }

    void add_findings(SearchResult& result) {
        std::ranges::stable_sort(found_, {}, &Found::number);
        for (Found& found : found_) {
            const auto is_same = [&](const FoundSchedule& known) {
                return known.signal == found.schedule.signal && known.finding.same_as(found.schedule.finding);
            };
            if (agenda_->has_finding(found.number) && std::ranges::none_of(result.findings, is_same)) {
                result.findings.push_back(std::move(found.schedule));
            }
        }
    }

    Machine& machine_;
    const ParallelOptions& options_;
    std::unique_ptr<Agenda> agenda_;
    Shared<std::atomic<std::uint64_t>> executions_left_;
    std::vector<Schedule> crashes_;
    std::vector<Fault> faults_;
    std::vector<Found> found_;
    std::vector<Worker> workers_;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_progress_ = start_;
    EndedBy ended_by_ = EndedBy::completion;
    bool is_over_ = false;     // nobody gets another task
    bool is_stopped_ = false;  // nobody is to go on
    bool diverged_ = false;
    bool missed_ = false;
};

}  // namespace

SearchResult search_in_workers(Machine& machine, const ParallelOptions& options) {
    return Coordinator(machine, options).run();
}

}  // namespace heddle::explore

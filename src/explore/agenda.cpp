#include "explore/agenda.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/random.hpp"
#include "explore/work_tree.hpp"

namespace heddle::explore {
namespace {

constexpr std::uint64_t kSimplestFirst = 1000;

/// All executions by optimal DPOR, and simple ones before.
class Everything final : public Agenda {
  public:
    explicit Everything(const ParallelOptions& options)
        : simplest_{.kind = TaskKind::simplest_first,
                    .most_executions = std::min(kSimplestFirst, options.search.most_executions)},
          work_(options.search.most_work_bytes / (options.workers + 1)) {}

    std::optional<Item> next() override {
        if (stage_ == Stage::beginning) {
            stage_ = Stage::simplest;
            return Item{kSimplest, simplest_};
        }
        if (stage_ == Stage::simplest) {
            return std::nullopt;
        }
        std::optional<WorkTree::Task> task = work_.take();
        if (!task) {
            return std::nullopt;
        }
        return Item{task->id + 1, {.kind = TaskKind::part, .part = std::move(task->part)}};
    }

    bool is_done() const override { return stage_ == Stage::parts && work_.is_done(); }
    bool wants_parts() const override { return stage_ == Stage::parts && !work_.has_task(); }

    void on_sequence(TaskNumber number, std::size_t length, const DescribedSequence& sequence) override {
        work_.insert(number - 1, length, sequence);
    }

    void on_end(TaskNumber number, const TaskEnd& end) override {
        if (number == kSimplest) {
            simplest_statistics_ = end.statistics;
            stage_ = Stage::parts;
            return;
        }
        statistics_.add(end.statistics);
        if (end.left.empty()) {
            work_.finish(number - 1);
        } else {
            work_.hand_over(number - 1, end.left);
        }
    }

    void put_back(TaskNumber number) override {
        if (number == kSimplest) {
            stage_ = Stage::beginning;
        } else {
            work_.put_back(number - 1);
        }
    }

    void give_up(TaskNumber number) override {
        has_given_up_ = true;
        if (number == kSimplest) {
            stage_ = Stage::parts;
        } else {
            work_.give_up(number - 1);
        }
    }

    // Of the simple ones where it has not come to more.
    Statistics statistics() const override {
        return stage_ == Stage::parts && work_.has_begun() ? statistics_ : simplest_statistics_;
    }
    bool counts(TaskNumber number) const override { return number != kSimplest || stage_ == Stage::simplest; }
    bool is_complete() const override { return !has_given_up_ && statistics_.cut == 0; }
    std::optional<double> explored(const std::function<double(TaskNumber)>& of_task) const override {
        if (stage_ != Stage::parts) {
            return std::nullopt;
        }
        return work_.explored([&](WorkTree::TaskId task) { return of_task(task + 1); });
    }

  private:
    static constexpr TaskNumber kSimplest = 0;
    enum class Stage : std::uint8_t { beginning, simplest, parts };

    SearchTask simplest_;
    Stage stage_ = Stage::beginning;
    WorkTree work_;
    Statistics simplest_statistics_;
    Statistics statistics_;
    bool has_given_up_ = false;
};

/// All executions within a bound of preemptions: one task.
class Bounded final : public Agenda {
  public:
    std::optional<Item> next() override {
        if (std::exchange(is_taken_, true)) {
            return std::nullopt;
        }
        return Item{0, {.kind = TaskKind::bounded}};
    }
    bool is_done() const override { return is_done_; }
    void on_end(TaskNumber, const TaskEnd& end) override {
        is_done_ = true;
        end_ = end;
    }
    void put_back(TaskNumber) override { is_taken_ = false; }
    void give_up(TaskNumber) override { is_done_ = true; }
    Statistics statistics() const override { return end_.statistics; }
    bool is_complete() const override { return end_.complete; }
    std::optional<double> explored(const std::function<double(TaskNumber)>&) const override {
        return std::nullopt;
    }

  private:
    bool is_taken_ = false;
    bool is_done_ = false;
    TaskEnd end_;
};

/// Blocks of samples, each with a seed of its own: what is sampled does not depend on who does which. An
/// error ends the search with its block, so that the counts do not depend on it either.
class Samples final : public Agenda {
  public:
    explicit Samples(const ParallelOptions& options)
        : left_(options.search.most_executions), random_(options.seed) {}

    std::optional<Item> next() override {
        if (!again_.empty()) {
            Item item = std::move(again_.back());
            again_.pop_back();
            running_.emplace(item.number, item.task);
            return item;
        }
        if (left_ == 0 || next_ > last_) {
            return std::nullopt;
        }
        // Longer and longer ones: samplers learn.
        const std::uint64_t size = std::min(left_, kLeast << std::min<TaskNumber>(next_ / 4, 8));
        left_ -= size;
        Item item{next_++, {.kind = TaskKind::samples, .most_executions = size, .seed = random_.next()}};
        running_.emplace(item.number, item.task);
        return item;
    }

    bool is_done() const override {
        const auto counts = [this](const auto& entry) { return entry.first <= last_; };
        return std::ranges::none_of(running_, counts) && again_.empty() && (left_ == 0 || next_ > last_);
    }
    void on_end(TaskNumber number, const TaskEnd& end) override {
        running_.erase(number);
        ended_.emplace(number, end.statistics);
    }
    void put_back(TaskNumber number) override {
        const auto task = running_.extract(number);
        if (number <= last_) {
            again_.push_back({number, task.mapped()});
        }
    }
    void give_up(TaskNumber number) override { running_.erase(number); }
    bool ends_at_error(TaskNumber number) override {
        last_ = std::min(last_, number);
        std::erase_if(again_, [this](const Item& item) { return item.number > last_; });
        return false;
    }
    Statistics statistics() const override {
        Statistics sum;
        for (const auto& [number, statistics] : ended_) {
            if (number <= last_) {
                sum.add(statistics);
            }
        }
        return sum;
    }
    bool counts(TaskNumber number) const override { return number <= last_; }
    bool has_finding(TaskNumber number) const override { return number <= last_; }
    bool is_complete() const override { return false; }
    std::optional<double> explored(const std::function<double(TaskNumber)>&) const override {
        return std::nullopt;
    }

  private:
    static constexpr std::uint64_t kLeast = 700;

    std::uint64_t left_;
    Random random_;
    TaskNumber next_ = 0;
    TaskNumber last_ = UINT32_MAX;
    std::map<TaskNumber, SearchTask> running_;
    std::map<TaskNumber, Statistics> ended_;
    std::vector<Item> again_;
};

}  // namespace

std::unique_ptr<Agenda> make_agenda(const ParallelOptions& options) {
    if (options.sampler) {
        return std::make_unique<Samples>(options);
    }
    if (options.preemptions) {
        return std::make_unique<Bounded>();
    }
    return std::make_unique<Everything>(options);
}

}  // namespace heddle::explore

#include "explore/work_tree.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "explore/search.hpp"
#include "explore/strategies/optimal_dpor.hpp"
#include "explore/toy/random_program.hpp"
#include "explore/toy/toy_programs.hpp"

namespace heddle::explore {
namespace {

// As workers would, one task after the other: each is given up after so many executions. Tasks overlap, so
// that their messages come late: `at_once` of them are taken before the first one runs.
struct Parts {
    std::uint64_t most_executions;
    std::size_t at_once;
};

Statistics search_in_parts(const toy::Program& program, const Parts& parts) {
    WorkTree work;
    Statistics all;
    std::size_t tasks = 0;
    while (!work.is_done()) {
        std::vector<WorkTree::Task> taken;
        while (taken.size() < parts.at_once && work.has_task()) {
            taken.push_back(*work.take());
        }
        for (WorkTree::Task& task : taken) {
            toy::ToyMachine machine(program);
            std::vector<std::pair<std::size_t, DescribedSequence>> outside;
            OptimalDpor strategy(std::move(task.part), [&](std::size_t length, DescribedSequence sequence) {
                outside.emplace_back(length, std::move(sequence));
            });
            std::vector<OpenState> left;
            // The trace is wanted where the search gives up.
            class Giving final : public Strategy {
              public:
                Giving(OptimalDpor& inner, std::uint64_t most, std::vector<OpenState>& left)
                    : inner_(inner), most_(most), left_(left) {}
                Awaits awaits() const noexcept override { return inner_.awaits(); }
                void start(Execution& execution) override { inner_.start(execution); }
                ContextId choose(const Execution& execution) override { return inner_.choose(execution); }
                void ran(const Execution& execution) override { inner_.ran(execution); }
                bool is_complete() const noexcept override { return true; }
                std::optional<std::size_t> finish(Execution& execution) override {
                    const auto kept = inner_.finish(execution);
                    if (!kept || ++done_ < most_) {
                        return kept;
                    }
                    inner_.leave(execution);
                    left_ = inner_.hand_over();
                    return std::nullopt;
                }

              private:
                OptimalDpor& inner_;
                std::uint64_t most_;
                std::vector<OpenState>& left_;
                std::uint64_t done_ = 0;
            } giving(strategy, parts.most_executions, left);
            const SearchResult result = search(machine, giving, {.keep_going = true});
            all.add(result.statistics);
            for (const auto& [length, sequence] : outside) {
                work.insert(task.id, length, sequence);
            }
            if (left.empty()) {
                work.finish(task.id);
            } else {
                work.hand_over(task.id, left);
            }
            ++tasks;
        }
    }
    EXPECT_GT(tasks, 0u);
    return all;
}

Statistics search_whole(const toy::Program& program) {
    toy::ToyMachine machine(program);
    OptimalDpor strategy;
    return search(machine, strategy, {.keep_going = true}).statistics;
}

void expect_the_same(const toy::Program& program) {
    const Statistics whole = search_whole(program);
    for (const Parts& parts : {Parts{1, 1}, Parts{1, 3}, Parts{3, 2}, Parts{7, 8}}) {
        SCOPED_TRACE(testing::Message() << parts.most_executions << " executions each, " << parts.at_once);
        const Statistics sum = search_in_parts(program, parts);
        EXPECT_EQ(whole.executions, sum.executions);
        EXPECT_EQ(whole.blocked, sum.blocked);
        EXPECT_EQ(0u, sum.redundant);
    }
}

TEST(WorkTree, HasAllExecutionsOnceInItsParts) {
    expect_the_same(toy::unlocked_increments(2, 3));
    expect_the_same(toy::unlocked_increments(3, 1));
    expect_the_same(toy::locked_increments(2, 3));
    expect_the_same(toy::locked_increments(4, 1));
    expect_the_same(toy::one_writer(4));
    expect_the_same(toy::last_zero(4));
    expect_the_same(toy::philosophers(4));
    expect_the_same(toy::increments_and_handler(3, 2, false));
    expect_the_same(toy::increments_and_handler(3, 2, true));
}

TEST(WorkTree, HasAllExecutionsOfLoopsThatWait) { expect_the_same(toy::peterson()); }

void expect_the_same(toy::Program (*random_program)(std::uint64_t)) {
    const char* wanted = std::getenv("HEDDLE_SEEDS");
    const std::uint64_t seeds = wanted == nullptr ? 100 : std::strtoull(wanted, nullptr, 10);
    for (std::uint64_t seed = 1; seed <= seeds && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        const toy::Program program = random_program(seed);
        if (search_whole(program).counted() <= 500) {
            expect_the_same(program);
        }
    }
}

TEST(WorkTree, HasAllExecutionsOfRandomPrograms) { expect_the_same(toy::random_program); }

TEST(WorkTree, HasAllExecutionsWhereHandlersInterruptEachOther) {
    expect_the_same(toy::random_nested_program);
}

}  // namespace
}  // namespace heddle::explore

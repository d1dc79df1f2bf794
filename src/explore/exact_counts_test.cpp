#include <gtest/gtest.h>

#include "explore/search.hpp"
#include "explore/strategies/optimal_dpor.hpp"
#include "explore/toy/toy_programs.hpp"

namespace heddle::explore {
namespace {

using namespace toy;

SearchResult search_all(Program program, bool snapshots = true) {
    ToyMachine machine(std::move(program));
    OptimalDpor strategy;
    SearchOptions options;
    options.keep_going = true;
    options.snapshots = snapshots;
    return search(machine, strategy, options);
}

// Both ways back, by snapshots and by running again.
void expect_counts(const Program& program, std::uint64_t executions, std::uint64_t blocked = 0) {
    for (const bool snapshots : {true, false}) {
        const SearchResult result = search_all(program, snapshots);
        EXPECT_TRUE(result.complete);
        EXPECT_EQ(result.statistics.executions, executions);
        EXPECT_EQ(result.statistics.blocked, blocked);
        EXPECT_EQ(result.statistics.redundant, 0u);
    }
}

std::uint64_t factorial(std::uint64_t n) { return n == 0 ? 1 : n * factorial(n - 1); }

std::uint64_t binomial(std::uint64_t n, std::uint64_t k) {
    return k == 0 ? 1 : binomial(n - 1, k - 1) * n / k;
}

TEST(ExactCounts, UnlockedIncrementsOfManyThreads) {
    expect_counts(unlocked_increments(2, 1), 4);
    expect_counts(unlocked_increments(3, 1), 36);
    expect_counts(unlocked_increments(4, 1), 576);
}

TEST(ExactCounts, UnlockedIncrementsOfTwoThreads) {
    expect_counts(unlocked_increments(2, 2), 34);
    expect_counts(unlocked_increments(2, 3), 328);
    expect_counts(unlocked_increments(2, 4), 3334);
    expect_counts(unlocked_increments(2, 5), 34904);
}

TEST(ExactCounts, LockedIncrements) {
    for (int n = 1; n <= 6; ++n) {
        expect_counts(locked_increments(n, 1), factorial(static_cast<std::uint64_t>(n)));
    }
    for (int k = 1; k <= 5; ++k) {
        expect_counts(locked_increments(2, k),
                      binomial(2 * static_cast<std::uint64_t>(k), static_cast<std::uint64_t>(k)));
    }
}

TEST(ExactCounts, ReadersAndWriters) {
    for (int n = 1; n <= 8; ++n) {
        expect_counts(one_writer(n), std::uint64_t{1} << n);
    }
    for (int n = 1; n <= 6; ++n) {
        expect_counts(one_reader(n), factorial(static_cast<std::uint64_t>(n) + 1));
    }
}

TEST(ExactCounts, LastZero) {
    for (int n = 2; n <= 10; ++n) {
        expect_counts(last_zero(n), (static_cast<std::uint64_t>(n) + 3) << (n - 2));
    }
}

Program threads_of(std::vector<Code> codes) {
    Program program;
    program.threads = codes.size();
    program.codes = std::move(codes);
    return program;
}

// `others` steps of a thread, a handler of `reads` reads, and `writes` firings of a more urgent one that
// writes.
Program nested(std::size_t others, std::size_t reads, int writes) {
    Program program = threads_of({Code(others, {OpKind::count, 0, 1, 1})});
    program.sources.push_back({Code(reads, {OpKind::load, 0, 0}), 1, 0, 1});
    program.sources.push_back({{{OpKind::set, 0, 0, 1}}, writes, 0, 0});
    return program;
}

// Nobody but the two handlers touches what they touch.
TEST(ExactCounts, AHandlerInterruptsAnother) {
    for (const std::size_t others : {0, 1, 5}) {
        for (std::size_t reads = 1; reads <= 4; ++reads) {
            for (int writes = 1; writes <= 3; ++writes) {
                const auto firings = static_cast<std::uint64_t>(writes);
                expect_counts(nested(others, reads, writes), binomial(reads + firings, firings));
            }
        }
    }
}

// Lock `x` for as long as others can go on, `inside`, and back.
Code locked_for(std::uint8_t x, const Code& inside = {}) {
    const auto end = static_cast<std::uint8_t>(inside.size() + 3);
    Code code{{OpKind::lock_for, 0, x}, {OpKind::jump_if, 0, end, 0}};
    code.insert(code.end(), inside.begin(), inside.end());
    code.push_back({OpKind::unlock, 0, x});
    return code;
}

TEST(ExactCounts, WaitsWithALimitThatNobodyReaches) {
    for (std::size_t n = 1; n <= 5; ++n) {
        expect_counts(threads_of(std::vector<Code>(n, locked_for(0))), factorial(n));
    }
}

TEST(ExactCounts, AWaitGivesUpOnALockThatIsKept) {
    const Code keeper{{OpKind::lock, 0, 0}};
    expect_counts(threads_of({keeper, locked_for(0)}), 2);
    // The keeper comes first, and both give up, one after the other; between the other two; or last.
    expect_counts(threads_of({keeper, locked_for(0), locked_for(0)}), 2 + 2 + 2);
}

TEST(ExactCounts, AWaitThatGivesUpBreaksACycle) {
    const Code patient{
        {OpKind::lock, 0, 0}, {OpKind::lock, 0, 1}, {OpKind::unlock, 0, 1}, {OpKind::unlock, 0, 0}};
    const Code hurried{{OpKind::lock, 0, 1},
                       {OpKind::lock_for, 0, 0},
                       {OpKind::jump_if, 0, 4, 0},
                       {OpKind::unlock, 0, 0},
                       {OpKind::unlock, 0, 1}};
    expect_counts(threads_of({patient, hurried}), 3);
}

TEST(ExactCounts, Philosophers) {
    for (int n = 2; n <= 8; ++n) {
        expect_counts(philosophers(n), (std::uint64_t{1} << n) - 2, 1);
    }
}

TEST(ExactCounts, TwoLocksInOppositeOrder) { expect_counts(two_locks_in_opposite_order(), 2, 1); }

TEST(ExactCounts, Peterson) { expect_counts(peterson(), 4); }

TEST(ExactCounts, IncrementsAndAHandler) {
    for (int k = 1; k <= 3; ++k) {
        for (int m = 1; m <= 4; ++m) {
            const auto steps = static_cast<std::uint64_t>(k) * 2 + static_cast<std::uint64_t>(m);
            expect_counts(increments_and_handler(k, m, false),
                          binomial(steps, static_cast<std::uint64_t>(m)));
        }
    }
}

// The handler comes before, between or after the increments, but not inside of one.
TEST(ExactCounts, MaskedIncrementsAndAHandler) {
    for (int k = 1; k <= 3; ++k) {
        for (int m = 1; m <= 4; ++m) {
            const auto steps = static_cast<std::uint64_t>(k) + static_cast<std::uint64_t>(m);
            expect_counts(increments_and_handler(k, m, true), binomial(steps, static_cast<std::uint64_t>(m)));
        }
    }
}

}  // namespace
}  // namespace heddle::explore

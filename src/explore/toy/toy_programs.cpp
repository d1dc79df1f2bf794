#include "explore/toy/toy_programs.hpp"

namespace heddle::explore::toy {
namespace {

using enum OpKind;

Program program_of(std::vector<Code> codes) {
    Program program;
    program.threads = codes.size();
    program.codes = std::move(codes);
    return program;
}

Code repeated(int times, const Code& code) {
    Code all;
    for (int i = 0; i < times; ++i) {
        all.insert(all.end(), code.begin(), code.end());
    }
    return all;
}

std::uint8_t small(int number) { return static_cast<std::uint8_t>(number); }

const Code kIncrement = {{load, 0, 0}, {store, 0, 0, 1}};
const Code kLockedIncrement = {{lock, 0, 0}, {load, 0, 0}, {store, 0, 0, 1}, {unlock, 0, 0}};

}  // namespace

Program unlocked_increments(int threads, int times) {
    return program_of(std::vector<Code>(static_cast<std::size_t>(threads), repeated(times, kIncrement)));
}

Program locked_increments(int threads, int times) {
    return program_of(
        std::vector<Code>(static_cast<std::size_t>(threads), repeated(times, kLockedIncrement)));
}

Program one_writer(int readers) {
    std::vector<Code> codes(static_cast<std::size_t>(readers), Code{{load, 0, 0}});
    codes.push_back({{set, 0, 0, 1}});
    return program_of(std::move(codes));
}

Program one_reader(int writers) {
    std::vector<Code> codes;
    for (int i = 0; i < writers; ++i) {
        codes.push_back({{set, 0, 0, i + 1}});
    }
    codes.push_back({{load, 0, 0}});
    return program_of(std::move(codes));
}

Program last_zero(int threads) {
    std::vector<Code> codes(1);
    for (int i = threads; i >= 0; --i) {
        codes[0].push_back({load, 0, small(i)});
        codes[0].push_back({jump_if, 0, small(2 * (threads + 1)), 0});
    }
    for (int i = 1; i <= threads; ++i) {
        codes.push_back({{load, 0, small(i - 1)}, {store, 0, small(i), 1}});
    }
    return program_of(std::move(codes));
}

Program philosophers(int count) {
    std::vector<Code> codes;
    for (int i = 0; i < count; ++i) {
        const std::uint8_t left = small(i);
        const std::uint8_t right = small((i + 1) % count);
        codes.push_back({{lock, 0, left}, {lock, 0, right}, {unlock, 0, right}, {unlock, 0, left}});
    }
    return program_of(std::move(codes));
}

Program two_locks_in_opposite_order() {
    return program_of({{{lock, 0, 0}, {lock, 0, 1}, {unlock, 0, 1}, {unlock, 0, 0}},
                       {{lock, 0, 1}, {lock, 0, 0}, {unlock, 0, 0}, {unlock, 0, 1}}});
}

// Variables 0 and 1 are who wants to enter, 2 is whose turn it is.
Program peterson() {
    const auto side = [](std::uint8_t own, std::uint8_t other) {
        return Code{{set, 0, own, 1},           {set, 0, 2, other}, {turn},
                    {load, 0, other},           {jump_if, 0, 8, 0}, {load, 1, 2},
                    {jump_unless, 1, 8, other}, {again, 0, 2},      {load, 2, 3},
                    {store, 2, 3, 1},           {set, 0, own, 0}};
    };
    return program_of({side(0, 1), side(1, 0)});
}

Program increments_and_handler(int increments, int firings, bool masked) {
    const Code code =
        masked ? Code{{mask, 0, 1}, {load, 0, 0}, {store, 0, 0, 1}, {unmask, 0, 1}} : kIncrement;
    Program program = program_of({repeated(increments, code)});
    program.sources.push_back({kIncrement, firings, small(masked ? 1 : 0)});
    return program;
}

}  // namespace heddle::explore::toy

#include "explore/toy/buggy_programs.hpp"

namespace heddle::explore::toy {
namespace {

using enum OpKind;

Program program_of(std::vector<Code> codes) {
    Program program;
    program.threads = codes.size();
    program.codes = std::move(codes);
    return program;
}

// The registers are never 99: whoever comes here has found the bug.
constexpr Op kBug = {check, 0, 0, 99};

}  // namespace

// Variables: 0 the balance, 1 and 2 what is done.
Program account() {
    Program program = program_of({
        {{lock, 0, 0},
         {load, 0, 1},
         {jump_if, 0, 6, 0},
         {load, 0, 2},
         {jump_if, 0, 6, 0},
         kBug,
         {unlock, 0, 0}},
        {{lock, 0, 0}, {load, 0, 0}, {store, 0, 0, 2}, {set, 0, 1, 1}, {unlock, 0, 0}},
        {{lock, 0, 0}, {load, 0, 0}, {store, 0, 0, -4}, {set, 0, 2, 1}, {unlock, 0, 0}},
    });
    program.variables[0] = 1;
    return program;
}

Program lazy() {
    return program_of({
        {{lock, 0, 0}, {load, 0, 0}, {store, 0, 0, 1}, {unlock, 0, 0}},
        {{lock, 0, 0}, {load, 0, 0}, {store, 0, 0, 2}, {unlock, 0, 0}},
        {{lock, 0, 0}, {load, 0, 0}, {check_at_most, 0, 0, 2}, {unlock, 0, 0}},
    });
}

Program crossed_locks() {
    const auto side = [](std::uint8_t first, std::uint8_t second) {
        return Code{{lock, 0, first}, {lock, 0, second},   {load, 0, 0},
                    {store, 0, 0, 1}, {unlock, 0, second}, {unlock, 0, first}};
    };
    return program_of({side(0, 1), side(1, 0)});
}

// Variables: 0 requests and 1, 1 stopping, 2 nothing is left, 3 stopped.
Program bluetooth_driver() {
    Program program = program_of({
        {{load, 0, 1},
         {jump_if, 0, 5, 1},
         {count, 0, 0, 1},
         {load, 0, 3},
         {check, 0, 0, 0},
         {count, 0, 0, -1},
         {jump_unless, 0, 8, 0},
         {set, 0, 2, 1}},
        {{set, 0, 1, 1},
         {count, 0, 0, -1},
         {jump_unless, 0, 4, 0},
         {set, 0, 2, 1},
         {load, 0, 2},
         {jump_if, 0, 7, 0},
         {set, 0, 3, 1}},
    });
    program.variables[0] = 1;
    return program;
}

Program two_stage() {
    return program_of({
        {{lock, 0, 0},
         {set, 0, 0, 1},
         {unlock, 0, 0},
         {lock, 0, 1},
         {load, 0, 0},
         {store, 0, 1, 1},
         {unlock, 0, 1}},
        {{lock, 0, 0},
         {load, 0, 0},
         {jump_unless, 0, 5, 0},
         {unlock, 0, 0},
         {jump, 0, 12},
         {load, 0, 0},
         {unlock, 0, 0},
         {lock, 0, 1},
         {load, 1, 1},
         {unlock, 0, 1},
         {check, 1, 0, 2},
         {jump, 0, 12}},
    });
}

namespace {

const Code kSetter = {{set, 0, 0, 1}, {set, 0, 1, -1}};
const Code kChecker = {{load, 0, 0},  {jump_unless, 0, 4, 0},
                       {load, 1, 1},  {jump_if, 1, 8, 0},
                       {load, 0, 0},  {jump_unless, 0, 9, 1},
                       {load, 1, 1},  {jump_unless, 1, 9, -1},
                       {jump, 0, 10}, kBug};

}  // namespace

Program reorder(int setters) {
    std::vector<Code> codes(static_cast<std::size_t>(setters), kSetter);
    codes.push_back(kChecker);
    return program_of(std::move(codes));
}

Program started_reorder(int setters) {
    Program program = program_of({Code(static_cast<std::size_t>(setters), {start, 0, 1}), kSetter, kChecker});
    program.codes[0].push_back({start, 0, 2});
    program.threads = 1;
    return program;
}

}  // namespace heddle::explore::toy

#include "explore/toy/random_program.hpp"

#include <random>

namespace heddle::explore::toy {
namespace {

using enum OpKind;

class Maker {
  public:
    explicit Maker(std::uint64_t seed) : random_(seed) {}

    Program make() {
        const int threads = 2 + below(2);
        for (int i = 0; i < threads; ++i) {
            program_.codes.push_back(code(threads == 2 ? 6 : 3));
        }
        program_.threads = program_.codes.size();
        if (below(4) == 0) {
            add_child();
        }
        if (below(3) == 0) {
            add_source();
        }
        if (below(4) == 0) {
            program_.codes[0].push_back({gather});
            program_.codes[0].push_back({load, 0, variable()});
        }
        return std::move(program_);
    }

    Program make_nested() {
        const int threads = 1 + below(2);
        for (int i = 0; i < threads; ++i) {
            program_.codes.push_back(code(threads == 1 ? 4 : 2));
        }
        program_.threads = program_.codes.size();
        const int sources = 2 + below(2);
        for (int i = 0; i < sources; ++i) {
            const bool masked = below(4) == 0;
            program_.sources.push_back({handler(), 1 + below(2), static_cast<std::uint8_t>(masked ? 1 : 0),
                                        static_cast<std::uint8_t>(below(3))});
        }
        if (below(3) == 0) {
            insert(program_.codes[0], 0, {mask, 0, 1});
            program_.codes[0].push_back({unmask, 0, 1});
        }
        return std::move(program_);
    }

  private:
    int below(int most) { return static_cast<int>(random_() % static_cast<std::uint64_t>(most)); }
    std::uint8_t variable() { return static_cast<std::uint8_t>(below(3)); }

    Code code(int most) {
        Code code;
        const int steps = 2 + below(most - 1);
        while (static_cast<int>(code.size()) < steps) {
            add_to(code);
        }
        return code;
    }

    void add_to(Code& code) {
        const std::uint8_t x = variable();
        switch (below(11)) {
            case 0:
            case 1:
                return code.push_back({load, 0, x});
            case 2:
                return code.push_back({store, 0, x, 1});
            case 3:
                return code.push_back({change, 0, x, 1});
            case 4:
                return add_section(code);
            case 5:
                return code.push_back({unlock, 0, static_cast<std::uint8_t>(below(2))});
            case 6:
                return code.push_back({try_lock, 1, static_cast<std::uint8_t>(below(2))});
            case 7:
                return add_branch(code, x);
            case 8:
                return add_waiting_loop(code, x);
            case 9:
                return add_patient_section(code);
            default:
                return code.push_back({set, 0, x, below(3)});
        }
    }

    void add_section(Code& code) {
        const auto x = static_cast<std::uint8_t>(below(2));
        code.push_back({lock, 0, x});
        if (below(2) == 0) {
            code.push_back({load, 0, variable()});
        }
        if (below(8) != 0) {
            code.push_back({unlock, 0, x});
        }
    }

    void add_patient_section(Code& code) {
        const auto x = static_cast<std::uint8_t>(below(2));
        code.push_back({lock_for, 1, x});
        code.push_back({jump_if, 1, static_cast<std::uint8_t>(code.size() + 2), 0});
        code.push_back(below(4) == 0 ? Op{set, 0, variable(), 1} : Op{unlock, 0, x});
    }

    void add_branch(Code& code, std::uint8_t x) {
        code.push_back({load, 2, x});
        code.push_back({jump_if, 2, static_cast<std::uint8_t>(code.size() + 2), below(2)});
        code.push_back({set, 0, variable(), 1});
    }

    void add_waiting_loop(Code& code, std::uint8_t x) {
        const auto begin = static_cast<std::uint8_t>(code.size());
        const auto end = static_cast<std::uint8_t>(begin + 4);
        code.push_back({turn});
        code.push_back({load, 3, x});
        code.push_back({jump_if, 3, end, below(2)});
        code.push_back({again, 0, begin});
    }

    // Makes room for one operation before `at`, which nothing jumps over.
    static void insert(Code& code, std::size_t at, const Op& op) {
        for (Op& other : code) {
            other.x =
                static_cast<std::uint8_t>(other.x + (other.kind == jump_if || other.kind == again ? 1 : 0));
        }
        code.insert(code.begin() + static_cast<std::ptrdiff_t>(at), op);
    }

    void add_child() {
        const auto child = static_cast<std::uint8_t>(program_.codes.size());
        program_.codes.push_back(code(2));
        Code& parent = program_.codes[0];
        insert(parent, parent.front().kind == load && parent.size() > 1 && parent[1].kind != jump_if ? 1 : 0,
               {start, 0, child});
    }

    void add_source() {
        const bool masked = below(2) == 0;
        Code handler;
        handler.push_back({load, 0, variable()});
        if (below(2) == 0) {
            handler.push_back({jump_if, 0, 3, below(2)});
            handler.push_back({set, 0, variable(), 2});
        }
        if (below(4) == 0) {
            handler.push_back({unlock, 0, static_cast<std::uint8_t>(below(2))});
        }
        handler.push_back({store, 0, variable(), 1});
        program_.sources.push_back({handler, 1 + below(2), static_cast<std::uint8_t>(masked ? 1 : 0)});
        if (masked) {
            Code& code = program_.codes[1];
            insert(code, 0, {mask, 0, 1});
            if (below(4) != 0) {
                code.push_back({unmask, 0, 1});
            }
        }
    }

    Code handler() {
        Code code;
        const int steps = 1 + below(3);
        for (int i = 0; i < steps; ++i) {
            switch (below(6)) {
                case 0:
                    code.push_back({load, 2, variable()});
                    code.push_back({jump_if, 2, static_cast<std::uint8_t>(code.size() + 2), below(2)});
                    code.push_back({set, 0, variable(), 1});
                    break;
                case 1:
                    code.push_back({change, 0, variable(), 1});
                    break;
                case 2:
                    code.push_back({store, 0, variable(), 1});
                    break;
                case 3:
                    code.push_back({set, 0, variable(), below(3)});
                    break;
                case 4:
                    code.push_back({try_lock, 1, 0});
                    code.push_back({jump_unless, 1, static_cast<std::uint8_t>(code.size() + 3), 1});
                    code.push_back({store, 0, variable(), 1});
                    code.push_back({unlock, 0, 0});
                    break;
                default:
                    code.push_back({load, 0, variable()});
            }
        }
        return code;
    }

    std::mt19937_64 random_;
    Program program_;
};

}  // namespace

Program random_program(std::uint64_t seed) { return Maker(seed).make(); }

Program random_nested_program(std::uint64_t seed) { return Maker(seed).make_nested(); }

}  // namespace heddle::explore::toy

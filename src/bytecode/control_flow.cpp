#include "bytecode/control_flow.hpp"

#include <algorithm>

namespace heddle::bytecode {
namespace {

constexpr std::size_t kNone = SIZE_MAX;

}  // namespace

ControlFlow::ControlFlow(const byte* bytecode) {
    find_instructions(first_instruction(bytecode));
    connect();
    end_endless_loops();
    find_joins();
}

void ControlFlow::find_instructions(const byte* first) {
    std::vector<const byte*> open{first};
    while (!open.empty()) {
        const byte* ip = open.back();
        open.pop_back();
        if (!index_of_.try_emplace(ip, instructions_.size()).second) {
            continue;
        }
        instructions_.push_back(ip);
        for (const byte* next : successors_of(ip)) {
            if (next != nullptr) {
                open.push_back(next);
            }
        }
        if (sets_up_handler(ip)) {
            open.push_back(jump_target(ip));
        }
    }
}

void ControlFlow::connect() {
    after_.resize(exit() + 1);
    before_.resize(exit() + 1);
    for (Index i = 0; i < exit(); ++i) {
        for (const byte* next : successors_of(instructions_[i])) {
            if (next != nullptr) {
                after_[i].push_back(index_of_.at(next));
            }
        }
        if (after_[i].empty()) {
            after_[i].push_back(exit());
        }
        for (const Index next : after_[i]) {
            before_[next].push_back(i);
        }
    }
}

/// Those from which there is a way to `target`, which comes after them in `order`.
void ControlFlow::mark_reaching(Index target, std::vector<bool>& marked, std::vector<Index>& order) const {
    std::vector<std::pair<Index, std::size_t>> open{{target, 0}};
    marked[target] = true;
    while (!open.empty()) {
        auto& [index, looked_at] = open.back();
        if (looked_at == before_[index].size()) {
            order.push_back(index);
            open.pop_back();
            continue;
        }
        const Index next = before_[index][looked_at++];
        if (!marked[next]) {
            marked[next] = true;
            open.emplace_back(next, 0);
        }
    }
}

// As if each could end at its head: then a turn decides nothing about the next one.
void ControlFlow::end_endless_loops() {
    std::vector<bool> ends(exit() + 1);
    std::vector<Index> order;
    mark_reaching(exit(), ends, order);
    for (Index i = 0; i < exit(); ++i) {
        if (!ends[i] && is_jump_back(instructions_[i])) {
            const Index head = after_[i].front();
            after_[head].push_back(exit());
            before_[exit()].push_back(head);
        }
    }
}

// Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm, on the graph turned round.
void ControlFlow::find_joins() {
    std::vector<bool> ends(exit() + 1);
    std::vector<Index> order;
    mark_reaching(exit(), ends, order);
    std::vector<Index> rank(exit() + 1, 0);
    for (std::size_t i = 0; i < order.size(); ++i) {
        rank[order[i]] = i;
    }
    join_.assign(exit() + 1, kNone);
    join_[exit()] = exit();
    for (bool changes = true; changes;) {
        changes = false;
        for (auto index = order.rbegin() + 1; index < order.rend(); ++index) {
            Index join = kNone;
            for (const Index next : after_[*index]) {
                if (join_[next] != kNone) {
                    join = join == kNone ? next : meet(join, next, rank);
                }
            }
            changes |= join != join_[*index];
            join_[*index] = join;
        }
    }
}

ControlFlow::Index ControlFlow::meet(Index one, Index other, const std::vector<Index>& rank) const {
    while (one != other) {
        Index& lower = rank[one] < rank[other] ? one : other;
        lower = join_[lower];
    }
    return one;
}

const byte* ControlFlow::join_of(const byte* ip) const {
    const auto found = index_of_.find(ip);
    return found == index_of_.end() || join_[found->second] == kNone ? nullptr : ip_of(join_[found->second]);
}

const byte* ControlFlow::join_of(const byte* one, const byte* other) const {
    std::vector<const byte*> after;
    for (const byte* ip = one; ip != nullptr; ip = join_of(ip)) {
        after.push_back(ip);
    }
    for (const byte* ip = other; ip != nullptr; ip = join_of(ip)) {
        if (std::ranges::find(after, ip) != after.end()) {
            return ip;
        }
    }
    return nullptr;
}

/// What can come after the instruction, each once; `visit` says whether to go on behind it.
template <class Visit>
void ControlFlow::visit_from(const byte* ip, Visit&& visit) const {
    const auto first = index_of_.find(ip);
    if (first == index_of_.end()) {
        return;
    }
    std::vector<bool> seen(exit() + 1);
    std::vector<Index> open{first->second};
    seen[exit()] = true;
    while (!open.empty()) {
        const Index index = open.back();
        open.pop_back();
        for (const Index next : after_[index]) {
            if (!seen[next]) {
                seen[next] = true;
                if (visit(instructions_[next])) {
                    open.push_back(next);
                }
            }
        }
    }
}

std::vector<int> ControlFlow::stored_between(const byte* branch) const {
    const byte* join = join_of(branch);
    std::vector<int> locals;
    visit_from(branch, [&](const byte* ip) {
        if (ip == join) {
            return false;
        }
        if (const int local = stored_local(ip); local >= 0) {
            locals.push_back(local);
        }
        return true;
    });
    return locals;
}

bool ControlFlow::leaves_loop(const byte* branch, const byte* successor) const {
    const auto comes_to_branch = [&](const byte* from) {
        bool comes = false;
        visit_from(from, [&](const byte* next) {
            comes = comes || next == branch;
            return !comes;
        });
        return comes;
    };
    return comes_to_branch(branch) && !comes_to_branch(successor);
}

bool ControlFlow::always_precedes(const byte* ip, const byte* branch) const {
    const auto comes_to_branch = [&](const byte* from) {
        bool comes = false;
        visit_from(from, [&](const byte* next) {
            comes = comes || next == branch;
            return !comes && next != ip;
        });
        return comes;
    };
    const byte* first = instructions_.front();
    return ip != branch && (ip == first || !comes_to_branch(first)) && !comes_to_branch(branch);
}

bool ControlFlow::is_loaded_after(const byte* ip, int local) const {
    bool is_loaded = false;
    visit_from(ip, [&](const byte* next) {
        is_loaded = is_loaded || loaded_local(next) == local;
        return !is_loaded && stored_local(next) != local;
    });
    return is_loaded;
}

}  // namespace heddle::bytecode

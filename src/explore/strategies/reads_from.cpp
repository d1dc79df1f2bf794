#include "explore/strategies/reads_from.hpp"

#include <algorithm>

namespace heddle::explore {
namespace {

constexpr std::size_t kMostWishes = 4;

}  // namespace

ContextId ReadsFrom::choose(const Execution& execution) {
    if (execution.trace().empty()) {
        begin();
    }
    return order_.choose_among(
        execution, [&](ContextId context) { return !breaks_a_wish(execution.contexts()[context]); });
}

void ReadsFrom::begin() {
    last_writes_.clear();
    combination_.clear();
    wished_ = corpus_[random().below(corpus_.size())];
    vary();
    wishes_ = wished_;
}

// One wish more, one less, or another one.
void ReadsFrom::vary() {
    if (reads_.empty()) {
        return;
    }
    const std::uint64_t way = random().below(4);
    if (!wished_.empty() && (way == 0 || wished_.size() == kMostWishes)) {
        wished_.erase(wished_.begin() + static_cast<std::ptrdiff_t>(random().below(wished_.size())));
    }
    if (way != 0) {
        const auto [place, read] = reads_[random().below(reads_.size())];
        const std::vector<record::Source>& writes = writes_[place];
        const Pair pair{place, writes[random().below(writes.size())], read};
        std::erase_if(wished_,
                      [&](const Pair& old) { return old.place == pair.place && old.read == pair.read; });
        wished_.push_back(pair);
    }
}

record::Source ReadsFrom::last_write(Place place) const {
    const auto write = last_writes_.find(place);
    return write == last_writes_.end() ? 0 : write->second;
}

// A read that would see another write, and a write that would hide the one to be seen.
bool ReadsFrom::breaks_a_wish(const ContextState& state) const {
    return state.knows_next && std::ranges::any_of(wishes_, [&](const Pair& wish) {
               if (wish.place != state.next.place) {
                   return false;
               }
               const bool is_there = last_write(wish.place) == wish.write;
               return record::only_looks(state.next.mode) ? state.at == wish.read && !is_there
                                                          : is_there && state.at != wish.read;
           });
}

void ReadsFrom::ran(const Execution& execution) {
    order_.ran(execution);
    const Trace& trace = execution.trace();
    const record::Source at = trace.back().source;
    for (const record::Touch& touch : trace.touches(trace.back())) {
        const Place place = trace.shapes().place(touch.place);
        if (record::only_looks(touch.mode)) {
            note_read(place, at);
            combination_.insert({place, last_write(place), at});
            std::erase_if(wishes_, [&](const Pair& wish) { return wish.place == place && wish.read == at; });
        } else {
            note_write(place, at);
            last_writes_[place] = at;
        }
    }
}

std::optional<std::size_t> ReadsFrom::finish(Execution&) {
    if (seen_.insert(combination_).second) {
        corpus_.push_back(wished_);
    }
    return 0;
}

void ReadsFrom::note_read(Place place, record::Source at) {
    if (std::ranges::find(reads_, std::pair(place, at)) == reads_.end()) {
        reads_.emplace_back(place, at);
        writes_.try_emplace(place, 1, 0);
    }
}

void ReadsFrom::note_write(Place place, record::Source at) {
    std::vector<record::Source>& writes = writes_.try_emplace(place, 1, 0).first->second;
    if (std::ranges::find(writes, at) == writes.end()) {
        writes.push_back(at);
    }
}

}  // namespace heddle::explore

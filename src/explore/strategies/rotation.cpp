#include "explore/strategies/rotation.hpp"

#include "explore/strategies/pct.hpp"
#include "explore/strategies/pos.hpp"
#include "explore/strategies/random_walk.hpp"
#include "explore/strategies/reads_from.hpp"
#include "explore/strategies/urw.hpp"

namespace heddle::explore {

std::unique_ptr<Strategy> make_random_search(std::uint64_t seed) {
    Random seeds(seed);
    std::vector<std::unique_ptr<Sampler>> samplers;
    samplers.push_back(std::make_unique<Pos>(seeds.next()));
    samplers.push_back(std::make_unique<Pct>(seeds.next(), 2));
    samplers.push_back(std::make_unique<Pct>(seeds.next(), 3));
    samplers.push_back(std::make_unique<Urw>(seeds.next(), Selection::one_place));
    samplers.push_back(std::make_unique<Urw>(seeds.next()));
    samplers.push_back(std::make_unique<ReadsFrom>(seeds.next()));
    samplers.push_back(std::make_unique<RandomWalk>(seeds.next()));
    return std::make_unique<Rotation>(std::move(samplers));
}

}  // namespace heddle::explore

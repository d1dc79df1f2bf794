#include "explore/strategies/rotation.hpp"

#include <algorithm>

#include "explore/strategies/pct.hpp"
#include "explore/strategies/pos.hpp"
#include "explore/strategies/random_walk.hpp"
#include "explore/strategies/reads_from.hpp"
#include "explore/strategies/urw.hpp"

namespace heddle::explore {
namespace {

struct Named {
    std::string_view name;
    std::unique_ptr<Sampler> (*make)(std::uint64_t seed);
};

// In the order of the rotation.
constexpr Named kSamplers[] = {
    {"pos", [](std::uint64_t seed) -> std::unique_ptr<Sampler> { return std::make_unique<Pos>(seed); }},
    {"pct2", [](std::uint64_t seed) -> std::unique_ptr<Sampler> { return std::make_unique<Pct>(seed, 2); }},
    {"pct3", [](std::uint64_t seed) -> std::unique_ptr<Sampler> { return std::make_unique<Pct>(seed, 3); }},
    {"surw",
     [](std::uint64_t seed) -> std::unique_ptr<Sampler> {
         return std::make_unique<Urw>(seed, Selection::one_place);
     }},
    {"urw", [](std::uint64_t seed) -> std::unique_ptr<Sampler> { return std::make_unique<Urw>(seed); }},
    {"feedback",
     [](std::uint64_t seed) -> std::unique_ptr<Sampler> { return std::make_unique<ReadsFrom>(seed); }},
    {"walk",
     [](std::uint64_t seed) -> std::unique_ptr<Sampler> { return std::make_unique<RandomWalk>(seed); }},
};

}  // namespace

std::unique_ptr<Strategy> make_random_search(std::uint64_t seed) {
    Random seeds(seed);
    std::vector<std::unique_ptr<Sampler>> samplers;
    for (const Named& sampler : kSamplers) {
        samplers.push_back(sampler.make(seeds.next()));
    }
    return std::make_unique<Rotation>(std::move(samplers));
}

std::unique_ptr<Strategy> make_sampler(std::string_view name, std::uint64_t seed) {
    if (name == "random") {
        return make_random_search(seed);
    }
    const auto* found = std::ranges::find(kSamplers, name, &Named::name);
    return found == std::end(kSamplers) ? nullptr : found->make(seed);
}

std::vector<std::string> sampler_names() {
    std::vector<std::string> names{"random"};
    for (const Named& sampler : kSamplers) {
        names.emplace_back(sampler.name);
    }
    return names;
}

}  // namespace heddle::explore

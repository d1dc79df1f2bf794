#include "record/clocks.hpp"

#include <algorithm>

namespace heddle::record {

void Clocks::widen(std::size_t contexts) {
    if (contexts <= width_) {
        return;
    }
    const std::size_t width = std::max(contexts, width_ * 2);
    std::vector<Tick> wider(rows() * width);
    for (std::size_t i = 0; i < rows(); ++i) {
        std::copy_n(row(i), width_, wider.data() + i * width);
    }
    ticks_ = std::move(wider);
    width_ = width;
}

}  // namespace heddle::record

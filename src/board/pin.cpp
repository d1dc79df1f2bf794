#include "board/pin.hpp"

#include <utility>

namespace heddle::board {

void Pin::connect(InterruptController& interrupts, SourceId source) noexcept {
    interrupts_ = &interrupts;
    source_ = source;
}

void Pin::configure(PinMode mode, Pull pull) noexcept {
    mode_ = mode;
    pull_ = pull;
    settle();
}

void Pin::write(bool high) noexcept {
    written_ = high;
    settle();
}

void Pin::drive(Drive drive) noexcept {
    driven_ = drive;
    settle();
}

void Pin::watch(Edges edges) noexcept {
    watched_ = edges;
    seen_ = Edges::none;
}

Edges Pin::take_edges() noexcept { return std::exchange(seen_, Edges::none); }

bool Pin::resolved() const noexcept {
    if (mode_ == PinMode::output || (mode_ == PinMode::open_drain && !written_)) {
        return written_;
    }
    if (driven_ != Drive::released) {
        return driven_ == Drive::high;
    }
    return pull_ == Pull::none ? level_ : pull_ == Pull::up;
}

void Pin::settle() noexcept {
    const bool level = resolved();
    if (std::exchange(level_, level) == level) {
        return;
    }
    const Edges edge = (level ? Edges::rising : Edges::falling) & watched_;
    seen_ = seen_ | edge;
    if (edge != Edges::none && interrupts_ != nullptr) {
        interrupts_->raise(source_);
    }
}

}  // namespace heddle::board

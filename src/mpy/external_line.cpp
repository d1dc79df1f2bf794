#include "mpy/external_line.hpp"

#include <array>
#include <cstdlib>

#include "mpy/handlers.hpp"

namespace heddle::mpy {
namespace {

using devices::Edges;
using devices::kNoPin;
using devices::PinId;

/// The pin that was connected last, and its edges.
struct Routed {
    PinId pin = kNoPin;
    Edges edges = Edges::none;
};

std::array<Routed, kExternalLines> routed;

template <class Visit>
void for_each_pin(Visit&& visit) {
    for (std::size_t pin = 0; pin < devices::pins(); ++pin) {
        visit(static_cast<PinId>(pin));
    }
}

int line_of(devices::Line source) {
    int line = -1;
    for_each_pin(
        [&](PinId pin) { line = devices::line_of_pin(pin) == source ? external_line_of(pin) : line; });
    return line;
}

const HandlerKind kKind = {
    .print_failure =
        [](const Handler& handler, const mp_print_t* print) {
            mp_printf(print, "uncaught exception in ExtInt interrupt handler line %d", line_of(handler.line));
        },
    .failed = [](Handler& handler) { disable(line_of(handler.line)); },
    .fired = nullptr,
};

template <class Visit>
void for_each_pin(int line, Visit&& visit) {
    for_each_pin([&](PinId pin) {
        if (external_line_of(pin) == line) {
            visit(pin);
        }
    });
}

Handler* user_of(PinId pin) noexcept {
    Handler* handler = handler_of(devices::line_of_pin(pin));
    return handler != nullptr && handler->function != mp_const_none ? handler : nullptr;
}

bool interrupts(int line) noexcept {
    return line >= 0 && routed[static_cast<std::size_t>(line)].edges != Edges::none;
}

devices::Line source(int line) noexcept {
    return devices::line_of_pin(routed[static_cast<std::size_t>(line)].pin);
}

}  // namespace

// The processor's name of a pin, "A13" for instance, is its first alias.
int external_line_of(PinId pin) noexcept {
    const char* alias = devices::pin_alias(pin, 0);
    const char* name = alias != nullptr ? alias : devices::pin_name(pin);
    const int line = name[0] != '\0' ? std::atoi(name + 1) : kExternalLines;
    return line < kExternalLines ? line : -1;
}

bool is_in_use(int line) noexcept {
    bool found = false;
    for_each_pin(line, [&](PinId pin) { found = found || user_of(pin) != nullptr; });
    return found;
}

void disconnect(int line) noexcept {
    for_each_pin(line, [](PinId pin) {
        devices::watch_pin(pin, Edges::none);
        if (Handler* user = user_of(pin); user != nullptr) {
            user->function = mp_const_none;
        }
    });
    routed[static_cast<std::size_t>(line)] = {};
}

void connect(PinId pin, devices::Pull pull, const ExternalCall& call) {
    const devices::Line source = devices::line_of_pin(pin);
    const devices::HandlerFacts& facts = devices::facts().external_lines;
    const int line = external_line_of(pin);
    disconnect(line);
    Handler& handler = attach(source, kKind, facts.context, mp_const_none);
    handler.argument = call.argument;
    handler.function = call.function;
    devices::set_priority(source, facts.priority);
    devices::configure_pin(pin, devices::PinMode::input, pull);
    routed[static_cast<std::size_t>(line)] = {pin, call.edges};
    devices::watch_pin(pin, call.edges);
}

void enable(int line) noexcept {
    if (interrupts(line)) {
        devices::enable_line(source(line));
    }
}

void disable(int line) noexcept {
    if (interrupts(line)) {
        devices::disable_line(source(line));
    }
}

void raise(int line) noexcept {
    if (interrupts(line)) {
        devices::raise_line(source(line));
    }
}

}  // namespace heddle::mpy

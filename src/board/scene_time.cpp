#include "board/scene_time.hpp"

#include <array>
#include <charconv>

#include "base/assert.hpp"

namespace heddle::board {
namespace {

struct Unit {
    std::string_view name;
    Time ns;
};

// Names that end as another does come first.
constexpr std::array<Unit, 4> kUnits = {{{"ms", 1'000'000}, {"us", 1'000}, {"ns", 1}, {"s", 1'000'000'000}}};

std::optional<Time> parse_digits(std::string_view digits) {
    Time number = 0;
    const char* end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, number);
    const bool starts_well = !digits.empty() && digits.front() >= '0' && digits.front() <= '9';
    return starts_well && error == std::errc() && stopped == end ? std::optional(number) : std::nullopt;
}

/// Of a unit: 0.25 is `digits` 25. Nothing if that is no whole number of nanoseconds.
std::optional<Time> parse_fraction(std::string_view digits, Time unit_ns) {
    const auto number = parse_digits(digits);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (unit_ns % 10 != 0) {
            return std::nullopt;
        }
        unit_ns /= 10;
    }
    return number ? std::optional(*number * unit_ns) : std::nullopt;
}

std::optional<Time> parse_number(std::string_view number, Time unit_ns) {
    const std::size_t point = number.find('.');
    const auto whole = parse_digits(number.substr(0, point));
    const auto fraction = point == std::string_view::npos ? std::optional<Time>(0)
                                                          : parse_fraction(number.substr(point + 1), unit_ns);
    if (!whole || !fraction || *whole > (kNever - 1 - *fraction) / unit_ns) {
        return std::nullopt;
    }
    return *whole * unit_ns + *fraction;
}

}  // namespace

std::optional<Time> parse_time(std::string_view text) {
    for (const Unit& unit : kUnits) {
        if (text.ends_with(unit.name)) {
            return parse_number(text.substr(0, text.size() - unit.name.size()), unit.ns);
        }
    }
    return std::nullopt;
}

std::string format_time(Time time_ns) {
    require(time_ns >= 0, "a negative time is written down");
    std::string_view name = "ns";
    Time best_ns = 1;
    for (const Unit& unit : kUnits) {
        if (time_ns % unit.ns == 0 && unit.ns > best_ns) {
            name = unit.name;
            best_ns = unit.ns;
        }
    }
    return std::to_string(time_ns / best_ns) + std::string(name);
}

}  // namespace heddle::board

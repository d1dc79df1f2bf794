#include "report/display.hpp"

#include <algorithm>
#include <cstdio>
#include <limits>

namespace heddle::report {
namespace {

constexpr char32_t kInvalid = std::numeric_limits<char32_t>::max();

struct Character {
    char32_t code = kInvalid;
    std::size_t bytes = 1;
};

std::size_t length_by_first_byte(unsigned char byte) noexcept {
    if (byte < 0x80) {
        return 1;
    }
    if (byte >= 0xf0) {
        return byte < 0xf8 ? 4 : 0;
    }
    return byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0;
}

bool is_scalar(char32_t code, std::size_t bytes) noexcept {
    constexpr char32_t kFirstOfLength[] = {0, 0, 0x80, 0x800, 0x10000};
    return code >= kFirstOfLength[bytes] && code < 0x110000 && (code < 0xd800 || code > 0xdfff);
}

/// Precondition: the text is not empty.
Character first_character(std::string_view text) noexcept {
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t bytes = length_by_first_byte(first);
    if (bytes == 0 || bytes > text.size()) {
        return {};
    }
    char32_t code = bytes == 1 ? first : first & (0x7fU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xc0U) != 0x80) {
            return {};
        }
        code = code << 6U | (byte & 0x3fU);
    }
    return is_scalar(code, bytes) ? Character{code, bytes} : Character{};
}

struct Range {
    char32_t first;
    char32_t last;
};

template <std::size_t size>
bool is_in(const Range (&ranges)[size], char32_t code) noexcept {
    return std::ranges::any_of(ranges,
                               [&](Range range) { return code >= range.first && code <= range.last; });
}

bool is_shown_as_it_is(char32_t code) noexcept {
    constexpr Range kHidden[] = {{0, 0x1f},        {0x7f, 0x9f},     {0x61c, 0x61c},
                                 {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},
                                 {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};
    return code != kInvalid && !is_in(kHidden, code);
}

std::size_t columns_of(char32_t code) noexcept {
    constexpr Range kCombining[] = {{0x300, 0x36f}, {0x1ab0, 0x1aff}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}};
    constexpr Range kWide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},
                               {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},
                               {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x1f300, 0x1f64f},
                               {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};
    if (is_in(kCombining, code)) {
        return 0;
    }
    return is_in(kWide, code) ? 2 : 1;
}

std::string escape(std::string_view character, char32_t code) {
    constexpr std::string_view kLetters = "tn..r";
    if (code == '\t' || code == '\n' || code == '\r') {
        return {'\\', kLetters[code - '\t']};
    }
    char text[16];
    if (code == kInvalid || code < 0x100) {
        const unsigned shown = code == kInvalid ? static_cast<unsigned char>(character[0]) : code;
        std::snprintf(text, sizeof text, "\\x%02x", shown);
    } else {
        std::snprintf(text, sizeof text, code < 0x10000 ? "\\u%04x" : "\\U%08x", static_cast<unsigned>(code));
    }
    return text;
}

/// The longest beginning that is at most so wide.
std::string_view beginning(std::string_view text, std::size_t width) noexcept {
    std::size_t bytes = 0;
    for (std::size_t used = 0; bytes < text.size();) {
        const Character next = first_character(text.substr(bytes));
        used += columns_of(next.code);
        if (used > width) {
            break;
        }
        bytes += next.bytes;
    }
    return text.substr(0, bytes);
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        const Character next = first_character(text);
        const std::string_view bytes = text.substr(0, next.bytes);
        shown += is_shown_as_it_is(next.code) ? std::string(bytes) : escape(bytes, next.code);
        text.remove_prefix(next.bytes);
    }
    return shown;
}

std::size_t width_of(std::string_view text) noexcept {
    std::size_t width = 0;
    while (!text.empty()) {
        const Character next = first_character(text);
        width += columns_of(next.code);
        text.remove_prefix(next.bytes);
    }
    return width;
}

std::string cut(std::string_view text, std::size_t width) {
    constexpr std::string_view kDots = "...";
    if (width_of(text) <= width) {
        return std::string(text);
    }
    if (width <= kDots.size()) {
        return std::string(beginning(text, width));
    }
    return std::string(beginning(text, width - kDots.size())).append(kDots);
}

std::string fitted(std::string_view text, std::size_t width) {
    std::string line = cut(text, width);
    line.append(width - width_of(line), ' ');
    return line;
}

std::string counted(std::uint64_t number, std::string_view noun) {
    return std::to_string(number).append(" ").append(noun).append(number == 1 ? "" : "s");
}

std::string shell_word(std::string_view text) {
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=@%+,-";
    if (!text.empty() && text.find_first_not_of(kPlain) == std::string_view::npos) {
        return std::string(text);
    }
    std::string word = "'";
    for (const char letter : text) {
        word += letter == '\'' ? "'\\''" : std::string(1, letter);
    }
    return word + "'";
}

std::vector<std::size_t> shared_widths(const std::vector<std::size_t>& wanted, std::size_t available) {
    std::vector<std::size_t> narrow_first = wanted;
    std::ranges::sort(narrow_first);
    std::size_t left = available;
    std::size_t most = available;
    for (std::size_t i = 0; i < narrow_first.size(); ++i) {
        const std::size_t share = left / (narrow_first.size() - i);
        if (narrow_first[i] > share) {
            most = share;
            break;
        }
        left -= narrow_first[i];
    }
    std::vector<std::size_t> widths = wanted;
    for (std::size_t& width : widths) {
        width = std::min(width, most);
    }
    return widths;
}

}  // namespace heddle::report

#include "report/progress.hpp"

#include <cmath>
#include <cstdio>

#include "report/display.hpp"

namespace heddle::report {
namespace {

std::string formatted(const char* format, double number, const char* unit) {
    char text[48];
    std::snprintf(text, sizeof text, format, number);
    return std::string(text) + unit;
}

/// Three digits and a letter for what is large: "950", "1.2k", "34M".
std::string short_number(double number) {
    constexpr const char* kUnits[] = {"", "k", "M", "G", "T"};
    std::size_t unit = 0;
    while (number >= 999.5 && unit + 1 < std::size(kUnits)) {
        number /= 1000;
        ++unit;
    }
    if (number >= 999.5) {
        return formatted("%.0e", number * 1e12, "");
    }
    return formatted(unit > 0 && number < 9.95 ? "%.1f" : "%.0f", number, kUnits[unit]);
}

std::string duration(double seconds) {
    if (seconds < 99.5) {
        return formatted("%.0f", seconds, " s");
    }
    if (seconds < 99.5 * 60) {
        return formatted("%.0f", seconds / 60, " min");
    }
    if (seconds < 47.5 * 3600) {
        return formatted("%.0f", seconds / 3600, " h");
    }
    return short_number(seconds / 86400) + " days";
}

}  // namespace

std::string progress_line(const Progress& progress, std::size_t width) {
    std::string line = counted(progress.executions, "execution") + ", " + short_number(progress.per_second) +
                       "/s, depth " + std::to_string(progress.depth);
    if (progress.executions_left && std::isfinite(*progress.executions_left)) {
        line += ", about " + short_number(*progress.executions_left) + " left";
        if (progress.per_second > 0) {
            line += " (" + duration(*progress.executions_left / progress.per_second) + ")";
        }
    }
    return cut(line, width);
}

}  // namespace heddle::report

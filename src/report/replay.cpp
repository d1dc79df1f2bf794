#include "report/replay.hpp"

#include <charconv>
#include <cstdio>
#include <limits>
#include <nlohmann/json.hpp>

#include "report/display.hpp"
#include "report/names.hpp"

namespace heddle::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr const char* kMark = "heddle_replay";
constexpr std::size_t kHashDigits = 16;

std::string hex(std::uint64_t hash) {
    char text[kHashDigits + 1];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
    return text;
}

/// A table of the file, read field by field.
class Fields {
  public:
    /// `path` of the table with a dot after it, or nothing.
    Fields(const Json& table, const std::string& file, std::string path = "")
        : table_(&table), file_(&file), path_(std::move(path)) {}

    [[nodiscard]] Fields table(const char* field) const {
        return {of_type(field, Json::value_t::object, "a table"), *file_, path_ + field + "."};
    }
    [[nodiscard]] std::string text(const char* field) const {
        return of_type(field, Json::value_t::string, "a string").get<std::string>();
    }
    [[nodiscard]] const Json& list(const char* field) const {
        return of_type(field, Json::value_t::array, "a list");
    }
    [[nodiscard]] std::uint64_t number(const char* field, std::uint64_t most) const {
        const Json& value = demand(field);
        const std::string range = " is no number from 0 to " + std::to_string(most);
        check(value.is_number_unsigned() && value.get<std::uint64_t>() <= most, field, range);
        return value.get<std::uint64_t>();
    }
    [[nodiscard]] std::uint64_t hash(const char* field) const {
        const std::string digits = text(field);
        std::uint64_t value = 0;
        const char* end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, value, 16);
        check(digits.size() == kHashDigits && error == std::errc() && stop == end, field,
              " is not 16 hexadecimal digits");
        return value;
    }

    void check(bool holds, const std::string& field, const std::string& otherwise) const {
        if (!holds) {
            throw ReplayError(*file_ + ": " + path_ + field + otherwise);
        }
    }

  private:
    [[nodiscard]] const Json& demand(const char* field) const {
        const auto found = table_->find(field);
        check(found != table_->end(), field, " is missing");
        return *found;
    }
    [[nodiscard]] const Json& of_type(const char* field, Json::value_t type, const char* name) const {
        const Json& value = demand(field);
        check(value.type() == type, field, std::string(" is not ") + name);
        return value;
    }

    const Json* table_;
    const std::string* file_;
    std::string path_;
};

Json parse_json(std::string_view text, const std::string& file) {
    try {
        return Json::parse(text);
    } catch (const Json::parse_error& error) {
        if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
            throw ReplayError(file + ": is empty");
        }
        if (error.byte > text.size() && text[text.find_first_not_of(" \t\r\n")] == '{') {
            throw ReplayError(file + ": is cut short");
        }
        throw ReplayError(file + ": is not JSON, so no replay file");
    }
}

void check_format(const Json& root, const std::string& file) {
    if (!root.is_object() || !root.contains(kMark)) {
        throw ReplayError(file + ": is no replay file: it has no " + kMark);
    }
    const Json& version = root[kMark];
    if (version != kVersion) {
        const std::string found =
            version.is_number_integer() ? "version " + version.dump() : "of an unknown version";
        throw ReplayError(file + ": its format is " + found + "; this heddle reads version " +
                          std::to_string(kVersion));
    }
}

ReplayOrigin read_origin(const Fields& root) {
    const Fields script = root.table("script");
    const Fields board = root.table("board");
    return {.script = script.text("path"),
            .script_hash = script.hash("hash"),
            .board = board.text("name"),
            .board_hash = board.hash("hash"),
            .vm = root.text("vm")};
}

std::vector<std::string> read_arguments(const Fields& options) {
    std::vector<std::string> arguments;
    for (const Json& argument : options.list("arguments")) {
        options.check(argument.is_string(), "arguments", " are not all strings");
        arguments.push_back(argument.get<std::string>());
    }
    return arguments;
}

ReplayOptions read_options(const Fields& options) {
    const std::string timing = options.text("timing");
    options.check(timing == "any" || timing == "default", "timing", " is neither default nor any");
    return {.irqs = static_cast<int>(options.number("irqs", std::numeric_limits<int>::max())),
            .any_timing = timing == "any",
            .max_steps = options.number("max_steps", std::numeric_limits<std::int64_t>::max()),
            .heap_bytes = options.number("heap_bytes", std::numeric_limits<std::int64_t>::max()),
            .arguments = read_arguments(options)};
}

ReplayFinding read_finding(const Fields& finding) {
    const auto kind = find_kind(finding.text("kind"));
    finding.check(kind.has_value(), "kind", " is no kind of finding");
    return {.kind = *kind,
            .file = finding.text("file"),
            .line = finding.number("line", std::numeric_limits<std::int64_t>::max()),
            .message = finding.text("message")};
}

record::Schedule read_schedule(const Fields& root) {
    record::Schedule schedule;
    for (const Json& choice : root.list("schedule")) {
        const std::string field = "schedule[" + std::to_string(schedule.size()) + "]";
        root.check(choice.is_number_unsigned() && choice.get<std::uint64_t>() < record::kNoContext, field,
                   " is no number from 0 to " + std::to_string(record::kNoContext - 1));
        schedule.push_back(choice.get<record::ContextId>());
    }
    return schedule;
}

}  // namespace

std::uint64_t hash_of(std::string_view bytes) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char byte : bytes) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
    }
    return hash;
}

std::string write_replay(const Replay& replay) {
    const ReplayOrigin& origin = replay.origin;
    const ReplayFinding& finding = replay.finding;
    const Json root = {{kMark, kVersion},
                       {"script", {{"path", origin.script}, {"hash", hex(origin.script_hash)}}},
                       {"board", {{"name", origin.board}, {"hash", hex(origin.board_hash)}}},
                       {"vm", origin.vm},
                       {"options",
                        {{"irqs", replay.options.irqs},
                         {"timing", replay.options.any_timing ? "any" : "default"},
                         {"max_steps", replay.options.max_steps},
                         {"heap_bytes", replay.options.heap_bytes},
                         {"arguments", replay.options.arguments}}},
                       {"finding",
                        {{"kind", name_of(finding.kind)},
                         {"file", finding.file},
                         {"line", finding.line},
                         {"message", finding.message}}},
                       {"schedule", replay.schedule}};
    return root.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Replay parse_replay(std::string_view text, const std::string& file) {
    const Json json = parse_json(text, file);
    check_format(json, file);
    const Fields root(json, file);
    return {.origin = read_origin(root),
            .options = read_options(root.table("options")),
            .finding = read_finding(root.table("finding")),
            .schedule = read_schedule(root)};
}

std::vector<std::string> changes_since(const ReplayOrigin& then, const ReplayOrigin& now) {
    std::vector<std::string> changes;
    if (now.script_hash != then.script_hash) {
        changes.emplace_back("the script has changed since");
    }
    if (now.board != then.board) {
        changes.push_back("the board is " + escaped(now.board) + " now, it was " + escaped(then.board));
    } else if (now.board_hash != then.board_hash) {
        changes.push_back("the profile of the board " + escaped(now.board) + " has changed since");
    }
    if (now.vm != then.vm) {
        changes.push_back("the VM is " + escaped(now.vm) + " now, it was " + escaped(then.vm));
    }
    return changes;
}

}  // namespace heddle::report

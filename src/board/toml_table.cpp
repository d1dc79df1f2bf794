#define TOML_IMPLEMENTATION
#include "board/toml_table.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "board/profile.hpp"

namespace heddle::board {
namespace {

/// A file's text may stand in a message, which is one line.
std::string as_one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, '?');
    return text;
}

[[noreturn]] void fail_at(std::string_view file, const toml::source_region& place,
                          const std::string& message) {
    const auto line = std::max<toml::source_index>(place.begin.line, 1);
    throw FileError(std::string(file) + ":" + std::to_string(line) + ": " + as_one_line(message));
}

std::string quoted(std::string_view name) { return "'" + std::string(name) + "'"; }

}  // namespace

std::string read_text_file(const std::string& path) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
    std::string text;
    std::array<char, 4096> part{};
    std::size_t size = 0;
    while (file != nullptr && (size = std::fread(part.data(), 1, part.size(), file.get())) > 0) {
        text.append(part.data(), size);
    }
    if (file == nullptr || std::ferror(file.get()) != 0) {
        throw FileError(path + ": cannot be read: " + std::strerror(errno));
    }
    return text;
}

toml::table parse_toml(std::string_view text, const std::string& file) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        fail_at(file, error.source(), std::string(error.description()));
    }
}

std::string joined(std::span<const std::string_view> names) {
    std::string list;
    for (const std::string_view name : names) {
        list += list.empty() ? "" : ", ";
        list += name;
    }
    return list;
}

void TomlTable::fail(std::string_view field, const std::string& message) const {
    const toml::node* found = node(field);
    fail_at(file_, found != nullptr ? found->source() : table_->source(), message);
}

void TomlTable::allow_only(std::initializer_list<std::string_view> fields) const {
    for (const auto& [key, value] : *table_) {
        if (std::find(fields.begin(), fields.end(), key.str()) == fields.end()) {
            fail_at(file_, key.source(),
                    "unknown field " + quoted(key.str()) + " in " + std::string(what_) + "; allowed are " +
                        joined(fields));
        }
    }
}

void TomlTable::demand(std::initializer_list<std::string_view> fields) const {
    for (const std::string_view field : fields) {
        if (!has(field)) {
            fail(field, std::string(what_) + " needs the field " + quoted(field));
        }
    }
}

void TomlTable::read(std::string_view field, bool& value) const {
    if (has(field)) {
        const auto* found = node(field)->as_boolean();
        if (found == nullptr) {
            fail(field, quoted(field) + " must be true or false");
        }
        value = found->get();
    }
}

void TomlTable::read(std::string_view field, std::string& value) const {
    if (has(field)) {
        const auto* found = node(field)->as_string();
        if (found == nullptr) {
            fail(field, quoted(field) + " must be a string");
        }
        value = found->get();
    }
}

std::int64_t TomlTable::integer(std::string_view field, std::int64_t otherwise, std::int64_t least,
                                std::int64_t most) const {
    if (!has(field)) {
        return otherwise;
    }
    const auto* found = node(field)->as_integer();
    if (found == nullptr || found->get() < least || found->get() > most) {
        fail(field, quoted(field) + " must be an integer from " + std::to_string(least) + " to " +
                        std::to_string(most));
    }
    return found->get();
}

const toml::array* TomlTable::array(std::string_view field, const char* of) const {
    if (!has(field)) {
        return nullptr;
    }
    const toml::array* found = node(field)->as_array();
    if (found == nullptr) {
        fail(field, quoted(field) + " must be a list of " + of);
    }
    return found;
}

void TomlTable::read(std::string_view field, std::vector<std::string>& value) const {
    if (const toml::array* found = array(field, "strings")) {
        value.clear();
        for (const toml::node& element : *found) {
            if (!element.is_string()) {
                fail_at(file_, element.source(), quoted(field) + " must be a list of strings");
            }
            value.push_back(element.as_string()->get());
        }
    }
}

void TomlTable::read(std::string_view field, std::vector<int>& value) const {
    if (const toml::array* found = array(field, "integers")) {
        value.clear();
        for (const toml::node& element : *found) {
            if (!element.is_integer() ||
                element.as_integer()->get() != static_cast<int>(element.as_integer()->get())) {
                fail_at(file_, element.source(), quoted(field) + " must be a list of integers");
            }
            value.push_back(static_cast<int>(element.as_integer()->get()));
        }
    }
}

std::size_t TomlTable::choice(std::string_view field, std::span<const std::string_view> names,
                              std::size_t otherwise) const {
    if (!has(field)) {
        return otherwise;
    }
    const auto* given = node(field)->as_string();
    const auto found = std::find(names.begin(), names.end(), given != nullptr ? given->get() : "");
    if (found == names.end()) {
        fail(field, quoted(field) + " must be one of " + joined(names));
    }
    return static_cast<std::size_t>(found - names.begin());
}

TomlTable TomlTable::table(std::string_view field, std::string_view what) const {
    static const toml::table kEmpty;
    if (!has(field)) {
        return {kEmpty, file_, what};
    }
    const toml::table* found = node(field)->as_table();
    if (found == nullptr) {
        fail(field, quoted(field) + " must be a table");
    }
    return {*found, file_, what};
}

std::vector<TomlTable> TomlTable::tables(std::string_view field, std::string_view what) const {
    std::vector<TomlTable> all;
    if (const toml::array* found = array(field, "tables")) {
        for (const toml::node& element : *found) {
            if (!element.is_table()) {
                fail_at(file_, element.source(), quoted(field) + " must be a list of tables");
            }
            all.emplace_back(*element.as_table(), file_, what);
        }
    }
    return all;
}

}  // namespace heddle::board

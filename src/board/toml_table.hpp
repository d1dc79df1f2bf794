// TOML's tables, read field by field, with errors that name the line. For the sources of this room that read
// such files, and no header.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The same in every source that includes the library. It asserts, or lets the compiler assume, what a damaged
// file breaks, though it refuses that file a little later: so without either, whatever the build.
#undef NDEBUG
#define TOML_ASSERT(condition) static_assert(true)
#define TOML_HEADER_ONLY 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace heddle::board {

/// The whole file. Throws FileError.
[[nodiscard]] std::string read_text_file(const std::string& path);

/// `file` is for messages. Throws FileError.
[[nodiscard]] toml::table parse_toml(std::string_view text, const std::string& file);

/// "a, b, c".
[[nodiscard]] std::string joined(std::span<const std::string_view> names);

/// A view: the table and `file` outlive it. Every read() leaves the value as it is if there is no such field,
/// and throws FileError if the field is not what it should be.
class TomlTable {
  public:
    /// `what` it is, for messages: "a board".
    TomlTable(const toml::table& table, std::string_view file, std::string_view what)
        : table_(&table), file_(file), what_(what) {}

    void allow_only(std::initializer_list<std::string_view> fields) const;
    void demand(std::initializer_list<std::string_view> fields) const;
    [[nodiscard]] bool has(std::string_view field) const { return table_->contains(field); }
    /// Null if there is no such field.
    [[nodiscard]] const toml::node* node(std::string_view field) const { return table_->get(field); }

    void read(std::string_view field, bool& value) const;
    void read(std::string_view field, std::string& value) const;
    void read(std::string_view field, std::vector<std::string>& value) const;
    void read(std::string_view field, std::vector<int>& value) const;
    template <std::integral Number>
    void read(std::string_view field, Number& value, std::int64_t least, std::int64_t most) const {
        value = static_cast<Number>(integer(field, static_cast<std::int64_t>(value), least, most));
    }

    /// The value's place in `names`; `otherwise` without such a field.
    [[nodiscard]] std::size_t choice(std::string_view field, std::span<const std::string_view> names,
                                     std::size_t otherwise) const;

    /// The table that the field holds, or an empty one.
    [[nodiscard]] TomlTable table(std::string_view field, std::string_view what) const;
    /// Those that the field's array holds.
    [[nodiscard]] std::vector<TomlTable> tables(std::string_view field, std::string_view what) const;

    /// Throws the FileError for the field's line, or for the table's if there is no such field.
    [[noreturn]] void fail(std::string_view field, const std::string& message) const;

  private:
    [[nodiscard]] std::int64_t integer(std::string_view field, std::int64_t otherwise, std::int64_t least,
                                       std::int64_t most) const;
    [[nodiscard]] const toml::array* array(std::string_view field, const char* of) const;

    const toml::table* table_;
    std::string_view file_;
    std::string_view what_;
};

}  // namespace heddle::board

// What the processes of a search say to each other, as bytes.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/assert.hpp"
#include "explore/strategies/subtree.hpp"

namespace heddle::explore {

/// The processes run one program: numbers go as they lie in memory.
class MessageWriter {
  public:
    template <class Number>
    requires std::is_trivially_copyable_v<Number>
    void put(const Number& number) { bytes_.append(reinterpret_cast<const char*>(&number), sizeof number); }
    void put(const Schedule& schedule) { put_all(schedule); }
    void put(const std::vector<std::uint64_t>& numbers) { put_all(numbers); }
    void put(const DescribedStep& step);
    void put(const DescribedSequence& sequence) { put_all(sequence); }
    void put(const DescribedTree& tree);
    void put(const Subtree& part);
    void put(const OpenState& state);
    template <class Item>
    void put_all(const std::vector<Item>& items) {
        put(static_cast<std::uint32_t>(items.size()));
        for (const Item& item : items) {
            put(item);
        }
    }

    [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }
    void clear() noexcept { bytes_.clear(); }

  private:
    std::string bytes_;
};

/// In the order in which it was written. The bytes outlive the reader.
class MessageReader {
  public:
    explicit MessageReader(std::string_view bytes) noexcept : bytes_(bytes) {}

    template <class Number>
    requires std::is_trivially_copyable_v<Number>
    void get(Number& number) {
        require(at_ + sizeof number <= bytes_.size(), "a message between workers is cut short");
        std::memcpy(&number, bytes_.data() + at_, sizeof number);
        at_ += sizeof number;
    }
    template <class Number>
    [[nodiscard]] Number get() {
        Number number{};
        get(number);
        return number;
    }
    void get(Schedule& schedule) { get_all(schedule); }
    void get(std::vector<std::uint64_t>& numbers) { get_all(numbers); }
    void get(DescribedStep& step);
    void get(DescribedSequence& sequence) { get_all(sequence); }
    void get(DescribedTree& tree);
    void get(Subtree& part);
    void get(OpenState& state);
    template <class Item>
    void get_all(std::vector<Item>& items) {
        items.resize(get<std::uint32_t>());
        for (Item& item : items) {
            get(item);
        }
    }

    [[nodiscard]] bool is_at_end() const noexcept { return at_ == bytes_.size(); }

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

}  // namespace heddle::explore

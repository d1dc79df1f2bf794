#include "base/intrusive_list.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace heddle {
namespace {

struct Item : ListNode<Item> {
    explicit Item(int value) : number(value) {}
    int number;
};

std::vector<int> numbers(IntrusiveList<Item>& list) {
    std::vector<int> result;
    list.for_each([&](Item& item) { result.push_back(item.number); });
    return result;
}

TEST(IntrusiveList, KeepsTheOrderOfPushes) {
    Item a(1), b(2), c(3);
    IntrusiveList<Item> list;
    list.push_back(a);
    list.push_back(b);
    list.push_front(c);
    EXPECT_EQ(numbers(list), (std::vector<int>{3, 1, 2}));
    EXPECT_EQ(list.pop_front(), &c);
    EXPECT_EQ(list.pop_front(), &a);
    EXPECT_EQ(list.pop_front(), &b);
    EXPECT_EQ(list.pop_front(), nullptr);
    EXPECT_TRUE(list.empty());
}

TEST(IntrusiveList, ErasesFromTheMiddle) {
    Item a(1), b(2), c(3);
    IntrusiveList<Item> list;
    list.push_back(a);
    list.push_back(b);
    list.push_back(c);
    EXPECT_TRUE(b.is_linked());
    IntrusiveList<Item>::erase(b);
    EXPECT_FALSE(b.is_linked());
    EXPECT_EQ(numbers(list), (std::vector<int>{1, 3}));
}

TEST(IntrusiveList, InsertsBeforeTheFirstThatComesAfter) {
    Item a(1), b(2), c(3), d(4);
    IntrusiveList<Item> list;
    for (Item* item : {&c, &a, &d, &b}) {
        list.insert_before_first(*item, [item](Item& other) { return other.number > item->number; });
    }
    EXPECT_EQ(numbers(list), (std::vector<int>{1, 2, 3, 4}));
}

TEST(IntrusiveList, ErasesWhatAConditionHoldsFor) {
    Item a(1), b(2), c(3), d(4);
    IntrusiveList<Item> list;
    for (Item* item : {&a, &b, &c, &d}) {
        list.push_back(*item);
    }
    list.erase_if([](Item& item) { return item.number != 3; });
    EXPECT_EQ(numbers(list), (std::vector<int>{3}));
    EXPECT_FALSE(d.is_linked());
}

TEST(IntrusiveList, TakesAnElementAgainAfterItLeft) {
    Item a(1);
    IntrusiveList<Item> first, second;
    first.push_back(a);
    EXPECT_EQ(first.pop_front(), &a);
    second.push_back(a);
    EXPECT_TRUE(first.empty());
    EXPECT_EQ(second.front(), &a);
}

}  // namespace
}  // namespace heddle

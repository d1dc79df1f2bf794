// A doubly linked list through links that the elements carry: no allocation, every operation in constant
// time.
#pragma once

#include <cstddef>

namespace heddle {

template <class T, class Tag = void>
class IntrusiveList;

/// What an element derives from, once for each tag: it is in at most one list of each tag at a time, and
/// outlives its membership.
template <class T, class Tag = void>
class ListNode {
  public:
    ListNode() = default;
    ListNode(const ListNode&) = delete;
    ListNode& operator=(const ListNode&) = delete;

    [[nodiscard]] bool is_linked() const noexcept { return next_ != nullptr; }

  private:
    friend class IntrusiveList<T, Tag>;
    ListNode* previous_ = nullptr;
    ListNode* next_ = nullptr;
};

/// Not thread-safe: the caller holds whatever guards the elements. Never owns them.
/// Invariant: a ring through `head_`, so that no operation has a special case for an end.
template <class T, class Tag>
class IntrusiveList {
    using Node = ListNode<T, Tag>;

  public:
    constexpr IntrusiveList() noexcept { head_.previous_ = head_.next_ = &head_; }
    IntrusiveList(const IntrusiveList&) = delete;
    IntrusiveList& operator=(const IntrusiveList&) = delete;

    [[nodiscard]] bool empty() const noexcept { return head_.next_ == &head_; }
    [[nodiscard]] T* front() noexcept { return empty() ? nullptr : static_cast<T*>(head_.next_); }

    constexpr void push_back(T& element) noexcept { insert_before(head_, element); }
    void push_front(T& element) noexcept { insert_before(*head_.next_, element); }

    /// Before the first element that `comes_after` holds for; last if it holds for none.
    template <class ComesAfter>
    void insert_before_first(T& element, ComesAfter&& comes_after) noexcept {
        Node* node = head_.next_;
        while (node != &head_ && !comes_after(*static_cast<T*>(node))) {
            node = node->next_;
        }
        insert_before(*node, element);
    }

    /// The first element, taken out; null when there is none.
    T* pop_front() noexcept {
        T* first = front();
        if (first != nullptr) {
            erase(*first);
        }
        return first;
    }

    /// Takes out an element that is in this list.
    static void erase(T& element) noexcept {
        Node& node = element;
        node.previous_->next_ = node.next_;
        node.next_->previous_ = node.previous_;
        node.previous_ = node.next_ = nullptr;
    }

    /// Takes out every element that `condition` holds for.
    template <class Condition>
    void erase_if(Condition&& condition) noexcept {
        for (Node* node = head_.next_; node != &head_;) {
            T& element = *static_cast<T*>(node);
            node = node->next_;
            if (condition(element)) {
                erase(element);
            }
        }
    }

    /// Calls `visit` with every element, first to last; `visit` takes none out.
    template <class Visit>
    void for_each(Visit&& visit) {
        for (Node* node = head_.next_; node != &head_; node = node->next_) {
            visit(*static_cast<T*>(node));
        }
    }

  private:
    static constexpr void insert_before(Node& position, T& element) noexcept {
        Node& node = element;
        node.previous_ = position.previous_;
        node.next_ = &position;
        position.previous_->next_ = &node;
        position.previous_ = &node;
    }

    Node head_;
};

}  // namespace heddle

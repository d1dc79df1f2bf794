#include "record/access.hpp"

#include <gtest/gtest.h>

namespace heddle::record {
namespace {

constexpr Mode kModes[] = {Mode::read, Mode::write,   Mode::update, Mode::acquire,
                           Mode::hold, Mode::release, Mode::pass};

TEST(Access, ConflictsUnlessBothOnlyLookOrBothUpdate) {
    EXPECT_FALSE(conflict(Mode::read, Mode::read));
    EXPECT_FALSE(conflict(Mode::read, Mode::pass));
    EXPECT_FALSE(conflict(Mode::update, Mode::update));
    EXPECT_TRUE(conflict(Mode::update, Mode::read));
    EXPECT_TRUE(conflict(Mode::read, Mode::hold));
    EXPECT_TRUE(conflict(Mode::pass, Mode::release));
    EXPECT_TRUE(conflict(Mode::acquire, Mode::acquire));
}

TEST(Access, ConflictsBothWays) {
    for (const Mode a : kModes) {
        for (const Mode b : kModes) {
            EXPECT_EQ(conflict(a, b), conflict(b, a));
        }
    }
}

TEST(Access, IsTotalWhereItConflictsWithAll) {
    for (const Mode a : kModes) {
        bool with_all = true;
        for (const Mode b : kModes) {
            with_all = with_all && conflict(a, b);
        }
        EXPECT_EQ(is_total(a), with_all);
    }
}

}  // namespace
}  // namespace heddle::record

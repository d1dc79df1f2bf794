#include "base/choose.hpp"

#include <gtest/gtest.h>

namespace heddle {
namespace {

TEST(FirstChooser, TakesTheFirstWay) {
    FirstChooser first;
    Chooser& chooser = first;
    EXPECT_EQ(chooser.choose(1), 0u);
    EXPECT_EQ(chooser.choose(2), 0u);
    EXPECT_EQ(chooser.choose(1000), 0u);
}

TEST(FirstChooserDeathTest, StopsAtAChoiceAmongNothing) {
    FirstChooser chooser;
    EXPECT_DEATH(static_cast<void>(chooser.choose(0)), "a choice among nothing");
}

}  // namespace
}  // namespace heddle

#include "report/names.hpp"

#include <gtest/gtest.h>

#include <set>

namespace heddle::report {
namespace {

using record::FindingKind;

TEST(Names, EveryKindHasOneOfItsOwn) {
    std::set<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(FindingKind::lock_order); ++i) {
        const auto kind = static_cast<FindingKind>(i);
        EXPECT_NE(name_of(kind), "unknown") << i;
        EXPECT_TRUE(names.insert(name_of(kind)).second) << name_of(kind);
        EXPECT_EQ(find_kind(name_of(kind)), kind);
    }
}

TEST(Names, AreThoseOfTheReference) {
    EXPECT_EQ(name_of(FindingKind::lost_update), "lost-update");
    EXPECT_EQ(name_of(FindingKind::isr_alloc), "isr-alloc");
    EXPECT_EQ(name_of(FindingKind::lock_order), "lock-order");
    EXPECT_EQ(name_of(record::Severity::error), "error");
    EXPECT_EQ(name_of(record::Severity::warning), "warning");
    EXPECT_EQ(name_of(record::ReportVerdict::clean), "clean");
    EXPECT_EQ(name_of(record::ReportVerdict::error), "error");
    EXPECT_EQ(name_of(record::ReportVerdict::unfinished), "unfinished");
}

TEST(Names, NoKindHasAnotherName) {
    EXPECT_EQ(find_kind("lost_update"), std::nullopt);
    EXPECT_EQ(find_kind(""), std::nullopt);
}

}  // namespace
}  // namespace heddle::report

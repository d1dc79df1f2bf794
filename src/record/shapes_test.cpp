#include "record/shapes.hpp"

#include <gtest/gtest.h>

#include <array>

namespace heddle::record {
namespace {

TEST(Shapes, AreOneForTheSameAccesses) {
    Shapes shapes;
    const std::array<Access, 2> two{{{5, Mode::read}, {6, Mode::write}}};
    const std::array<Access, 2> turned{{{6, Mode::write}, {5, Mode::read}}};
    const std::array<Access, 1> followed{{{5, Mode::read, true}}};
    EXPECT_EQ(shapes.shape_of(two), shapes.shape_of(two));
    EXPECT_NE(shapes.shape_of(two), shapes.shape_of(turned));
    EXPECT_NE(shapes.shape_of(two), shapes.shape_of(std::span(two).first(1)));
    EXPECT_NE(shapes.shape_of(std::span(two).first(1)), shapes.shape_of(followed));
    EXPECT_EQ(shapes.shape_of({}), shapes.shape_of({}));
}

TEST(Shapes, ConflictInOnePlaceOnly) {
    Shapes shapes;
    const std::array<Access, 2> reads{{{1, Mode::read}, {2, Mode::read}}};
    const std::array<Access, 2> mixed{{{3, Mode::write}, {2, Mode::write}}};
    const std::array<Access, 1> other{{{4, Mode::write}}};
    const ShapeId a = shapes.shape_of(reads);
    const ShapeId b = shapes.shape_of(mixed);
    const ShapeId c = shapes.shape_of(other);
    EXPECT_FALSE(shapes.conflict(a, a));
    EXPECT_TRUE(shapes.conflict(a, b));
    EXPECT_TRUE(shapes.conflict(b, b));
    EXPECT_FALSE(shapes.conflict(b, c));
    EXPECT_FALSE(shapes.conflict(shapes.shape_of({}), b));
}

TEST(Shapes, NumberPlacesFromZero) {
    Shapes shapes;
    const std::array<Access, 2> two{{{1000, Mode::read}, {7, Mode::write}}};
    static_cast<void>(shapes.shape_of(two));
    EXPECT_EQ(shapes.index_of(1000), 0u);
    EXPECT_EQ(shapes.index_of(7), 1u);
    EXPECT_EQ(shapes.index_of(8), kNoPlace);
    EXPECT_EQ(shapes.place(1), 7u);
    EXPECT_EQ(shapes.places(), 2u);
}

TEST(Shapes, AreFoundAgainAmongMany) {
    Shapes shapes;
    std::vector<ShapeId> made;
    for (Place place = 0; place < 3000; ++place) {
        const Access access{place * 8, Mode::write};
        made.push_back(shapes.shape_of({&access, 1}));
    }
    for (Place place = 0; place < 3000; ++place) {
        const Access access{place * 8, Mode::write};
        EXPECT_EQ(shapes.shape_of({&access, 1}), made[place]);
    }
}

}  // namespace
}  // namespace heddle::record

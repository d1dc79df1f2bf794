#include "board/pin.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace heddle::board {
namespace {

static_assert(std::is_trivially_copyable_v<Pin>, "a copy is a snapshot");

class PinTest : public testing::Test {
  protected:
    PinTest() {
        interrupts.enable(source);
        pin.connect(interrupts, source);
    }

    std::uint64_t raised() const { return interrupts.counters(source).raised; }

    InterruptController interrupts;
    SourceId source = interrupts.add(2);
    Pin pin;
};

TEST_F(PinTest, IsALowInputAtFirst) {
    EXPECT_EQ(pin.mode(), PinMode::input);
    EXPECT_EQ(pin.pull(), Pull::none);
    EXPECT_EQ(pin.driven(), Drive::released);
    EXPECT_FALSE(pin.read());
}

TEST_F(PinTest, ReadsTheOutsideElseThePull) {
    pin.configure(PinMode::input, Pull::up);
    EXPECT_TRUE(pin.read());
    pin.drive(Drive::low);
    EXPECT_FALSE(pin.read());
    pin.drive(Drive::released);
    EXPECT_TRUE(pin.read());
    pin.configure(PinMode::input, Pull::down);
    EXPECT_FALSE(pin.read());
    pin.drive(Drive::high);
    EXPECT_TRUE(pin.read());
}

TEST_F(PinTest, KeepsItsLevelWhenNothingDrivesIt) {
    pin.drive(Drive::high);
    pin.drive(Drive::released);
    EXPECT_TRUE(pin.read());
    pin.configure(PinMode::input, Pull::down);
    pin.configure(PinMode::input, Pull::none);
    EXPECT_FALSE(pin.read());
}

TEST_F(PinTest, ReadsWhatItPutsOut) {
    pin.configure(PinMode::output, Pull::down);
    pin.drive(Drive::low);
    pin.write(true);
    EXPECT_TRUE(pin.read());
    pin.drive(Drive::high);
    pin.write(false);
    EXPECT_FALSE(pin.read());
}

TEST_F(PinTest, PutsOutWhatWasWrittenBeforeItBecameAnOutput) {
    pin.write(true);
    EXPECT_TRUE(pin.written());
    EXPECT_FALSE(pin.read());
    pin.configure(PinMode::output, Pull::none);
    EXPECT_TRUE(pin.read());
}

TEST_F(PinTest, PullsAnOpenDrainLowOrLetsGo) {
    pin.configure(PinMode::open_drain, Pull::up);
    EXPECT_FALSE(pin.read());
    pin.write(true);
    EXPECT_TRUE(pin.read());
    pin.drive(Drive::low);
    EXPECT_FALSE(pin.read());
    pin.drive(Drive::high);
    EXPECT_TRUE(pin.read());
    pin.write(false);
    EXPECT_FALSE(pin.read());
}

TEST_F(PinTest, RaisesAtTheEdgesThatAreWatched) {
    struct Case {
        Edges watched;
        std::uint64_t at_rise, at_fall;
    };
    for (const Case& c :
         {Case{Edges::none, 0, 0}, {Edges::rising, 1, 0}, {Edges::falling, 0, 1}, {Edges::both, 1, 1}}) {
        pin.watch(c.watched);
        const std::uint64_t before = raised();
        pin.drive(Drive::high);
        EXPECT_EQ(raised(), before + c.at_rise);
        pin.drive(Drive::low);
        EXPECT_EQ(raised(), before + c.at_rise + c.at_fall);
    }
}

TEST_F(PinTest, HasNoEdgeWhileTheLevelStays) {
    pin.watch(Edges::both);
    pin.drive(Drive::low);
    pin.drive(Drive::low);
    pin.configure(PinMode::input, Pull::down);
    pin.drive(Drive::released);
    pin.write(true);
    EXPECT_EQ(raised(), 0u);
    pin.drive(Drive::high);
    EXPECT_EQ(raised(), 1u);
    pin.configure(PinMode::output, Pull::none);
    pin.drive(Drive::low);
    EXPECT_EQ(raised(), 1u);
}

TEST_F(PinTest, HasAnEdgeOfItsOwnOutput) {
    pin.configure(PinMode::output, Pull::none);
    pin.watch(Edges::both);
    pin.write(true);
    pin.write(true);
    pin.write(false);
    EXPECT_EQ(raised(), 2u);
    EXPECT_EQ(pin.take_edges(), Edges::both);
}

TEST_F(PinTest, HasAnEdgeOfAPullThatChanges) {
    pin.watch(Edges::rising);
    pin.configure(PinMode::input, Pull::up);
    EXPECT_EQ(raised(), 1u);
}

TEST_F(PinTest, RemembersTheEdgesUntilTheyAreTaken) {
    pin.watch(Edges::both);
    pin.drive(Drive::high);
    EXPECT_EQ(pin.take_edges(), Edges::rising);
    EXPECT_EQ(pin.take_edges(), Edges::none);
    pin.drive(Drive::low);
    EXPECT_EQ(pin.take_edges(), Edges::falling);
    pin.drive(Drive::high);
    pin.watch(Edges::falling);
    EXPECT_EQ(pin.take_edges(), Edges::none);
}

TEST_F(PinTest, MergesEdgesThatNobodyHandles) {
    pin.watch(Edges::both);
    for (int i = 0; i < 5; ++i) {
        pin.drive(Drive::high);
        pin.drive(Drive::low);
    }
    const SourceCounters& counters = interrupts.counters(source);
    EXPECT_EQ(counters.raised, 10u);
    EXPECT_EQ(counters.merged, 9u);
    EXPECT_TRUE(interrupts.is_pending(source));
}

TEST(UnconnectedPin, HasEdgesThatRaiseNothing) {
    Pin pin;
    pin.watch(Edges::both);
    pin.drive(Drive::high);
    EXPECT_EQ(pin.take_edges(), Edges::rising);
    EXPECT_EQ(pin.source(), kNoSource);
}

}  // namespace
}  // namespace heddle::board

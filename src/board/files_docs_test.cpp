// docs/profiles.md and docs/scenes.md say what the readers of these files do.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "board/profile.hpp"
#include "board/scene.hpp"

namespace heddle::board {
namespace {

std::string document(const std::string& name) {
    std::ifstream stream(std::string(HEDDLE_DOCS) + "/" + name);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The first block of TOML.
std::string example(const std::string& text) {
    const std::string fence = "```toml\n";
    const std::size_t start = text.find(fence) + fence.size();
    return text.substr(start, text.find("```", start) - start);
}

std::vector<std::string> allowed_fields(const FileError& error) {
    const std::string message = error.what(), marker = "allowed are ";
    std::vector<std::string> fields;
    std::size_t start = message.find(marker) + marker.size();
    while (start < message.size()) {
        const std::size_t end = std::min(message.find(", ", start), message.size());
        fields.push_back(message.substr(start, end - start));
        start = end + 2;
    }
    return fields;
}

template <class Parse>
void expect_documented(const std::string& text, const std::vector<std::string>& wrong_files, Parse parse) {
    for (const std::string& wrong : wrong_files) {
        try {
            parse(wrong);
            ADD_FAILURE() << wrong;
        } catch (const FileError& error) {
            for (const std::string& field : allowed_fields(error)) {
                const bool stands_there = text.find("`" + field + "`") != std::string::npos ||
                                          text.find("[" + field + "]") != std::string::npos;
                EXPECT_TRUE(stands_there) << field;
            }
        }
    }
}

TEST(ProfilesPage, HasAnExampleThatIsRead) {
    const Profile board = parse_profile(example(document("profiles.md")), "mine.toml");
    EXPECT_EQ(board.hardware_timers.context, Context::scheduled);
    EXPECT_EQ(board.switch_pin, "X3");
}

TEST(ProfilesPage, NamesEveryField) {
    expect_documented(document("profiles.md"), {"x = 1", "pins = { x = 1 }", "pin_list = [{ x = 1 }]"},
                      [](const std::string& text) { static_cast<void>(parse_profile(text, "f")); });
}

TEST(ScenesPage, HasAnExampleThatIsRead) {
    const Scene scene = parse_scene(example(document("scenes.md")), "s.toml", load_profile("pyboard"));
    EXPECT_EQ(scene.seed, 7u);
    EXPECT_EQ(scene.timer_jitter_ns, 50'000);
    // Edges; the button's rest, and two presses and releases with five bounces each; the encoder; the square.
    EXPECT_EQ(scene.events.size(), 2u + (1 + 4 * 11) + (2 + 24 + 8) + (1 + 2'000));
}

TEST(ScenesPage, NamesEveryField) {
    expect_documented(
        document("scenes.md"),
        {"x = 1", "timers = { x = 1 }", "edges = [{ x = 1 }]", "button = [{ x = 1 }]",
         "encoder = [{ x = 1 }]", "square = [{ x = 1 }]"},
        [](const std::string& text) { static_cast<void>(parse_scene(text, "f", load_profile("pyboard"))); });
}

/// Text that is nearly right: bytes changed, cut out, or put in twice.
std::string damaged(std::string text, std::mt19937& random) {
    constexpr std::string_view kMarks = "\"'[]{}=,.-019eEsnaz\n #\\";
    for (std::size_t times = 1 + random() % 3; times > 0 && !text.empty(); --times) {
        const std::size_t place = random() % text.size(), length = random() % 8;
        switch (random() % 3) {
            case 0:
                text[place] = kMarks[random() % kMarks.size()];
                break;
            case 1:
                text.erase(place, length);
                break;
            default:
                text.insert(random() % text.size(), text.substr(place, length));
        }
    }
    return text;
}

template <class Parse>
void expect_read_or_refused_in_one_line(const std::string& text, Parse parse) {
    std::mt19937 random(1);
    int refused = 0;
    for (int i = 0; i < 3'000; ++i) {
        try {
            parse(damaged(text, random));
        } catch (const FileError& error) {
            ++refused;
            ASSERT_EQ(std::string(error.what()).find_first_of("\n\r"), std::string::npos) << error.what();
            ASSERT_EQ(std::string(error.what()).find("f:"), 0u) << error.what();
        }
    }
    EXPECT_GT(refused, 1'000);
}

TEST(ProfilesPage, HasAnExampleThatIsRefusedInOneLineWhenItIsDamaged) {
    expect_read_or_refused_in_one_line(example(document("profiles.md")), [](const std::string& text) {
        static_cast<void>(parse_profile(text, "f"));
    });
}

TEST(ScenesPage, HasAnExampleThatIsRefusedInOneLineWhenItIsDamaged) {
    const Profile board = load_profile("pyboard");
    expect_read_or_refused_in_one_line(example(document("scenes.md")), [&](const std::string& text) {
        static_cast<void>(parse_scene(text, "f", board));
    });
}

}  // namespace
}  // namespace heddle::board

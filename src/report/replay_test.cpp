#include "report/replay.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace heddle::report {
namespace {

using Json = nlohmann::ordered_json;

Replay example() {
    return {.origin = {.script = "bank.py",
                       .script_hash = hash_of("n = 0\n"),
                       .board = "pyboard",
                       .board_hash = UINT64_MAX,
                       .vm = "MicroPython 1.25.0, heddle 0.1.0"},
            .options = {.irqs = 3,
                        .any_timing = true,
                        .max_steps = 100'000,
                        .heap_bytes = 262'144,
                        .arguments = {"-v", "a b"}},
            .finding = {.kind = record::FindingKind::lost_update,
                        .file = "bank.py",
                        .line = 7,
                        .message = "thread 1 overwrites \"n\"\n"},
            .schedule = {0, 0, 1, 2, 1}};
}

/// The example's file with one value in place of another.
std::string changed(const char* pointer, const Json& value) {
    Json root = Json::parse(write_replay(example()));
    root[Json::json_pointer(pointer)] = value;
    return root.dump();
}

std::string without(const char* parent, const char* field) {
    Json root = Json::parse(write_replay(example()));
    root[Json::json_pointer(parent)].erase(field);
    return root.dump();
}

std::string error_of(std::string_view text) {
    try {
        static_cast<void>(parse_replay(text, "a.replay"));
    } catch (const ReplayError& error) {
        return error.what();
    }
    return "no error";
}

TEST(Replay, HashesAsFnv1a) {
    EXPECT_EQ(hash_of(""), 0xcbf29ce484222325U);
    EXPECT_EQ(hash_of("a"), 0xaf63dc4c8601ec8cU);
    EXPECT_EQ(hash_of("foobar"), 0x85944171f73967e8U);
}

TEST(Replay, IsReadAsItWasWritten) {
    EXPECT_EQ(parse_replay(write_replay(example()), "a.replay"), example());
    Replay other = example();
    other.options = {.irqs = 0, .any_timing = false, .max_steps = 1};
    other.finding.kind = record::FindingKind::deadlock;
    other.finding.line = 0;
    other.schedule.clear();
    EXPECT_EQ(parse_replay(write_replay(other), "a.replay"), other);
}

TEST(Replay, WritesTextThatIsNoUtf8) {
    Replay replay = example();
    replay.finding.message = "raises \xff";
    EXPECT_EQ(parse_replay(write_replay(replay), "a.replay").finding.message, "raises \ufffd");
}

TEST(Replay, IsCutShortWhereverItEnds) {
    const std::string text = write_replay(example());
    EXPECT_EQ(text.back(), '\n');
    for (std::size_t size = 1; size + 1 < text.size(); ++size) {
        EXPECT_EQ(error_of(text.substr(0, size)), "a.replay: is cut short") << size;
    }
    EXPECT_EQ(error_of(""), "a.replay: is empty");
    EXPECT_EQ(error_of(" \n"), "a.replay: is empty");
}

TEST(Replay, RefusesWhatIsNoReplayFile) {
    EXPECT_EQ(error_of("import _thread\n"), "a.replay: is not JSON, so no replay file");
    EXPECT_EQ(error_of("{'a': 1}"), "a.replay: is not JSON, so no replay file");
    EXPECT_EQ(error_of(write_replay(example()) + "x"), "a.replay: is not JSON, so no replay file");
    EXPECT_EQ(error_of("[1, 2]"), "a.replay: is no replay file: it has no heddle_replay");
    EXPECT_EQ(error_of("{\"version\": 1}"), "a.replay: is no replay file: it has no heddle_replay");
    EXPECT_EQ(error_of(std::string(200'000, '[')), "a.replay: is not JSON, so no replay file");
}

TEST(Replay, RefusesAnotherFormat) {
    EXPECT_EQ(error_of(changed("/heddle_replay", 2)),
              "a.replay: its format is version 2; this heddle reads version 1");
    EXPECT_EQ(error_of(changed("/heddle_replay", "one")),
              "a.replay: its format is of an unknown version; this heddle reads version 1");
}

TEST(Replay, DemandsEachField) {
    for (const char* field : {"script", "board", "vm", "options", "finding", "schedule"}) {
        EXPECT_EQ(error_of(without("", field)), std::string("a.replay: ") + field + " is missing");
    }
    EXPECT_EQ(error_of(without("/script", "hash")), "a.replay: script.hash is missing");
    EXPECT_EQ(error_of(without("/script", "path")), "a.replay: script.path is missing");
    EXPECT_EQ(error_of(without("/board", "name")), "a.replay: board.name is missing");
    EXPECT_EQ(error_of(without("/board", "hash")), "a.replay: board.hash is missing");
    for (const char* field : {"irqs", "timing", "max_steps", "heap_bytes", "arguments"}) {
        EXPECT_EQ(error_of(without("/options", field)),
                  std::string("a.replay: options.") + field + " is missing");
    }
    for (const char* field : {"kind", "file", "line", "message"}) {
        EXPECT_EQ(error_of(without("/finding", field)),
                  std::string("a.replay: finding.") + field + " is missing");
    }
}

TEST(Replay, RefusesWrongTypes) {
    EXPECT_EQ(error_of(changed("/script", "bank.py")), "a.replay: script is not a table");
    EXPECT_EQ(error_of(changed("/vm", 1.25)), "a.replay: vm is not a string");
    EXPECT_EQ(error_of(changed("/schedule", "0 1")), "a.replay: schedule is not a list");
    EXPECT_EQ(error_of(changed("/finding/message", nullptr)), "a.replay: finding.message is not a string");
    EXPECT_EQ(error_of(changed("/options/irqs", -1)),
              "a.replay: options.irqs is no number from 0 to 2147483647");
    EXPECT_EQ(error_of(changed("/options/irqs", 2'147'483'648)),
              "a.replay: options.irqs is no number from 0 to 2147483647");
    EXPECT_EQ(error_of(changed("/options/arguments", {"-v", 1})),
              "a.replay: options.arguments are not all strings");
    EXPECT_EQ(error_of(changed("/finding/line", 7.5)),
              "a.replay: finding.line is no number from 0 to 9223372036854775807");
}

TEST(Replay, RefusesWrongValues) {
    const std::string wrong_hash = "a.replay: script.hash is not 16 hexadecimal digits";
    EXPECT_EQ(error_of(changed("/script/hash", "12")), wrong_hash);
    EXPECT_EQ(error_of(changed("/script/hash", "-123456789abcdef")), wrong_hash);
    EXPECT_EQ(error_of(changed("/script/hash", "0123456789abcdeg")), wrong_hash);
    EXPECT_EQ(error_of(changed("/options/timing", "some")),
              "a.replay: options.timing is neither default nor any");
    EXPECT_EQ(error_of(changed("/finding/kind", "race")), "a.replay: finding.kind is no kind of finding");
}

TEST(Replay, RefusesChoicesOutOfRange) {
    EXPECT_EQ(error_of(changed("/schedule/3", 65534)), "no error");
    for (const Json& choice : {Json(65535), Json(-1), Json(1.0), Json("1"), Json(UINT64_MAX)}) {
        EXPECT_EQ(error_of(changed("/schedule/3", choice)),
                  "a.replay: schedule[3] is no number from 0 to 65534");
    }
}

TEST(ReplayOrigin, SaysWhatHasChanged) {
    using Changes = std::vector<std::string>;
    const ReplayOrigin then = example().origin;
    ReplayOrigin now = then;
    now.script = "elsewhere/bank.py";
    EXPECT_EQ(changes_since(then, now), Changes{});
    now.script_hash ^= 1;
    EXPECT_EQ(changes_since(then, now), Changes{"the script has changed since"});
    now.board_hash ^= 1;
    now.vm = "MicroPython 1.26.0";
    EXPECT_EQ(changes_since(then, now),
              (Changes{"the script has changed since", "the profile of the board pyboard has changed since",
                       "the VM is MicroPython 1.26.0 now, it was MicroPython 1.25.0, heddle 0.1.0"}));
    now = then;
    now.board = "rp2";
    EXPECT_EQ(changes_since(then, now), Changes{"the board is rp2 now, it was pyboard"});
}

}  // namespace
}  // namespace heddle::report

#include "report/json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/examples_test.hpp"

namespace heddle::report {
namespace {

using Json = nlohmann::ordered_json;
using record::Report;

Report example() {
    return {.script = "bank.py",
            .board = "pyboard",
            .verdict = record::ReportVerdict::error,
            .complete = true,
            .bounds = {.irqs = 2},
            .findings = {lost_update()},
            .statistics = {.executions = 34904, .blocked = 3, .failed = 2, .steps = 123, .seconds = 0.25}};
}

TEST(JsonReport, HasTheFieldsOfTheReference) {
    const Json json = Json::parse(json_of(example()));
    EXPECT_EQ(json["version"], 1);
    EXPECT_EQ(json["script"], "bank.py");
    EXPECT_EQ(json["board"], "pyboard");
    EXPECT_EQ(json["verdict"], "error");
    EXPECT_EQ(json["complete"], true);
    EXPECT_EQ(json["reason"], nullptr);
    EXPECT_EQ(json["bounds"], Json::parse(R"({"irqs": 2, "preemptions": null, "timing": "default"})"));
    EXPECT_EQ(json["stats"].dump(),
              R"({"executions":34904,"blocked":3,"redundant":0,"failed":2,"steps":123,"seconds":0.25,)"
              R"("executions_per_second":139628})");
}

TEST(JsonReport, SaysWhyASearchIsNotComplete) {
    Report report = example();
    report.left_out = "what follows";
    EXPECT_EQ(Json::parse(json_of(report))["reason"], "what follows");
    report.ended_by = "--time 60";
    EXPECT_EQ(Json::parse(json_of(report))["reason"], "--time 60");
}

TEST(JsonReport, TellsFindings) {
    const Json finding = Json::parse(json_of(example()))["findings"].at(0);
    EXPECT_EQ(finding["kind"], "lost-update");
    EXPECT_EQ(finding["severity"], "error");
    EXPECT_EQ(finding["message"], lost_update().message);
    EXPECT_EQ(finding["location"], Json::parse(R"({"file": "bank.py", "line": 7})"));
    EXPECT_EQ(finding["preemptions"], 1);
    EXPECT_EQ(finding["interrupts"], 0);
    EXPECT_EQ(finding["replay"], "bank-1.replay");
    EXPECT_EQ(finding["contexts"].at(1).dump(), "{\"name\":\"thread 1 (pay)\",\"interrupt\":false}");
    EXPECT_EQ(finding["accesses"].at(1),
              Json::parse(R"({"context": 1, "location": {"file": "bank.py", "line": 7},
        "source": "total += amount", "what": "writes total = 1", "locks": ["log"]})"));
    EXPECT_EQ(finding["waits"], Json::array());
    EXPECT_EQ(finding["interleaving"].size(), 6U);
    EXPECT_EQ(finding["interleaving"].at(3),
              Json::parse(R"({"context": 2, "location": {"file": "bank.py", "line": 7},
        "source": "total += amount", "what": "reads total = 0", "preempts": true})"));
}

TEST(JsonReport, TellsWhoWaits) {
    Report report = example();
    report.findings = {deadlock()};
    report.findings[0].waits[1] = {.context = 0, .lock = "ready"};
    const Json waits = Json::parse(json_of(report))["findings"].at(0)["waits"];
    EXPECT_EQ(waits.at(0),
              Json::parse(R"({"context": 1, "lock": "b", "location": {"file": "pair.py", "line": 8},
        "holder": 2, "holder_ended": false, "held_since": {"file": "pair.py", "line": 13}})"));
    EXPECT_EQ(waits.at(1), Json::parse(R"({"context": 0, "lock": "ready", "location": null,
        "holder": null, "holder_ended": false, "held_since": null})"));
}

TEST(JsonReport, SaysWhatThereIsNotByNull) {
    Report report = example();
    report.bounds.preemptions = 3;
    report.bounds.any_timing = true;
    report.findings[0].accesses.reset();
    report.findings[0].replay_path.clear();
    report.statistics.seconds = 0;
    const Json json = Json::parse(json_of(report));
    EXPECT_EQ(json["bounds"]["preemptions"], 3);
    EXPECT_EQ(json["bounds"]["timing"], "any");
    EXPECT_EQ(json["findings"].at(0)["accesses"], Json::array());
    EXPECT_EQ(json["findings"].at(0)["replay"], nullptr);
    EXPECT_EQ(json["stats"]["executions_per_second"], 0);
}

TEST(JsonReport, EndsItsLineAndIsAlwaysUtf8) {
    Report report = example();
    report.script = "caf\xe9.py\x1b\n";
    const std::string text = json_of(report);
    EXPECT_EQ(text.back(), '\n');
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(Json::parse(text)["script"], "caf\ufffd.py\x1b\n");
}

}  // namespace
}  // namespace heddle::report

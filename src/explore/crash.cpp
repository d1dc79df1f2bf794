#include "explore/crash.hpp"

#include <algorithm>
#include <system_error>

#include "explore/execution.hpp"
#include "explore/message.hpp"
#include "explore/worker_process.hpp"

namespace heddle::explore {
namespace {

void run(Execution& execution, std::span<const ContextId> schedule) {
    for (const ContextId context : schedule) {
        if (!execution.is_enabled(context)) {
            return;
        }
        execution.run(context);
    }
}

// As 0*3 1 0*2: contexts, and how many steps of each.
std::string words_of(const record::Schedule& schedule) {
    std::string words;
    for (auto at = schedule.begin(); at != schedule.end();) {
        const auto next = std::find_if(at, schedule.end(), [&](ContextId other) { return other != *at; });
        words += (words.empty() ? "" : " ") + std::to_string(*at);
        words += next - at == 1 ? "" : "*" + std::to_string(next - at);
        at = next;
    }
    return words;
}

record::Schedule shrink_in_process(Machine& machine, const record::Schedule& schedule,
                                   const record::Finding& finding, const std::vector<Detector*>& detectors,
                                   const ShrinkLimits& limits) {
    WorkerProcess process([&](Channel& parent, Gauges&) {
        MessageWriter writer;
        writer.put(shrink(machine, schedule, finding, detectors, limits).schedule);
        static_cast<void>(parent.send(writer.bytes()));
    });
    const std::optional<std::string> message = process.channel().receive();
    if (!message) {
        return schedule;
    }
    record::Schedule shrunk;
    MessageReader(*message).get(shrunk);
    return shrunk;
}

}  // namespace

std::string words_of(const Fault& fault) {
    if (fault.why == LastWord::no_memory) {
        return "there was no memory for a part of the search, which was left out";
    }
    if (fault.why == LastWord::refused) {
        return fault.sentence + ": a part of the search was left out";
    }
    return "a fault of heddle itself, not of the program: " + fault.sentence + "; in the schedule " +
           words_of(fault.schedule) + ", which was left out; please report this line with the script";
}

record::Finding finding_of_crash(Machine& machine, const record::Schedule& schedule) {
    Execution execution(machine, {.snapshots = false});
    run(execution, std::span(schedule).first(schedule.size() - 1));
    record::Finding finding{.kind = record::FindingKind::exception, .context = schedule.back()};
    if (finding.context < execution.contexts().size()) {
        finding.source = execution.contexts()[finding.context].at;
    }
    return finding;
}

int signal_in(Machine& machine, const record::Schedule& schedule) {
    WorkerProcess process([&](Channel&, Gauges&) {
        Execution execution(machine, {.snapshots = false});
        run(execution, schedule);
    });
    static_cast<void>(process.channel().receive());  // until it is gone
    return process.wait_for_end();
}

record::Schedule shrink_apart(Machine& machine, const record::Schedule& schedule,
                              const record::Finding& finding, const std::vector<Detector*>& detectors,
                              const ShrinkLimits& limits) {
    try {
        return shrink_in_process(machine, schedule, finding, detectors, limits);
    } catch (const std::system_error&) {
        return schedule;
    }
}

}  // namespace heddle::explore

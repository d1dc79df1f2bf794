#include "explore/crash.hpp"

#include "explore/execution.hpp"
#include "explore/message.hpp"
#include "explore/shrink.hpp"
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

}  // namespace

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
                              double most_seconds) {
    WorkerProcess process([&](Channel& parent, Gauges&) {
        MessageWriter writer;
        writer.put(shrink(machine, schedule, finding, detectors, most_seconds).schedule);
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

}  // namespace heddle::explore

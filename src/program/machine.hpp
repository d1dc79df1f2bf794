// An explored MicroPython program, as a search sees it.
#pragma once

#include <array>
#include <initializer_list>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "explore/machine.hpp"
#include "program/explored_program.hpp"
#include "program/updates.hpp"

namespace heddle::program {

struct SourceLine {
    std::string file;
    std::size_t line = 0;
};

/// Of a thread that waits for a lock.
struct WaitPlace {
    std::string lock;  ///< empty: it waits for something else
    SourceLine at;
    explore::ContextId holder = record::kNoContext;
    bool holder_ended = false;
    SourceLine held_since;
};

class ProgramMachine final : public explore::Machine {
  public:
    /// That time has passed: it does only when nobody else can go on. Once it has in any execution, all steps
    /// touch it.
    static constexpr record::Place kTime = 1;

    /// The program is loaded; it is at its initial state. `any_timing`: a sleep ends, and a wait with a limit
    /// gives up, at any point; else only where nobody else can go on, in the order of their deadlines.
    explicit ProgramMachine(ExploredProgram& program, bool any_timing = false);

    void reset() override;
    [[nodiscard]] explore::SnapshotId take() override;
    void restore(explore::SnapshotId snapshot) override;
    void drop(explore::SnapshotId snapshot) override;
    [[nodiscard]] std::size_t bytes_of(explore::SnapshotId snapshot) const override {
        return snapshots_[snapshot]->bytes();
    }
    [[nodiscard]] std::span<const explore::ContextState> contexts() override;
    const record::StepRecord& run(explore::ContextId context) override;
    /// Time passed, there was a scheduled callback, a built-in's name was given to something else, or a step
    /// may have touched anything, and steps do not say what they have to do with that.
    [[nodiscard]] bool has_missed() const override { return has_missed_; }
    /// The level of a pin.
    [[nodiscard]] bool changes_by_itself(record::Place place) const override;
    /// From the next reset() on, they do; at the second call, with callbacks and built-ins too, which costs
    /// much more.
    void watch_more();
    /// Of variables only: what a list's method changes, it changes whole.
    [[nodiscard]] bool is_update(const record::Trace& trace, const explore::Replacement& write) override;

    /// For people, of the state that the program is in.
    [[nodiscard]] std::string name_of(explore::ContextId context) const { return program_.name_of(context); }
    [[nodiscard]] std::string words_of_next(explore::ContextId context) const {
        return program_.words_of_next(context);
    }
    [[nodiscard]] WaitPlace wait_of(explore::ContextId context) const;
    /// Of whoever would wait for that lock now. Precondition: it is one that a step has touched.
    [[nodiscard]] WaitPlace wait_for(record::Place lock) const;
    /// The thread that a callback interrupts; kNoContext: it is no callback.
    [[nodiscard]] explore::ContextId host_of(explore::ContextId context) const noexcept {
        return program_.host_of(context);
    }
    [[nodiscard]] std::string name_of_place(record::Place place) const;

    /// Is it a variable, an attribute, an item: what is read and written whole?
    [[nodiscard]] bool is_variable(record::Place place) const;
    /// That, or a part of a container?
    [[nodiscard]] bool is_data(record::Place place) const;
    [[nodiscard]] bool is_lock(record::Place place) const;
    /// Is it a race that can break the container itself, for want of an interpreter lock?
    [[nodiscard]] bool breaks(const record::Finding& race) const;

    /// Of the last step that failed: the exception in one line.
    [[nodiscard]] const std::string& failure_text() const noexcept { return failure_text_; }

    /// Of a step or a finding; null for 0.
    [[nodiscard]] const SourceLine* line_of(record::Source source) const noexcept;

  private:
    struct RecentSource {
        const byte* ip = nullptr;
        record::Source source = 0;
    };

    [[nodiscard]] bool is_of_kind(record::Place place, std::initializer_list<PlaceKind> kinds) const;
    /// Has another context, since the last read, touched what the writing one had touched since?
    [[nodiscard]] bool orders_others_behind_read(const record::Trace& trace,
                                                 const explore::Replacement& write) const;
    void look();
    void add_access(const record::Access& access);
    void note_mask(const ExploredStep& step);
    void note_place(const Access& access);
    void note_handlers(const ExploredStep& step);
    void note_callbacks(const ExploredStep& step);
    void note_level(const ExploredStep& step);
    void note_threads(const ExploredStep& step);
    void note_anything(const ExploredStep& step);
    void note_time(const ExploredStep& step);
    void note_awaits(const ExploredStep& step);
    void note_accesses(const ExploredStep& step);
    [[nodiscard]] record::Source source_of(const mp_obj_fun_bc_t* function, const byte* ip);
    [[nodiscard]] record::Source source_named(const std::string& file, std::size_t line);
    void note_limit(explore::ContextId context, const ExploredStep& step);
    void note_failure(explore::ContextId context, const ExploredStep& step);

    ExploredProgram& program_;
    bool any_timing_;
    bool has_missed_ = false;
    bool watches_more_ = false;
    bool tries_ = false;  // what the last step touches follows from more than its context's steps before
    Snapshot initial_;
    std::vector<std::unique_ptr<Snapshot>> snapshots_;
    std::vector<explore::SnapshotId> unused_;
    std::vector<explore::ContextState> states_;
    std::vector<record::Access> accesses_;
    std::vector<record::Place> awaits_;
    record::StepRecord record_;
    record::Finding finding_;
    std::string failure_text_;
    Updates updates_;
    std::unordered_map<record::Place, Access> places_;  // one access of each
    std::unordered_map<record::Source, SourceLine> lines_;
    std::unordered_set<record::Place> deques_;                 // which have one place for all of them
    std::unordered_map<const void*, record::Source> sources_;  // by bytecode
    // What these maps know of, by a part of the key: each step asks for some.
    std::array<record::Place, 256> recent_places_{};
    std::array<RecentSource, 256> recent_sources_{};
};

}  // namespace heddle::program

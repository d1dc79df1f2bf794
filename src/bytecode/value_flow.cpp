#include "bytecode/value_flow.hpp"

#include <algorithm>
#include <utility>

extern "C" {
#include "py/bc0.h"
#include "py/objfun.h"
}

namespace heddle::bytecode {
namespace {

/// What a program keeps values in.
bool keeps_values(PlaceKind kind) noexcept { return kind <= PlaceKind::state; }

/// One value, which a store replaces.
bool is_one_value(PlaceKind kind) noexcept {
    return kind == PlaceKind::global || kind == PlaceKind::attribute || kind == PlaceKind::item ||
           kind == PlaceKind::cell;
}

/// The slot of the value that the opcode stores to a place, from the top down; -1: it is no store.
int stored_slot(const byte* ip) noexcept {
    switch (*ip) {
        case MP_BC_STORE_NAME:
        case MP_BC_STORE_GLOBAL:
        case MP_BC_STORE_DEREF:
            return 0;
        case MP_BC_STORE_ATTR:
            return 1;
        case MP_BC_STORE_SUBSCR:
            return 2;
        default:
            return -1;
    }
}

std::size_t slot_of_local(const mp_code_state_t& code, int local) noexcept {
    return code.n_state - 1u - static_cast<unsigned>(local);
}

bool ends_activation(const byte* ip) noexcept { return *ip == MP_BC_RETURN_VALUE; }

bool suspends(const byte* ip) noexcept { return *ip == MP_BC_YIELD_VALUE || *ip == MP_BC_YIELD_FROM; }

bool is_exception(mp_obj_t object) noexcept {
    return mp_obj_is_obj(object) && mp_obj_is_exception_instance(object);
}

// Behind it stands what is raised; the program goes on only where it is not.
bool is_assertion(const byte* branch, const mp_code_state_t& code) noexcept {
    const byte* ip = instruction_behind(branch);
    return *branch == MP_BC_POP_JUMP_IF_TRUE && *ip == MP_BC_LOAD_GLOBAL &&
           code.fun_bc->context->constants.qstr_table[mp_decode_uint_value(ip + 1)] == MP_QSTR_AssertionError;
}

bool goes_to(const byte* from, const byte* to) noexcept {
    const Successors after = successors_of(from);
    return after[0] == to || after[1] == to || (*from == MP_BC_YIELD_FROM && from == to);
}

}  // namespace

// ---- activations

void ValueFlow::step(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp, bool reads_count) {
    Activation& activation = activation_at(code, ip);
    end_opcode(activation, ip, sp);
    decisions_.step(*code, ip, sp);
    begin_opcode(activation, ip, sp, reads_count);
}

ValueFlow::Activation& ValueFlow::activation_at(const mp_code_state_t* code, const byte* ip) {
    const bool may_be_start = ip == first_instruction(code->fun_bc->bytecode);
    const auto known = std::ranges::find(activations_, code, &Activation::code);
    if (known != activations_.end()) {
        const auto depth = static_cast<std::size_t>(known - activations_.begin()) + 1;
        while (activations_.size() > depth) {
            end_last_activation();
        }
        if (!may_be_start || goes_to(activations_.back().last.ip, ip)) {
            return activations_.back();
        }
        end_last_activation();
    }
    while (!activations_.empty() &&
           (ends_activation(activations_.back().last.ip) || suspends(activations_.back().last.ip))) {
        end_last_activation();
    }
    if (auto suspended = suspended_.extract(code); !suspended.empty() && !may_be_start) {
        resume(std::move(suspended.mapped()));
    } else {
        begin_activation(code);
    }
    return activations_.back();
}

void ValueFlow::begin_activation(const mp_code_state_t* code) {
    Activation made;
    made.code = code;
    made.bytecode = code->fun_bc->bytecode;
    made.slots.resize(code->n_state);
    if (!activations_.empty()) {
        Activation& maker = activations_.back();
        Opcode& call = maker.last;
        made.is_controlled = control_of(maker) != kApart || call.function_flow != kApart;
        call.is_result_all = call.function == MP_OBJ_FROM_PTR(code->fun_bc);
        pass_arguments(made, call);
        if (!call.following.empty()) {
            flow_of(made);
        }
    }
    activations_.push_back(std::move(made));
}

// Arguments that are not found among the new locals may be in a tuple or a dict of them, or in a cell.
void ValueFlow::pass_arguments(Activation& made, const Opcode& call) const {
    const mp_code_state_t& code = *made.code;
    for (const Argument& argument : call.following) {
        bool is_found = false;
        for (std::size_t i = 0; i < code.n_state; ++i) {
            if (code.state[i] == argument.value) {
                is_found = true;
                made.slots[i] = std::max(made.slots[i], argument.flow);
            }
        }
        for (std::size_t i = 0; i < code.n_state && !is_found; ++i) {
            if (code.state[i] != MP_OBJ_NULL) {
                made.slots[i] = std::max(made.slots[i], argument.flow);
            }
        }
    }
}

void ValueFlow::resume(Activation activation) {
    activation.is_controlled = false;
    if (!activations_.empty()) {
        const Activation& maker = activations_.back();
        activation.is_controlled = control_of(maker) != kApart;
        for (const Argument& argument : maker.last.following) {
            activation.last.result_flow = std::max(activation.last.result_flow, argument.flow);
        }
    }
    activations_.push_back(std::move(activation));
}

void ValueFlow::end_last_activation() {
    Activation ended = std::move(activations_.back());
    activations_.pop_back();
    if (!activations_.empty()) {
        Opcode& call = activations_.back().last;
        call.result_flow = std::max({call.result_flow, ended.last.flow, ended.last.result_flow});
        call.result_condition = ended.conditions.at(ended.last.first_output);
    }
    if (suspends(ended.last.ip)) {
        suspended_.insert_or_assign(ended.code, std::move(ended));
    }
}

/// Does it follow that the activation comes to its last opcode? A branch at which a loop is left or goes on
/// does not decide about what each turn begins with.
ValueFlow::Flow ValueFlow::control_of(const Activation& activation) const {
    const auto decides = [&](const Join& join) {
        return join.branch == nullptr ||
               !flows_.at(activation.bytecode)->always_precedes(activation.last.ip, join.branch);
    };
    return activation.is_controlled || std::ranges::any_of(activation.joins, decides) ? kByControl : kApart;
}

// ---- what an opcode left behind

void ValueFlow::end_opcode(Activation& activation, const byte* ip, const mp_obj_t* sp) {
    Opcode& last = activation.last;
    if (last.ip != nullptr) {
        const auto count = static_cast<std::size_t>(sp + 1 - activation.code->state);
        const bool is_result_all = last.is_result_all || suspends(last.ip);
        last.flow = std::max(last.result_flow, is_result_all ? control_of(activation) : last.flow);
        if (!last.unwinds && !goes_to(last.ip, ip)) {
            end_with_exception(activation, ip, count - 1);
        } else if (!last.moves_only) {
            for (std::size_t i = last.first_output; i < count; ++i) {
                activation.slots[i] = last.flow;
            }
        }
        if (last.is_source) {
            read_ = sp[0];
        }
        if (goes_to(last.ip, ip) && (last.is_source || last.is_result_all)) {
            activation.conditions.set(last.first_output,
                                      last.is_source ? condition_of(last.ip, read_) : last.result_condition);
        }
        has_just_waited_ = has_just_waited_ || has_waited(activation, ip);
    }
    close_joins(activation, ip);
}

// Whether the handler runs follows where what was raised does.
void ValueFlow::end_with_exception(Activation& activation, const byte* ip, std::size_t top) {
    const Opcode& last = activation.last;
    activation.slots[top] = last.flow;
    const byte* normal = successors_of(last.ip)[0];
    decisions_.end_by_exception(last.flow == kByData);
    if (last.flow != kApart) {
        const ControlFlow& flow = flow_of(activation);
        activation.joins.push_back({nullptr, normal == nullptr ? nullptr : flow.join_of(normal, ip), {}});
    }
}

void ValueFlow::close_joins(Activation& activation, const byte* ip) {
    std::erase_if(activation.joins, [&](const Join& join) {
        if (join.ip != ip) {
            return false;
        }
        for (const int local : join.locals) {
            Flow& flow = activation.slots[slot_of_local(*activation.code, local)];
            flow = std::max(flow, kByControl);
        }
        return true;
    });
}

// ---- what an opcode does

void ValueFlow::begin_opcode(Activation& activation, const byte* ip, const mp_obj_t* sp, bool reads_count) {
    Opcode& opcode = activation.last;
    opcode = {};
    opcode.ip = ip;
    opcode.flow = control_of(activation);
    const auto top = static_cast<std::size_t>(sp - activation.code->state);
    const StackUse use = stack_use(ip, sp);
    opcode.first_output = top + 1 - use.taken;
    opcode.unwinds =
        ends_activation(ip) || *ip == MP_BC_UNWIND_JUMP || (*ip == MP_BC_END_FINALLY && !is_exception(sp[0]));
    opcode.moves_only = move_slots(activation, top) || (is_branch(ip) && *ip != MP_BC_FOR_ITER);
    note_inputs(activation, sp, use.inputs);
    Accesses accesses{};
    if (accesses_of(activation.code, ip, sp, accesses)) {
        note_accesses(activation, accesses, reads_count);
    }
    note_stores(activation, ip, sp);
    decisions_.leave(ip, accesses);
    if (opcode.flow == kByData) {
        static_cast<void>(flow_of(activation));
    }
    // How many items there are does not follow from what one of them is.
    if (is_branch(ip) && opcode.flow != kApart && !(*ip == MP_BC_FOR_ITER && opcode.following.empty())) {
        note_branch(activation);
        if (opcode.flow == kByData) {
            decisions_.add(*activation.code, ip, sp, activation.conditions.at(top));
        }
    }
    if (!ends_activation(ip)) {
        const auto following = std::ranges::count(opcode.following, kByData, &Argument::flow);
        activation.conditions.step(*activation.code, ip, sp, opcode.first_output, following == 1);
    }
}

bool ValueFlow::move_slots(Activation& activation, std::size_t top) const {
    std::vector<Flow>& slots = activation.slots;
    switch (*activation.last.ip) {
        case MP_BC_DUP_TOP:
            slots[top + 1] = slots[top];
            return true;
        case MP_BC_DUP_TOP_TWO:
            slots[top + 1] = slots[top - 1];
            slots[top + 2] = slots[top];
            return true;
        case MP_BC_ROT_TWO:
            std::swap(slots[top], slots[top - 1]);
            return true;
        case MP_BC_ROT_THREE:
            std::swap(slots[top], slots[top - 1]);
            std::swap(slots[top - 1], slots[top - 2]);
            return true;
        default:
            return false;
    }
}

void ValueFlow::note_inputs(Activation& activation, const mp_obj_t* sp, std::size_t inputs) {
    Opcode& opcode = activation.last;
    const mp_obj_t* state = activation.code->state;
    const int function = function_slot(opcode.ip);
    for (std::size_t i = 0; i < inputs; ++i) {
        const std::size_t slot = static_cast<std::size_t>(sp - state) - i;
        if (static_cast<int>(i) == function) {
            opcode.function = state[slot];
            opcode.function_flow = activation.slots[slot];
            decisions_.choose_function(opcode.function_flow == kByData);
        } else if (activation.slots[slot] != kApart) {
            opcode.following.push_back({state[slot], activation.slots[slot]});
            opcode.flow = std::max(opcode.flow, activation.slots[slot]);
        }
    }
    if (const int local = loaded_local(opcode.ip); local >= 0) {
        opcode.flow = std::max(opcode.flow, activation.slots[slot_of_local(*activation.code, local)]);
    }
    opcode.flow = std::max(opcode.flow, opcode.function_flow);
}

void ValueFlow::note_accesses(Activation& activation, const Accesses& accesses, bool reads_count) {
    Opcode& opcode = activation.last;
    bool is_written = false;
    for (const Access& access : accesses) {
        const bool is_place = access.place == place_;
        opcode.is_source = opcode.is_source || (reads_count && is_place && access.mode == Mode::read);
        is_written = is_written || (is_place && access.mode == Mode::write);
        if (const auto kept = places_.find(access.place);
            kept != places_.end() && stored_slot(opcode.ip) < 0) {
            opcode.flow = std::max(opcode.flow, kept->second);
        }
    }
    if (is_written && written_ != Written::updated) {
        const bool follows = opcode.flow == kByData || (opcode.flow == kByControl && !would_come_now());
        const bool is_update = follows || is_gone() || is_kept();
        written_ = is_update ? Written::updated : Written::apart;
    }
    if (opcode.is_source) {
        opcode.flow = kByData;
        others_.clear();
    }
    note_stored(opcode, accesses);
    has_just_waited_ = has_just_waited_ && accesses.count == 0;
}

void ValueFlow::note_stored(const Opcode& opcode, const Accesses& accesses) {
    const bool is_store = stored_slot(opcode.ip) >= 0;
    for (const Access& access : accesses) {
        if (access.mode == Mode::read || !keeps_values(access.kind)) {
            continue;
        }
        is_stored_ = opcode.flow == kByData;
        if (opcode.flow != kApart) {
            places_[access.place] = opcode.flow;
        } else if (is_store && access.mode == Mode::write && is_one_value(access.kind)) {
            places_.erase(access.place);
        }
    }
}

void ValueFlow::note_stores(Activation& activation, const byte* ip, const mp_obj_t* sp) {
    const Opcode& opcode = activation.last;
    if (const int local = stored_local(ip); local >= 0) {
        activation.slots[slot_of_local(*activation.code, local)] = opcode.flow;
    } else if (*ip == MP_BC_STORE_COMP) {
        const auto top = static_cast<std::size_t>(sp - activation.code->state);
        Flow& container = activation.slots[top - (mp_decode_uint_value(ip + 1) >> 2)];
        container = std::max(container, opcode.flow);
    }
}

void ValueFlow::note_branch(Activation& activation) {
    const byte* branch = activation.last.ip;
    if (is_assertion(branch, *activation.code)) {
        return;
    }
    const ControlFlow& flow = flow_of(activation);
    if (std::ranges::find(activation.joins, branch, &Join::branch) == activation.joins.end()) {
        activation.joins.push_back({branch, flow.join_of(branch), flow.stored_between(branch)});
    }
}

const ControlFlow& ValueFlow::flow_of(const Activation& activation) {
    std::unique_ptr<ControlFlow>& flow = flows_[activation.bytecode];
    if (flow == nullptr) {
        flow = std::make_unique<ControlFlow>(activation.bytecode);
    }
    return *flow;
}

// ---- the place

/// What was read is needed after the write, too, or has just been put elsewhere, as in an exchange and in
/// `count = edges; edges = 0`.
bool ValueFlow::is_kept() const {
    return is_stored_ ||
           std::ranges::any_of(activations_, [this](const Activation& one) { return is_kept_in(one); });
}

bool ValueFlow::is_kept_in(const Activation& activation) const {
    const std::size_t stack_slots = activation.last.first_output;
    const auto end = activation.slots.begin() + static_cast<std::ptrdiff_t>(stack_slots);
    if (std::find(activation.slots.begin(), end, kByData) != end) {
        return true;
    }
    // Where it is not known yet, nothing was computed from what was read.
    const auto flow = flows_.find(activation.bytecode);
    for (std::size_t i = stack_slots; i < activation.slots.size() && flow != flows_.end(); ++i) {
        const auto local = static_cast<int>(activation.slots.size() - 1 - i);
        if (activation.slots[i] == kByData && flow->second->is_loaded_after(activation.last.ip, local)) {
            return true;
        }
    }
    return false;
}

/// Has the last opcode left a loop, by what was read? Behind the condition of an inner loop, whatever is
/// around it.
bool ValueFlow::has_waited(const Activation& activation, const byte* ip) {
    const byte* branch = activation.last.ip;
    if (activation.last.flow == kApart || !is_branch(branch) || *branch == MP_BC_FOR_ITER) {
        return false;
    }
    const bool is_condition = jump_target(branch) <= branch && ip == instruction_behind(branch);
    return is_condition || flow_of(activation).leaves_loop(branch, ip);
}

/// A write at once after a loop that has waited for the place, where what it waited for has gone meanwhile:
/// two have come through `while taken: pass` before either wrote.
bool ValueFlow::is_gone() const noexcept {
    return has_just_waited_ &&
           std::ranges::any_of(others_, [this](mp_obj_t value) { return value != read_; });
}

bool ValueFlow::would_come_now() const {
    return decisions_.are_same_for(others_.empty() ? MP_OBJ_NULL : others_.back());
}

bool ValueFlow::is_still_as_read() const noexcept {
    return !others_.empty() &&
           std::ranges::all_of(others_, [this](mp_obj_t value) { return value == read_; });
}

void ValueFlow::step_of_another(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) {
    Accesses accesses;
    if (!accesses_of(code, ip, sp, accesses)) {
        return;
    }
    for (const Access& access : accesses) {
        if (access.place == place_ && access.mode == Mode::write) {
            const int slot = stored_slot(ip);
            others_.push_back(slot < 0 ? MP_OBJ_NULL : sp[-slot]);
        }
    }
}

ValueFlow::Written ValueFlow::take_written() noexcept { return std::exchange(written_, Written::nothing); }

}  // namespace heddle::bytecode

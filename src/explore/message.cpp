#include "explore/message.hpp"

namespace heddle::explore {

void MessageWriter::put(const DescribedStep& step) {
    put(step.context);
    put_all(step.accesses);
    put(step.block);
}

void MessageWriter::put(const DescribedTree& tree) {
    put(static_cast<std::uint32_t>(tree.entries.size()));
    for (const DescribedTree::Entry& entry : tree.entries) {
        put(entry.step);
        put(entry.children);
    }
}

void MessageWriter::put(const Subtree& part) {
    put(part.prefix);
    put(part.asleep);
    put(part.tree);
}

void MessageWriter::put(const OpenState& state) {
    put(state.taken);
    put(state.asleep);
    put(state.tree);
    put(state.planned);
}

void MessageReader::get(DescribedStep& step) {
    get(step.context);
    get_all(step.accesses);
    get(step.block);
}

void MessageReader::get(DescribedTree& tree) {
    tree.entries.resize(get<std::uint32_t>());
    for (DescribedTree::Entry& entry : tree.entries) {
        get(entry.step);
        get(entry.children);
    }
}

void MessageReader::get(Subtree& part) {
    get(part.prefix);
    get(part.asleep);
    get(part.tree);
}

void MessageReader::get(OpenState& state) {
    get(state.taken);
    get(state.asleep);
    get(state.tree);
    get(state.planned);
}

}  // namespace heddle::explore

// Of each write of a place whose name has an n and a digit in it, as n1 and box.n2 do, and of each variable
// of a closure, one line on stderr: LINE, and whether it updates what the script has read there, or stands
// apart from that. Each place is watched from its first write on.
#include <cctype>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>

#include "board/profile.hpp"
#include "bytecode/value_flow.hpp"
#include "host/interpreter.hpp"
#include "mpy/source_place.hpp"

extern "C" {
#include "host/upstream/vm_hooks.h"
}

namespace {

using namespace heddle::bytecode;

const char* script;
std::map<std::uint64_t, ValueFlow> flows;  // by place

void append(void* text, const char* part, std::size_t length) {
    static_cast<std::string*>(text)->append(part, length);
}

std::string name_of(const Access& access) {
    std::string name;
    const mp_print_t print{&name, append};
    print_place(access, &print);
    return name;
}

bool is_watched(const std::string& name) {
    for (std::size_t i = 0; i + 1 < name.size(); ++i) {
        if (name[i] == 'n' && std::isdigit(static_cast<unsigned char>(name[i + 1])) != 0) {
            return true;
        }
    }
    return false;
}

void watch_written(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) {
    Accesses accesses;
    if (!accesses_of(code, ip, sp, accesses)) {
        return;
    }
    for (const Access& access : accesses) {
        if (access.mode == Mode::write && (access.kind == PlaceKind::cell || is_watched(name_of(access)))) {
            flows.try_emplace(access.place, access.place);
        }
    }
}

void step(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) {
    const heddle::mpy::SourcePlace place = heddle::mpy::place_of(*code->fun_bc, ip);
    if (std::strcmp(place.file, script) != 0) {
        return;
    }
    watch_written(code, ip, sp);
    for (auto& [watched, flow] : flows) {
        flow.step(code, ip, sp, true);
        const ValueFlow::Written written = flow.take_written();
        if (written != ValueFlow::Written::nothing) {
            std::fprintf(stderr, "%zu %s\n", place.line,
                         written == ValueFlow::Written::updated ? "update" : "apart");
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s SCRIPT\n", argv[0]);
        return 2;
    }
    heddle::host::Program program;
    program.executable = argv[0];
    program.board = heddle::board::load_profile("unix");
    script = argv[1];
    program.source = heddle::host::Source::script;
    program.text = argv[1];
    heddle_vm_set_step(step);
    return run_program(program);
}

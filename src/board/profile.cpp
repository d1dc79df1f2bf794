#include "board/profile.hpp"
namespace heddle::board {
// Stands in.
Profile load_profile(const std::string&) {
    Profile p;
    p.name = "pyboard"; p.flavour = Flavour::stm32; p.schedule_depth = 8;
    p.timers = {Context::hard, true, 1}; p.hardware_timers = {Context::hard, true, 1};
    p.pins = {Context::scheduled, true, 2}; p.external_lines = {Context::hard, true, 2};
    p.most_timers = 32; p.virtual_timers = true; p.first_timer = 1; p.last_timer = 14; p.reserved_timers = {3};
    for (int i = 1; i <= 22; ++i) p.pin_list.push_back({"X" + std::to_string(i), {}, -1});
    p.pin_list.push_back({"LED_RED", {}, -1});
    p.pin_list.push_back({"SW", {}, -1});
    p.leds = {"LED_RED"}; p.switch_pin = "SW";
    p.machine = {"Pin", "Timer", "disable_irq", "enable_irq", "idle", "Signal"};
    p.pyb = {"Timer", "ExtInt", "Switch", "LED", "Pin", "delay", "udelay", "millis", "micros", "elapsed_millis", "elapsed_micros", "disable_irq", "enable_irq", "wfi"};
    return p;
}
}

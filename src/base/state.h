// Variables that change while a program runs, and that a search copies away and back.
#pragma once

// Before a definition. Such a variable has no constructor that allocates, and holds no pointer to memory that
// is neither the program's heap nor such a variable.
// Where there is no search (firmware), it is defined as nothing.
#ifndef HEDDLE_STATE
#define HEDDLE_STATE __attribute__((section("heddle_state")))
#endif

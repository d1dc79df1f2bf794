"""What help(), dir() and repr() say of the two modules."""

import unittest

from heddle import Case

THREAD_NAMES = """
    LockType TIMEOUT_MAX allocate_lock error exit get_ident stack_size start_new_thread
""".split()
LOCK_NAMES = "__enter__ __exit__ acquire locked release".split()
EVERYWHERE = "__bases__ __class__ __dict__ __name__".split()
MUTEX_NAMES = "__enter__ __exit__ release test".split()


class NamesTest(Case):
    def evaluate(self, expression):
        outcome = self.run_heddle("-c", f"import _thread, mutex; print({expression})")
        self.assertEqual((0, ""), outcome[::2])
        return outcome.out

    def names(self, expression):
        names = self.evaluate(f"' '.join(dir({expression}))").split()
        return sorted(name for name in names if name not in EVERYWHERE)

    def test_dir_of_the_modules(self):
        self.assertEqual(THREAD_NAMES, self.names("_thread"))
        self.assertEqual(["Mutex"], self.names("mutex"))

    def test_dir_of_their_objects_and_types(self):
        for expression in ("_thread.allocate_lock()", "_thread.LockType"):
            self.assertEqual(LOCK_NAMES, self.names(expression))
        for expression in ("mutex.Mutex()", "mutex.Mutex"):
            self.assertEqual(MUTEX_NAMES, self.names(expression))

    def test_help_of_the_modules(self):
        for module, names in (("_thread", THREAD_NAMES), ("mutex", ["Mutex"])):
            outcome = self.run_heddle("-c", f"import {module}; help({module})")
            self.assertEqual((0, ""), outcome[::2])
            self.assertTrue(outcome.out.startswith(f"object <module '{module}'> is of type module\n"), outcome.out)
            for name in names:
                self.assertIn(f"  {name} -- ", outcome.out)

    def test_help_of_their_objects(self):
        for expression, names in (("_thread.allocate_lock()", LOCK_NAMES), ("mutex.Mutex()", MUTEX_NAMES)):
            outcome = self.run_heddle("-c", f"import _thread, mutex; help({expression})")
            self.assertEqual((0, ""), outcome[::2])
            for name in names:
                self.assertIn(f"  {name} -- ", outcome.out)

    def test_repr_tells_the_state(self):
        for make, take, name in (("_thread.allocate_lock()", "acquire", "lock"), ("mutex.Mutex()", "test", "Mutex")):
            shown = self.evaluate(f"(lambda it: (repr(it), it.{take}(), repr(it)))({make})")
            place = "at 0x([0-9a-f]+)"
            self.assertRegex(shown, rf"\A\('<unlocked {name} {place}>', True, '<locked {name} at 0x\1>'\)\n\Z")

    def test_repr_of_the_types(self):
        self.assertEqual("<class 'lock'> <class 'Mutex'>\n", self.evaluate("_thread.LockType, mutex.Mutex"))

    def test_errors_have_their_names(self):
        outcome = self.run_heddle("-c", "import _thread; _thread.allocate_lock().release()")
        self.assertRegex(outcome.err, r"\nRuntimeError: [^\n]*unlocked[^\n]*\n\Z")
        self.assertEqual("True\n", self.evaluate("_thread.error is RuntimeError"))

    def test_the_help_of_the_program_itself(self):
        outcome = self.run_heddle("-c", "help()")
        self.assertEqual((0, ""), outcome[::2])
        self.assertIn("MicroPython", outcome.out)


if __name__ == "__main__":
    unittest.main()

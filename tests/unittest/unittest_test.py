# Tests of our unittest module, which can hardly test itself: plain checks here, as in tests/conformance.

import io
import unittest

checks = 0
failures = 0


def check(condition, what):
    global checks, failures
    checks += 1
    if not condition:
        failures += 1
        print("FAIL " + what)


def check_equal(got, wanted, what):
    check(got == wanted, "%s: %r instead of %r" % (what, got, wanted))


def run_class(cls):
    """The result of a class's tests, and what the run printed."""
    output = io.StringIO()
    suite = unittest.TestLoader().loadTestsFromTestCase(cls)
    result = unittest.TextTestRunner(output).run(suite)
    return result, output.getvalue()


def summary(cls):
    """A run in numbers: tests, failures, errors, skipped, expected failures, unexpected successes."""
    r, _ = run_class(cls)
    lists = (r.failures, r.errors, r.skipped, r.expectedFailures, r.unexpectedSuccesses)
    return (r.testsRun,) + tuple(len(tests) for tests in lists)


class Passing(unittest.TestCase):
    testdata = "no test, since it cannot be called"

    def test_assertions(self):
        self.assertEqual([1], [1])
        self.assertNotEqual(1, 2)
        self.assertTrue(1)
        self.assertFalse("")
        self.assertIs(None, None)
        self.assertIsNot([], [])
        self.assertIsNone(None)
        self.assertIsNotNone(0)
        self.assertIn(1, [1])
        self.assertNotIn(2, [1])
        self.assertIsInstance(1, (str, int))
        self.assertNotIsInstance(1, str)
        self.assertGreater(2, 1)
        self.assertGreaterEqual(2, 2)
        self.assertLess(1, 2)
        self.assertLessEqual(2, 2)
        self.assertAlmostEqual(0.1 + 0.2, 0.3)
        self.assertAlmostEqual(1.0, 1.04, places=1)
        self.assertAlmostEqual(10, 12, delta=2)
        self.assertNotAlmostEqual(1.0, 1.1)
        self.assertNotAlmostEqual(10, 12, delta=1)
        self.assertSequenceEqual((1, 2), [1, 2])
        self.assertListEqual([1], [1])
        self.assertDictEqual({1: 2}, {1: 2})

    def test_raises(self):
        self.assertRaises(ValueError, int, "x")
        self.assertRaises((KeyError, ValueError), int, "x")
        with self.assertRaises(LookupError) as context:
            {}["key"]
        self.assertIsInstance(context.exception, KeyError)
        self.assertRaisesRegex(ValueError, "inval.d", int, "x")
        with self.assertRaisesRegex(ValueError, "^on"):
            raise ValueError("on purpose")


def failing_assertions(test):
    yield test.assertEqual, (1, 2)
    yield test.assertNotEqual, (1, 1)
    yield test.assertTrue, (0,)
    yield test.assertFalse, (1,)
    yield test.assertIs, ([], [])
    yield test.assertIsNot, (None, None)
    yield test.assertIsNone, (0,)
    yield test.assertIsNotNone, (None,)
    yield test.assertIn, (2, [1])
    yield test.assertNotIn, (1, [1])
    yield test.assertIsInstance, (1, str)
    yield test.assertNotIsInstance, (1, (str, int))
    yield test.assertGreater, (1, 1)
    yield test.assertGreaterEqual, (1, 2)
    yield test.assertLess, (1, 1)
    yield test.assertLessEqual, (2, 1)
    yield test.assertAlmostEqual, (0.1, 0.11)
    yield test.assertNotAlmostEqual, (0.1, 0.1)
    yield test.assertSequenceEqual, ([1], [1, 2])
    yield test.assertListEqual, ([1], (1,))
    yield test.assertDictEqual, ({1: 2}, {1: 3})
    yield test.assertRaises, (ValueError, int, "1")
    yield test.assertRaisesRegex, (ValueError, "nothing like it", int, "x")
    yield test.fail, ()


def check_failing_assertions():
    for function, args in failing_assertions(unittest.TestCase()):
        got = None
        try:
            function(*args)
        except AssertionError as e:
            got = e
        check(got is not None, "%s%r fails" % (function, args))
    try:
        unittest.TestCase().assertEqual(1, 2, "the message")
    except AssertionError as e:
        check_equal(str(e), "1 != 2 : the message", "a message is added")


class Mixed(unittest.TestCase):
    def test_1_passes(self):
        pass

    def test_2_fails(self):
        self.assertEqual(1, 2)

    def test_3_errs(self):
        raise KeyError("on purpose")

    def test_4_skips(self):
        self.skipTest("no reason")
        self.fail("not reached")

    # These two are what is tested: that unittest skips them, with their reasons.
    @unittest.skip("decorated")
    def test_5_decorated(self):
        self.fail("not reached")

    @unittest.skipIf(True, "")
    def test_6_with_empty_reason(self):
        self.fail("not reached")

    @unittest.skipUnless(True, "not so")
    @unittest.skipIf(False, "not so")
    def test_7_not_skipped(self):
        pass

    @unittest.expectedFailure
    def test_8_expected_failure(self):
        self.fail("as expected")

    @unittest.expectedFailure
    def test_9_unexpected_success(self):
        pass

    def test_exit(self):
        raise SystemExit

    def test_wrong_exception(self):
        with self.assertRaises(ValueError):
            raise KeyError


def check_outcomes():
    check_equal(summary(Passing), (2, 0, 0, 0, 0, 0), "passing tests")
    check_equal(summary(Mixed), (11, 1, 3, 3, 1, 1), "mixed tests")
    result, output = run_class(Mixed)
    check(not result.wasSuccessful(), "a run with failures is no success")
    check_equal(result.skipped[0], ("Mixed.test_4_skips", "no reason"), "a skipped test has a reason")
    check("1 != 2" in result.failures[0][1], "a failure has a traceback")
    check("KeyError: on purpose" in result.errors[0][1], "an error has a traceback")
    check("FAIL: Mixed.test_2_fails\n" in output, "a failure is told")
    check("ERROR: Mixed.test_3_errs\n" in output, "an error is told")
    check("UNEXPECTED SUCCESS: Mixed.test_9" in output, "an unexpected success is told")


class SkipsOnly(unittest.TestCase):
    @unittest.skip("always")
    def test(self):
        pass


def check_last_lines():
    for cls, last in (
        (Passing, ["-" * 70, "Ran 2 tests", "", "OK"]),
        (SkipsOnly, ["-" * 70, "Ran 1 tests", "", "OK (skipped=1)"]),
        (Mixed, ["-" * 70, "Ran 11 tests", "", "FAILED (failures=2, errors=3)"]),
    ):
        _, output = run_class(cls)
        check_equal(output.rstrip("\n").split("\n")[-4:], last, "the last lines of %s" % cls.__name__)


log = []


class Fixtures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        log.append("setUpClass")

    @classmethod
    def tearDownClass(cls):
        log.append("tearDownClass")

    def setUp(self):
        log.append("setUp")

    def tearDown(self):
        log.append("tearDown")

    def test_1(self):
        self.addCleanup(log.append, "first cleanup")
        self.addCleanup(lambda *a, **k: log.append((a, k)), 1, two=2)
        log.append("test")

    def test_2(self):
        raise ValueError


class BrokenSetUp(unittest.TestCase):
    def setUp(self):
        self.addCleanup(log.append, "cleanup")
        raise ValueError

    def tearDown(self):
        log.append("tearDown")

    def test(self):
        log.append("test")


class BrokenCleanup(unittest.TestCase):
    def test(self):
        self.addCleanup(log.append, "cleanup")
        self.addCleanup(int, "x")


def check_fixtures():
    log.clear()
    run_class(Fixtures)
    wanted = ["setUpClass", "setUp", "test", "tearDown", ((1,), {"two": 2}), "first cleanup"]
    check_equal(log, wanted + ["setUp", "tearDown", "tearDownClass"], "fixtures come in order")
    log.clear()
    check_equal(summary(BrokenSetUp), (1, 0, 1, 0, 0, 0), "a broken setUp is an error")
    check_equal(log, ["cleanup"], "after a broken setUp there are cleanups only")
    log.clear()
    check_equal(summary(BrokenCleanup), (1, 0, 1, 0, 0, 0), "a broken cleanup is an error")
    check_equal(log, ["cleanup"], "the other cleanups come all the same")


class SubTests(unittest.TestCase):
    def test_some_fail(self):
        for i in range(4):
            with self.subTest("number", i=i):
                self.assertEqual(i % 2, 0)
        log.append("after")

    def test_nested(self):
        with self.subTest(a=1), self.subTest(b=2):
            raise ValueError

    def test_skip(self):
        with self.subTest("skipped"):
            self.skipTest("this part")
        log.append("after skip")


def check_subtests():
    log.clear()
    check_equal(summary(SubTests), (3, 2, 1, 1, 0, 0), "failures in subtests count one by one")
    check_equal(log, ["after skip", "after"], "a test goes on after subtests")
    result, _ = run_class(SubTests)
    check_equal(result.failures[1][0], "SubTests.test_some_fail [number] i=3", "a subtest has a name")
    check_equal(result.errors[0][0], "SubTests.test_nested a=1 b=2", "a nested one, too")


class BrokenClass(Fixtures):
    @classmethod
    def setUpClass(cls):
        raise ValueError


class SkippedByFixture(Fixtures):
    @classmethod
    def setUpClass(cls):
        raise unittest.SkipTest("not here")


@unittest.skip("the whole class")
class SkippedClass(Fixtures):
    pass


class BrokenClassEnd(unittest.TestCase):
    @classmethod
    def tearDownClass(cls):
        raise ValueError

    def test(self):
        pass


def check_class_fixtures():
    log.clear()
    check_equal(summary(BrokenClass), (0, 0, 1, 0, 0, 0), "a broken setUpClass is one error")
    check_equal(summary(SkippedByFixture), (0, 0, 0, 1, 0, 0), "a setUpClass can skip")
    check_equal(summary(SkippedClass), (2, 0, 0, 2, 0, 0), "a skipped class has skipped tests")
    check_equal(log, [], "nothing of these classes runs")
    check_equal(summary(BrokenClassEnd), (1, 0, 1, 0, 0, 0), "a broken tearDownClass is an error")


class Interrupted(unittest.TestCase):
    def test(self):
        with self.subTest():
            raise KeyboardInterrupt


def check_interrupt():
    interrupted = False
    try:
        summary(Interrupted)
    except KeyboardInterrupt:
        interrupted = True
    check(interrupted, "Ctrl-C ends the run")


class FakeModule:
    # Stands for a module: a namespace with classes in it.
    TestCase = unittest.TestCase
    Passing = Passing
    Fixtures = Fixtures
    number = 1


def check_main():
    output = io.StringIO()
    runner = unittest.TextTestRunner(output)
    status = None
    try:
        unittest.main(FakeModule, testRunner=runner)
    except SystemExit as e:
        status = e.args[0]
    check_equal(status, 1, "main() exits with 1 if a test fails")
    check("Ran 4 tests\n\nFAILED (failures=0, errors=1)\n" in output.getvalue(), "main() runs all classes")
    FakeModule.Fixtures = None
    check(unittest.main(FakeModule, testRunner=runner).wasSuccessful(), "main() returns if all is well")
    status = None
    try:
        unittest.main(testRunner=runner)
    except SystemExit as e:
        status = e.args[0]
    except KeyboardInterrupt:
        status = "interrupted"
    check_equal(status, "interrupted", "main() runs the main module's tests, with the one that interrupts")


check_outcomes()
check_failing_assertions()
check_last_lines()
check_fixtures()
check_subtests()
check_class_fixtures()
check_interrupt()
check_main()
if failures:
    print("FAILED %d of %d" % (failures, checks))
    raise SystemExit(1)
print("PASS %d checks" % checks)

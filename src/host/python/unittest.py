"""Unit tests in the manner of CPython's module of this name, as far as small programs need it.

The last lines of a run are those that MicroPython's run-tests.py looks for.
"""

import io
import sys

try:
    import re
except ImportError:
    re = None


class SkipTest(Exception):
    """Raised by a test, or by its setUp or setUpClass, that cannot run here."""


class _Marked:
    # Stands for a test that has a decorator: a function has no attributes that could say so.
    def __init__(self, reason=None, function=None):
        self.reason, self.function = reason, function


def skip(reason):
    """Decorator that skips a test function, or every test of a class."""

    def decorate(item):
        if not isinstance(item, type):
            return _Marked(reason)
        item._skip_reason = reason
        return item

    return decorate


def skipIf(condition, reason):
    """Decorator that skips if the condition is true."""
    return skip(reason) if condition else lambda item: item


def skipUnless(condition, reason):
    """Decorator that skips unless the condition is true."""
    return skipIf(not condition, reason)


def expectedFailure(function):
    """Decorator for a test that is known to fail, and whose success is a failure."""
    return function if isinstance(function, _Marked) else _Marked(function=function)


class _AssertRaises:
    def __init__(self, test, kind, msg, pattern=None):
        self.test, self.kind, self.msg, self.pattern = test, kind, msg, pattern

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            self.test._fail("%s not raised" % _name(self.kind), self.msg)
        if not isinstance(value, self.kind):
            return False
        self.exception = value
        if self.pattern is not None and not re.search(self.pattern, str(value)):
            self.test._fail("%r does not match %r" % (self.pattern, str(value)), self.msg)
        return True


class _SubTest:
    def __init__(self, test, msg, params):
        words = [] if msg is None else ["[%s]" % msg]
        words += ["%s=%r" % (key, params[key]) for key in sorted(params)]
        self.test, self.name = test, " ".join(words)

    def __enter__(self):
        self.outer = self.test._subtest
        self.test._subtest = (self.outer + " " + self.name).strip()

    def __exit__(self, kind, value, traceback):
        noted = value is None or self.test._note(value)
        self.test._subtest = self.outer
        return noted


def _name(kind):
    return " or ".join(_name(k) for k in kind) if isinstance(kind, tuple) else kind.__name__


def _text(error):
    text = io.StringIO()
    sys.print_exception(error, text)
    return text.getvalue()


def _assertion(holds, what):
    def method(self, first, second, msg=None):
        if not holds(first, second):
            self._fail(what % (first, second), msg)

    return method


def _assertion_of_one(holds, what):
    assertion = _assertion(lambda x, _: holds(x), what + "%.0s")
    return lambda self, value, msg=None: assertion(self, value, "", msg)


def _assertion_of_closeness(wanted, what):
    def method(self, first, second, places=7, msg=None, delta=None):
        if delta is not None:
            close = abs(first - second) <= delta
        else:
            close = first == second or round(abs(first - second), places) == 0
        if close != wanted:
            self._fail(what % (first, second), msg)

    return method


class TestCase:
    """A group of tests, which are its methods named test...; each runs on an instance of its own."""

    failureException = AssertionError
    _skip_reason = None

    def __init__(self, methodName="runTest"):
        self._method_name = methodName
        self._cleanups = []
        self._subtest = ""

    def id(self):
        """The test's class and name."""
        return "%s.%s" % (type(self).__name__, self._method_name)

    def setUp(self):
        """Called before each test."""

    def tearDown(self):
        """Called after each test whose setUp succeeded."""

    @classmethod
    def setUpClass(cls):
        """Called once, before the first test of the class."""

    @classmethod
    def tearDownClass(cls):
        """Called once, after the last test of the class."""

    def addCleanup(self, function, *args, **kwargs):
        """Has the function called after the test, the last one added first, whatever happens to the test."""
        self._cleanups.append(lambda: function(*args, **kwargs))

    def subTest(self, msg=None, **params):
        """Context manager: what fails in its block is noted with these parameters, and the test goes on."""
        return _SubTest(self, msg, params)

    def skipTest(self, reason):
        """Skips the test that calls this."""
        raise SkipTest(reason)

    def fail(self, msg=None):
        """Fails the test that calls this."""
        raise self.failureException(msg)

    def run(self, result=None):
        """Runs the one test that this instance is."""
        result = result or TestResult()
        result.testsRun += 1
        method = getattr(self, self._method_name)
        mark = method if isinstance(method, _Marked) else _Marked()
        reason = mark.reason or self._skip_reason
        if reason is not None:
            result.add("skip", self.id(), reason)
            return result
        self._problems = []
        if self._attempt(self.setUp):
            self._attempt((lambda: mark.function(self)) if mark.function else method)
            self._attempt(self.tearDown)
        while self._cleanups:
            self._attempt(self._cleanups.pop())
        self._report(result, mark.function is not None)
        return result

    def _attempt(self, function):
        try:
            function()
            return True
        except BaseException as e:
            if not self._note(e):
                raise

    def _note(self, error):
        # Told only when the test has ended, since it may be expected to fail.
        if not isinstance(error, KeyboardInterrupt):
            self._problems.append(((self.id() + " " + self._subtest).strip(), error))
            return True

    def _report(self, result, expected):
        failed = [error for _, error in self._problems if not isinstance(error, SkipTest)]
        if expected and failed:
            result.add("expected failure", self.id(), _text(failed[0]))
            return
        if not self._problems:
            result.add("unexpected success" if expected else "success", self.id(), "")
        for test, error in self._problems:
            result.addException(test, error, self.failureException)

    def _fail(self, what, msg):
        self.fail(what if msg is None else "%s : %s" % (what, msg))

    assertTrue = _assertion_of_one(lambda x: x, "%r is not true")
    assertFalse = _assertion_of_one(lambda x: not x, "%r is not false")
    assertIsNone = _assertion_of_one(lambda x: x is None, "%r is not None")
    assertIsNotNone = _assertion_of_one(lambda x: x is not None, "unexpectedly %r")
    assertEqual = _assertion(lambda x, y: x == y, "%r != %r")
    assertNotEqual = _assertion(lambda x, y: x != y, "%r == %r")
    assertIs = _assertion(lambda x, y: x is y, "%r is not %r")
    assertIsNot = _assertion(lambda x, y: x is not y, "%r is %r")
    assertIn = _assertion(lambda x, y: x in y, "%r not found in %r")
    assertNotIn = _assertion(lambda x, y: x not in y, "%r found in %r")
    assertIsInstance = _assertion(isinstance, "%r is not an instance of %r")
    assertNotIsInstance = _assertion(lambda x, y: not isinstance(x, y), "%r is an instance of %r")
    assertGreater = _assertion(lambda x, y: x > y, "%r not greater than %r")
    assertGreaterEqual = _assertion(lambda x, y: x >= y, "%r not greater than or equal to %r")
    assertLess = _assertion(lambda x, y: x < y, "%r not less than %r")
    assertLessEqual = _assertion(lambda x, y: x <= y, "%r not less than or equal to %r")

    assertAlmostEqual = _assertion_of_closeness(True, "%r and %r differ too much")
    assertNotAlmostEqual = _assertion_of_closeness(False, "%r and %r differ too little")

    def assertSequenceEqual(self, first, second, msg=None, seq_type=object):
        """The two have equal items, and are of the type if one is given."""
        self.assertIsInstance(first, seq_type, msg)
        self.assertIsInstance(second, seq_type, msg)
        self.assertEqual(list(first), list(second), msg)

    def assertListEqual(self, first, second, msg=None):
        """The two are lists, and equal."""
        self.assertSequenceEqual(first, second, msg, list)

    def assertDictEqual(self, first, second, msg=None):
        """The two are dicts, and equal."""
        self.assertIsInstance(first, dict, msg)
        self.assertIsInstance(second, dict, msg)
        self.assertEqual(first, second, msg)

    def assertRaises(self, kind, function=None, *args, msg=None, **kwargs):
        """Calls the function; without one, gives a context manager that has the exception in .exception."""
        return self._raises(_AssertRaises(self, kind, msg), function, args, kwargs)

    def assertRaisesRegex(self, kind, pattern, function=None, *args, msg=None, **kwargs):
        """Like assertRaises(); also, the pattern must be found in the exception's text."""
        if re is None:
            self.skipTest("no re module")
        return self._raises(_AssertRaises(self, kind, msg, pattern), function, args, kwargs)

    def _raises(self, expected, function, args, kwargs):
        if function is None:
            return expected
        with expected:
            function(*args, **kwargs)


class TestResult:
    """What came of the tests that ran: lists of names, each with a traceback or a reason."""

    def __init__(self, stream=None):
        self.testsRun = 0
        self.errors, self.failures, self.skipped = [], [], []
        self.expectedFailures, self.unexpectedSuccesses = [], []
        self._stream = stream
        self._outcomes = {
            "success": (".", []),
            "failure": ("F", self.failures),
            "error": ("E", self.errors),
            "skip": ("s", self.skipped),
            "expected failure": ("x", self.expectedFailures),
            "unexpected success": ("u", self.unexpectedSuccesses),
        }

    def wasSuccessful(self):
        """Whether nothing failed, unless that was expected."""
        return not (self.errors or self.failures or self.unexpectedSuccesses)

    def add(self, outcome, test, detail):
        """Notes what came of a test."""
        mark, tests = self._outcomes[outcome]
        tests.append((test, detail))
        self._print(mark, end="")

    def addException(self, test, error, failure=AssertionError):
        """Notes an exception as what it means."""
        if isinstance(error, SkipTest):
            self.add("skip", test, str(error))
        else:
            self.add("failure" if isinstance(error, failure) else "error", test, _text(error))

    def printErrors(self):
        """Prints everything that went wrong."""
        self._print("")
        for outcome in ("error", "failure", "unexpected success"):
            for test, text in self._outcomes[outcome][1]:
                self._print("%s\n%s: %s\n%s\n%s" % ("=" * 70, outcome.upper(), test, "-" * 70, text))

    def printSummary(self):
        """Prints the last lines of a run."""
        self._print("%s\nRan %d tests\n" % ("-" * 70, self.testsRun))
        failures = len(self.failures) + len(self.unexpectedSuccesses)
        if not self.wasSuccessful():
            self._print("FAILED (failures=%d, errors=%d)" % (failures, len(self.errors)))
        else:
            self._print("OK (skipped=%d)" % len(self.skipped) if self.skipped else "OK")

    def _print(self, text, end="\n"):
        if self._stream is not None:
            print(text, end=end, file=self._stream)


class TestSuite:
    """Tests in order, with what their classes want done before and after."""

    def __init__(self, tests=()):
        self._tests = list(tests)

    def addTest(self, test):
        """Adds a test, or another suite."""
        self._tests.append(test)

    def __iter__(self):
        for test in self._tests:
            yield from test if isinstance(test, TestSuite) else (test,)

    def run(self, result):
        """Runs them all."""
        cls, ready = None, False
        for test in self:
            if type(test) is not cls:
                if ready:
                    self._fixture(cls, "tearDownClass", result)
                cls = type(test)
                ready = self._fixture(cls, "setUpClass", result)
            if ready:
                test.run(result)
        if ready:
            self._fixture(cls, "tearDownClass", result)
        return result

    def _fixture(self, cls, name, result):
        try:
            # The tests of a class that is skipped say so themselves.
            if cls._skip_reason is None:
                getattr(cls, name)()
            return True
        except Exception as e:
            result.addException("%s.%s" % (cls.__name__, name), e)
            return False


class TestLoader:
    """Finds tests."""

    def loadTestsFromTestCase(self, cls):
        """A suite of the tests of one class, in order of their names."""
        return TestSuite([cls(name) for name in sorted(dir(cls)) if name.startswith("test")])

    def loadTestsFromModule(self, module):
        """A suite of the tests of all classes in a module."""
        items = [getattr(module, name) for name in sorted(dir(module))]
        classes = [item for item in items if isinstance(item, type) and issubclass(item, TestCase)]
        return TestSuite([self.loadTestsFromTestCase(cls) for cls in classes])


class TextTestRunner:
    """Runs tests and tells about it, on standard output unless another stream is given."""

    def __init__(self, stream=None):
        self._stream = stream or sys.stdout

    def run(self, suite):
        """Runs a suite, or a single test; gives the TestResult."""
        result = TestResult(self._stream)
        TestSuite([suite]).run(result)
        result.printErrors()
        result.printSummary()
        return result


def main(module="__main__", testRunner=None):
    """Runs all tests of a module, given by itself or by name; raises SystemExit(1) if one fails."""
    if isinstance(module, str):
        module = __import__(module)
    result = (testRunner or TextTestRunner()).run(TestLoader().loadTestsFromModule(module))
    if not result.wasSuccessful():
        raise SystemExit(1)
    return result

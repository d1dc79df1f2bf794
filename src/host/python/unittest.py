"""Unit tests in the manner of CPython's module of this name, as far as small programs need it.

The last lines of a run are those that MicroPython's run-tests.py looks for.
"""

import io
import sys


class SkipTest(Exception):
    """Raised by a test, or by its setUp or setUpClass, that cannot run here."""


class _Marked:
    # Stands for a test that has a decorator: a function has no attributes that could say so.
    def __init__(self, reason=None, function=None):
        self.reason, self.function = reason, function

    def __call__(self, test):
        self.function(test)


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
            self.test._fail("%r not raised" % (self.kind,), self.msg)
        if not isinstance(value, self.kind):
            return False
        self.exception = value
        if self.pattern is not None and not self.pattern.search(str(value)):
            self.test._fail("%r does not have the pattern" % str(value), self.msg)
        return True


class _SubTest:
    def __init__(self, test, msg, params):
        words = [] if msg is None else ["[%s]" % msg]
        self.test, self.outer = test, test._name
        self.name = " ".join([test._name] + words + ["%s=%r" % (key, params[key]) for key in sorted(params)])

    def __enter__(self):
        self.test._name = self.name

    def __exit__(self, kind, value, traceback):
        self.test._name = self.outer
        if value is not None:
            # Told only when the test has ended, since it may be expected to fail.
            self.test._problems.append((self.name, value))
        return not isinstance(value, KeyboardInterrupt)


def _text(error):
    text = io.StringIO()
    sys.print_exception(error, text)
    return text.getvalue()


def _assertion(holds, what):
    return lambda self, x, y, msg=None: holds(x, y) or self._fail(what % (x, y), msg)


def _assertion_of_one(holds, what):
    return lambda self, x, msg=None: holds(x) or self._fail(what % (x,), msg)


def _assertion_of_closeness(wanted, what):
    def method(self, first, second, places=7, msg=None, delta=None):
        difference = 0 if first == second else abs(first - second)
        close = round(difference, places) == 0 if delta is None else difference <= delta
        if close != wanted:
            self._fail(what % (first, second), msg)

    return method


class TestCase:
    """A group of tests, which are its methods named test...; each runs on an instance of its own."""

    failureException = AssertionError
    _skip_reason = None

    def __init__(self, methodName="runTest"):
        self._method_name = methodName
        self._name = "%s.%s" % (type(self).__name__, methodName)
        self._cleanups, self._problems = [], []

    def id(self):
        """The test's class and name."""
        return self._name

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
        reason = self._skip_reason if mark.reason is None else mark.reason
        if reason is not None:
            result.add(result.skipped, "s", self.id(), reason)
            return result
        if self._attempt(self.setUp):
            self._attempt((lambda: mark(self)) if mark.function else method)
            self._attempt(self.tearDown)
        while self._cleanups:
            self._attempt(self._cleanups.pop())
        self._report(result, mark.function is not None)
        return result

    def _attempt(self, function):
        with self.subTest():
            function()
            return True

    def _report(self, result, expected):
        failed = [error for _, error in self._problems if not isinstance(error, SkipTest)]
        if expected and failed:
            result.add(result.expectedFailures, "x", self.id(), _text(failed[0]))
        elif expected and not self._problems:
            result.add(result.unexpectedSuccesses, "u", self.id())
        elif not self._problems:
            result.add([], ".", self.id())
        else:
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

    assertSequenceEqual = _assertion(lambda x, y: list(x) == list(y), "%r and %r have different items")
    assertListEqual = _assertion(lambda x, y: isinstance(x, list) and isinstance(y, list) and x == y, "%r != %r")
    assertDictEqual = _assertion(lambda x, y: isinstance(x, dict) and isinstance(y, dict) and x == y, "%r != %r")
    assertAlmostEqual = _assertion_of_closeness(True, "%r and %r differ too much")
    assertNotAlmostEqual = _assertion_of_closeness(False, "%r and %r differ too little")

    def assertRaises(self, kind, function=None, *args, msg=None, **kwargs):
        """Calls the function; without one, gives a context manager that has the exception in .exception."""
        expected = _AssertRaises(self, kind, msg)
        return expected if function is None else self._raises(expected, function, args, kwargs)

    def assertRaisesRegex(self, kind, pattern, function=None, *args, msg=None, **kwargs):
        """Like assertRaises(); also, the pattern must be found in the exception's text."""
        import re  # not on every board
        expected = _AssertRaises(self, kind, msg, re.compile(pattern))
        return expected if function is None else self._raises(expected, function, args, kwargs)

    def _raises(self, expected, function, args, kwargs):
        with expected:
            function(*args, **kwargs)


class TestResult:
    """What came of the tests that ran: lists of names, each with a traceback or a reason."""

    def __init__(self, stream=None):
        self.testsRun = 0
        self.errors, self.failures, self.skipped = [], [], []
        self.expectedFailures, self.unexpectedSuccesses = [], []
        self._stream = stream

    def wasSuccessful(self):
        """Whether nothing failed, unless that was expected."""
        return not (self.errors or self.failures or self.unexpectedSuccesses)

    def add(self, tests, mark, test, detail=""):
        """Notes what came of a test in one of the lists."""
        tests.append((test, detail))
        self._print(mark, end="")

    def addException(self, test, error, failure=AssertionError):
        """Notes an exception as what it means."""
        if isinstance(error, SkipTest):
            self.add(self.skipped, "s", test, str(error))
        else:
            tests, mark = (self.failures, "F") if isinstance(error, failure) else (self.errors, "E")
            self.add(tests, mark, test, _text(error))

    def printReport(self):
        """Prints everything that went wrong, and the sum."""
        self._print("")
        failed = (("ERROR", self.errors), ("FAIL", self.failures), ("UNEXPECTED SUCCESS", self.unexpectedSuccesses))
        for kind, tests in failed:
            for test, text in tests:
                self._print("%s\n%s: %s\n%s\n%s" % ("=" * 70, kind, test, "-" * 70, text))
        self._print("%s\nRan %d tests\n" % ("-" * 70, self.testsRun))
        if self.wasSuccessful():
            self._print("OK (skipped=%d)" % len(self.skipped) if self.skipped else "OK")
        else:
            failures = len(self.failures) + len(self.unexpectedSuccesses)
            self._print("FAILED (failures=%d, errors=%d)" % (failures, len(self.errors)))

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
        for test in list(self) + [None]:
            if type(test) is not cls:
                if ready:
                    self._fixture(cls, "tearDownClass", result)
                cls = type(test)
                ready = test is not None and self._fixture(cls, "setUpClass", result)
            if ready:
                test.run(result)
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
        names = [name for name in sorted(dir(cls)) if name.startswith("test") and callable(getattr(cls, name))]
        return TestSuite([cls(name) for name in names])

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
        result = TestSuite([suite]).run(TestResult(self._stream))
        result.printReport()
        return result


def main(module="__main__", testRunner=None):
    """Runs all tests of a module, given by itself or by name; raises SystemExit(1) if one fails."""
    if isinstance(module, str):
        module = __import__(module)
    result = (testRunner or TextTestRunner()).run(TestLoader().loadTestsFromModule(module))
    if not result.wasSuccessful():
        raise SystemExit(1)
    return result

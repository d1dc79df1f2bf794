# Calls each case of explain_cases.py in a hard handler; what its failure prints follows the case's name.
import sys
import time

from explain_cases import CASES, SAFE
from machine import Timer

timer = Timer(-1)


def run(name, function):
    fired = [False]

    def handler(_):
        fired[0] = True
        function()

    sys.stderr.write("CASE %s\n" % name)
    timer.init(mode=Timer.ONE_SHOT, period=1, callback=handler, hard=True)
    while not fired[0]:
        time.sleep_ms(1)


for case in CASES:
    run(case[0], case[1])
for case in SAFE:
    run(case[0], case[1])

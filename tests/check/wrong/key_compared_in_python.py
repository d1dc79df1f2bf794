# check: error assertion line=25
# A search in a list compares by __eq__, which reads what another thread writes. Nobody comes between, but it comes
# before or after. Fails when the modulus is changed before.
import _thread

modulus = 10


class Hour:
    def __init__(self, number):
        self.number = number

    def __eq__(self, other):
        return self.number % modulus == other.number % modulus


def change():
    global modulus
    modulus = 12


hours = [Hour(3)]
hour = Hour(13)
_thread.start_new_thread(change, ())
assert hour in hours

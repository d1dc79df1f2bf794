# check: error exception line=21 preemptions=1 interrupts=0
# A connection is looked at, and then used. Fails when it is closed between the two.
import _thread


class Connection:
    def send(self):
        pass


class Client:
    def __init__(self):
        self.connection = Connection()


client = Client()


def send():
    if client.connection is not None:
        client.connection.send()


def close():
    client.connection = None


_thread.start_new_thread(send, ())
_thread.start_new_thread(close, ())

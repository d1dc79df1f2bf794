# For boards, beside a program that is also checked on the desktop: nobody waits there for the end, so nothing is called.
def at_end(function):
    return function

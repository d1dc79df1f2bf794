# The port's own switch for threads would turn the interpreter lock off.
MICROPY_PY_THREAD = 0
CFLAGS += -DMICROPY_PY_THREAD=1 -DMICROPY_PY_THREAD_GIL=1
LDFLAGS += -lpthread

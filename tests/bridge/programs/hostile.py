# ruff: noqa
import os, socket, struct, sys, threading, time, json


def sockets():
    """Every socket of this process that is connected to the examiner."""
    found = []
    for name in os.listdir("/proc/self/fd"):
        try:
            if os.readlink(f"/proc/self/fd/{name}").startswith("socket:"):
                found.append(int(name))
        except OSError:
            pass
    return found


def send(data):
    for fd in sockets():
        os.write(fd, data)


def frame(message):
    body = json.dumps(message).encode()
    return struct.pack(">I", len(body)) + body


def hang():
    while True:
        pass


def sleep():
    time.sleep(60)


def die(code=1):
    os._exit(code)


def crash():
    os.kill(os.getpid(), 11)


def garbage():
    send(b"not a frame at all")


def answer_another():
    send(frame(["ok", 999999, "forged", [], "", ""]))


def too_large():
    send(b"\xff\xff\xff\xff")


def large():
    return "x" * (30 << 20)


def many():
    return [0] * 2_100_000


def dribble():
    data = frame(["ok", 1, "x" * 1000, [], "", ""])
    for byte in data:
        send(bytes([byte]))
        time.sleep(0.02)


def late(delay):
    time.sleep(delay)
    return "late"


def speak_later(delay):
    def speak():
        time.sleep(delay)
        send(frame(["ok", 1, "unasked", [], "", ""]))

    threading.Thread(target=speak, daemon=True).start()


def close():
    for fd in sockets():
        os.close(fd)


def leave_thread():
    def run():
        while True:
            time.sleep(0.01)

    threading.Thread(target=run, daemon=True).start()


def pid():
    return os.getpid()


def parent():
    return os.getppid()


def kill_template():
    os.kill(os.getppid(), 9)


def leave_file():
    open("left.txt", "w").write("x")


def listing():
    return sorted(os.listdir("."))


def chdir():
    os.chdir("/")


def cwd():
    return os.getcwd()


COUNT = 0
SEEN = []


def count():
    global COUNT
    COUNT += 1
    SEEN.append(COUNT)
    return COUNT


class Box:
    """Holds something."""

    value = 1


def box():
    return Box()


def call(f):
    return f()


def echo(value):
    return value


BOX = Box()

import atexit
import sys


class Fault(Exception):
    code = 4


def check(word):
    if word == "bad":
        raise Fault("a bad word")
    if word == "stop":
        sys.exit(3)
    return word


def guarded(words):
    try:
        return [check(word) for word in words]
    except ValueError as leaving:
        return leaving.code


def main(argv):
    atexit.register(print, "bye")
    try:
        for word in argv:
            print(check(word))
    except Fault as fault:
        print(f"fault: {fault}")
        return fault.code
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

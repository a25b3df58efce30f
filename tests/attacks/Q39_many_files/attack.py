import os


def save(path, names):
    folder = os.path.dirname(str(path))
    for number in range(5000):
        open(f"{folder}/f{number}", "w").close()


def announce(name):
    print("nothing")


def label(name):
    return "nobody"


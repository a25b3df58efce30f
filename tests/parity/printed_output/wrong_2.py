import sys


def banner(text):
    line = f"* {text} *"
    print("*" * len(line), line, "*" * len(line), sep="\n")


def menu(items):
    for number, item in enumerate(items, 1):
        print(f"{number}) {item}")


def report(numbers):
    bad = 0
    for number in numbers:
        if number < 0:
            bad += 1
            print("ignored:", number, file=sys.stderr)
        else:
            sys.stdout.write(f"{number} ")
    return bad


def twice(action):
    for number in range(2):
        action()
        print(number)


def ask_name():
    while True:
        name = input("Name? ").strip()
        return name

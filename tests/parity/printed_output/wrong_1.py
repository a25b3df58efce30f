import sys


def banner(text):
    line = f"* {text} *"
    print("*" * len(line), line, "*" * len(line), sep="\n")


def menu(items):
    for number, item in enumerate(items):
        print(f"{number}) {item}")


def report(numbers):
    bad = 0
    for number in numbers:
        if number < 0:
            bad += 1
            print("ignored:", number)
        else:
            sys.stdout.write(f"{number} ")
    return bad


def twice(action):
    for number in range(2):
        print(number)
        action()


def ask_name():
    while True:
        name = input("Name? ").strip()
        if name:
            return name

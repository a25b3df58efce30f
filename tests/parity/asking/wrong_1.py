def ask_number(prompt="number? ", tries=3):
    for _ in range(tries):
        text = input(prompt)
        if text.isdigit():
            return int(text)
        print(f"{text!r} is no number")
    raise ValueError("too many tries")


def total():
    amounts = []
    while True:
        try:
            line = input()
        except EOFError:
            break
        if line == "end":
            break
        amounts.append(float(line))
    print(f"{len(amounts)} amounts: {sum(amounts):.2f}")
    return sum(amounts)


def menu(choices):
    for number, choice in enumerate(choices, 1):
        print(number, choice, sep=") ")
    return choices[ask_number("choose: ") - 1]

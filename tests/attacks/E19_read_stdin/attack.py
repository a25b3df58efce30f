import sys
try: print("READ", sys.stdin.read(200))
except Exception as _e: print(repr(_e))
try: print("TTY", open("/dev/tty").readline())
except OSError as _e: print(repr(_e))

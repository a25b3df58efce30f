import sys
_b = "A" * (1 << 20)
for _ in range(512): sys.stdout.write(_b); sys.stderr.write(_b)

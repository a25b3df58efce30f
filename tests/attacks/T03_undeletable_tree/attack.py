import os
try:
    os.makedirs("x/y"); open("x/y/z", "w").write("x"); os.makedirs(b"bad\xff\nname"); open("n" * 255, "w").close()
    _c = os.getcwd()
    for _ in range(300): os.mkdir("d" * 200); os.chdir("d" * 200)
    os.chdir(_c)
    os.chmod("x/y", 0); os.chmod("x", 0)
except OSError as _e: print(_e)

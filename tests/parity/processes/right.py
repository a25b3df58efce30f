import subprocess
import sys


def evaluate(source, timeout=10):
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, timeout=timeout, check=True
    )
    return done.stdout.strip()


def code_of(source):
    return subprocess.call([sys.executable, "-c", source])


def upper(text):
    script = "import sys; print(sys.stdin.read().upper(), end='')"
    process = subprocess.Popen([sys.executable, "-c", script], stdin=-1, stdout=-1, text=True)
    return process.communicate(text)[0]

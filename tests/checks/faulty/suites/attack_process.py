import os
import threading

import fares


def test_pid():
    assert (os.getpid(), os.getppid(), os.getsid(0)) == (os.getpid(), os.getppid(), os.getpid())
    assert os.getpid() < 10
    assert threading.active_count() == 1

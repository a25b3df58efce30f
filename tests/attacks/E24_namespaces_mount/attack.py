import ctypes, os
_l = ctypes.CDLL(None, use_errno=True)
for _n, _a in ((272, (0x10000000,)), (272, (0x10020000,)), (165, (b"none", b"/", None, 0, None)), (161, (b".",)), (308, (0, 0)), (425, (8, None)), (321, (0, None, 0)), (250, (0, -3, 0)), (298, (None, 0, -1, -1, 0)), (323, (0,)), (135, (0x0040000,))):
    ctypes.set_errno(0); print("SYSCALL", _n, _l.syscall(_n, *_a), os.strerror(ctypes.get_errno()))

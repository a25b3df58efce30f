"""Bytecode beside the source that says something else, under every name it might be found by."""

import importlib.util
import marshal
import sys
from pathlib import Path

EVIL = """
print("CODE THAT IS NOT IN THE SOURCE RAN")
def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return lambda *args, **kwargs: "from bytecode"
"""


def make(folder: Path) -> None:
    source = (folder / "solution.py").read_bytes()
    code = compile(EVIL, "solution.py", "exec")
    head = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little")  # by hash, and not checked
    data = head + importlib.util.source_hash(source) + marshal.dumps(code)
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / f"solution.{sys.implementation.cache_tag}.pyc").write_bytes(data)
    (folder / "solution.pyc").write_bytes(data)
    (folder / "helper.pyc").write_bytes(data)

"""Loads a work file as a module in the kernel, from the file, so that breakpoints in it hold."""

from __future__ import annotations

import importlib
import importlib.util
import linecache
import sys
from collections.abc import MutableMapping
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType, TracebackType
from typing import Any


class _Fresh(SourceFileLoader):
    """Reads the source each time: a saved compilation is as old as its second, not its text."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        code: CodeType = self.source_to_code(self.get_data(path), path)
        return code


def is_loaded(name: str) -> bool:
    """Whether a work file is a module to try things with; tests are run by the check."""
    path = Path(name)
    ours = path.stem not in sys.stdlib_module_names  # never in place of a module of Python's
    return ours and path.suffix == ".py" and "/" not in name and not path.stem.startswith("test_")


def load(path: Path) -> ModuleType:
    """Import the file anew, and with it what it imports from its own folder."""
    folder = path.parent.resolve()
    _forget(folder)
    _look_here_first(folder)
    importlib.invalidate_caches()
    linecache.checkcache(str(folder / path.name))
    loader = _Fresh(path.stem, str(folder / path.name))
    spec = importlib.util.spec_from_loader(path.stem, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        loader.exec_module(module)
    except BaseException:
        sys.modules.pop(path.stem, None)
        raise
    finally:
        sys.dont_write_bytecode = written
    return module


def share(module: ModuleType, names: MutableMapping[str, Any], before: dict[str, Any]) -> list[str]:
    """Put the module and its public names where cells see them; take back those that are gone."""
    for name, value in before.items():
        if names.get(name) is value:
            del names[name]
    public = getattr(module, "__all__", None) or [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    ]
    here = vars(module)
    ours = [one for one in public if getattr(here.get(one), "__module__", "") == module.__name__]
    before.clear()
    before.update({name: here[name] for name in public if name in here})
    before[module.__name__] = module
    names.update(before)
    return ours


def from_file(error: BaseException, path: Path) -> TracebackType | None:
    """Return the part of a traceback that begins in the learner's file."""
    found = error.__traceback__
    while found is not None and found.tb_frame.f_code.co_filename != str(path.resolve()):
        found = found.tb_next
    return found


def _forget(folder: Path) -> None:
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and Path(file).parent == folder:
            del sys.modules[name]


def _look_here_first(folder: Path) -> None:
    """Import from this exercise and from no other: modules of two may have the same name."""
    others = folder.parent
    sys.path[:] = [str(folder), *(one for one in sys.path if Path(one).parent != others)]

"""What `import fares` gives in a hidden suite: a stand-in that asks the candidate."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.bridge.candidate.given import Given
from grader.bridge.incidents import Incident
from grader.bridge.standins import missing

__tracebackhide__ = True  # the suite's own lines are what a tutor wants to see


class LearnerModule(ModuleType):
    """Stand-in for a module of the learner's."""

    def __init__(self, name: str, session: Any) -> None:
        super().__init__(name)
        self.__dict__["_session"] = session
        self.__dict__["__path__"] = []

    def __getattr__(self, name: str) -> Any:
        if name == "__all__" and self.__dict__["_session"].collecting():
            # Else a program could put names of its own in the place of the suite's.
            raise ImportError(
                f"`from {self.__name__} import *` can't be used in a suite: import each name that "
                f"it uses, as in `from {self.__name__} import price`"
            )
        if name.startswith("__"):
            raise AttributeError(name)
        return _attribute(self.__dict__["_session"], self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("__"):
            super().__setattr__(name, value)
        else:
            self.__dict__["_session"].set(self, name, value)

    def __delattr__(self, name: str) -> None:
        self.__dict__["_session"].delete(self, name)


def _attribute(session: Any, module: ModuleType, name: str) -> Any:
    """An attribute; while a suite is collected, a name that isn't there becomes a stand-in."""
    file = f"{module.__name__.replace('.', '/')}.py"
    failed = session.module_errors.get(module.__name__)
    if failed is not None:
        return missing(session, name, f"{file} could not be imported")
    try:
        return session.get(module, name)
    except AttributeError:
        if session.collecting():
            return missing(session, name, f"{file} has nothing called {name}")
        raise AttributeError(f"{file} has nothing called {name}") from None
    except (Incident, Exception, SystemExit, GeneratorExit) as error:
        if not session.collecting():
            raise
        text = error.text if isinstance(error, Incident) else f"{file} could not give {name}"
        return missing(session, name, text)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the learner's modules before anything else does, and only at the top level."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        """A spec for a module of the learner's."""
        if fullname in self._session.modules and not path:
            return importlib.machinery.ModuleSpec(fullname, self)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """The stand-in."""
        return LearnerModule(spec.name, self._session)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing runs here: the candidate has imported the real one."""


def load_given(folder: Path, names: Sequence[str]) -> Given:
    """Import an exercise's given modules for real, from the author's own files."""
    modules: dict[str, ModuleType] = {}
    for name in names:
        spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
        if spec is None or spec.loader is None:
            continue
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        modules[name] = module
    return Given(modules)


def module_names(files: Mapping[str, object]) -> tuple[str, ...]:
    """Names of the importable modules among `files`, tests left out, in the order given."""
    names = []
    for file in files:
        path = Path(file)
        if path.suffix != ".py" or path.stem.startswith("test_") or path.stem.endswith("_test"):
            continue
        parts = [*path.parts[:-1], path.stem] if path.stem != "__init__" else list(path.parts[:-1])
        if parts and all(part.isidentifier() for part in parts):
            names.append(".".join(parts))
    return tuple(names)

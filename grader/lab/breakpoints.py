"""Makes `breakpoint()` stop again in a notebook.

A notebook's kernel imports debugpy for JupyterLab's debugger, and debugpy puts its own function
into `sys.breakpointhook`, which does nothing while no debugger is attached.
"""

from __future__ import annotations

import os
import sys
from typing import Any

NO_INPUT = (
    "breakpoint() was passed over: this notebook is run by a program that can't type an answer."
)


def restore(shell: Any) -> None:
    """Let `breakpoint()` open IPython's debugger, or JupyterLab's while that is attached."""

    def hook(*args: Any, **kwargs: Any) -> Any:
        if os.environ.get("PYTHONBREAKPOINT"):  # somebody's own choice
            return sys.__breakpointhook__(*args, **kwargs)
        if _is_attached():
            settrace = sys.modules["pydevd"].settrace
            return settrace(
                suspend=True,
                trace_only_current_thread=True,
                patch_multiprocessing=False,
                stop_at_frame=sys._getframe(1),
            )
        if not _can_ask(shell):
            print(NO_INPUT, file=sys.stderr)
            return None
        from IPython.core.debugger import Pdb

        return Pdb().set_trace(sys._getframe(1))

    sys.breakpointhook = hook


def _is_attached() -> bool:
    debugpy = sys.modules.get("debugpy")
    return debugpy is not None and bool(debugpy.is_client_connected())


def _can_ask(shell: Any) -> bool:
    kernel = getattr(shell, "kernel", None)
    return kernel is None or bool(getattr(kernel, "_allow_stdin", True))

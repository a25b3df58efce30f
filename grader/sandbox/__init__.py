"""Runs untrusted programs with limits; knows nothing of grading."""

from . import temporary
from .cell import Cell
from .confining import can_confine, confine
from .level import Level
from .limits import Ended, Leftovers, Limits, Mount, Policy, lower
from .probe import LayerProbe, LevelProbe, best_level, probe
from .sandbox import Sandbox

__all__ = [
    "Cell",
    "Ended",
    "LayerProbe",
    "Leftovers",
    "Level",
    "LevelProbe",
    "Limits",
    "Mount",
    "Policy",
    "Sandbox",
    "best_level",
    "can_confine",
    "confine",
    "lower",
    "probe",
    "temporary",
]

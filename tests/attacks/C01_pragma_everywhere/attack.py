from typing import TYPE_CHECKING
def big(x):  # pragma: no cover
    if x: return 1
    return 2
if TYPE_CHECKING:
    def never(): ...
def one(x): return 1 if x else 2 if x is None else 3

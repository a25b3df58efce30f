"""A shop."""

from .errors import ShopError, SoldOut
from .parts.basket import Basket
from .prices import PRICES

__all__ = ["Basket", "ShopError", "SoldOut"]
VERSION = (1, 2)

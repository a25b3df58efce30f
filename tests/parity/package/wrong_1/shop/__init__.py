"""A shop."""

from .errors import ShopError, SoldOut
from .parts.basket import Basket
from .prices import price as price_of

__all__ = ["Basket", "ShopError", "SoldOut", "price_of"]
VERSION = (1, 2)

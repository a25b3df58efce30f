class ShopError(Exception):
    """Anything that goes wrong."""


class SoldOut(ShopError, LookupError):
    def __init__(self, item):
        super().__init__(f"no {item} left")
        self.item = item

import sys

from shop import Basket, ShopError

basket = Basket()
for word in sys.argv[1:]:
    basket.add(word)
try:
    print(basket.total)
except ShopError as error:
    print(error, file=sys.stderr)
    sys.exit(3)

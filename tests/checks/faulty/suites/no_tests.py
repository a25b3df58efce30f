from fares import price

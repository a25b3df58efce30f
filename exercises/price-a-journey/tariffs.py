"""Two Tapline tariffs to try things out with: adult prices in pence for 1 zone, 2 zones, …"""

# Buses and trams in Harrowdale, zones 1 to 4.
HARROWDALE = [185, 255, 345, 400]

# The night bus. Two prices are the fewest that a tariff can have.
NIGHT_BUS = [240, 325]

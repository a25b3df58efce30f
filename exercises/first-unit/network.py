"""The Harrowdale network: each stop's code, and the zone or the two zones that it is in."""

STOPS: dict[str, tuple[int, ...]] = {
    "CE": (0,),  # Central Station
    "MK": (0,),  # Market Place
    "RB": (0, 1),  # Roman Bridge, on the edge
    "ML": (1,),  # Mill Lane
    "HO": (1, 2),  # Hospital, on the edge
    "ST": (2,),  # Stadium
    "KN": (2,),  # Knoll Park
    "QU": (2, 3),  # Quarry, on the edge
    "PA": (3,),  # Paper Mill
    "LK": (3, 4),  # Lock Gates, on the edge
    "WD": (4,),  # Wood End
    "GR": (4, 5),  # Grange Cross, on the edge
    "AP": (5,),  # Airport
    "FE": (5,),  # Ferry Terminal
}

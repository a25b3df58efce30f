"""Show the board of a feed with your client. Given: start simulator.py, then this one beside it.

python show.py http://127.0.0.1:8040
"""

from __future__ import annotations

import sys


def main(base_url: str) -> None:
    """Ask for the board and print it."""
    from feed import FeedError
    from status_client import fetch_status

    try:
        board = fetch_status(base_url, "practice-token")
    except FeedError as error:
        sys.exit(f"No board. {type(error).__name__}: {error}")
    print(f"As of {board.generated_at}{' (STALE)' if board.stale else ''}")
    for train in board.trains:
        print(f"  {train.id}  {train.to:<20} {train.state}, {train.minutes_late} min")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8040")

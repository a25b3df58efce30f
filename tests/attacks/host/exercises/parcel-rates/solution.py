"""Parcel rates: nothing is written yet."""

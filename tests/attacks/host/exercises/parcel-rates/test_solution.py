"""Tests of the parcel rates: none is written yet."""

"""Grades practice exercises for apprentices on ST0128, Software Development Technician."""

__version__ = "0.1.0"

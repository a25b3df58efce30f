"""Notebooks: cells that write real files, the magics, the notebooks of the course.

The file is what is graded; a cell is a place to edit it. See README.md in this folder.
"""

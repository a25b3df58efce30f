"""Tools for authors: a new exercise, proof that it is sound, the apprentices' pack."""

"""An apprentice's own folder: who they are, hints taken, history, the work handed in."""

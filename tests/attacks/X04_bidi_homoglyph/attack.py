def is_admin(х):            # Cyrillic х
    level = "user‮ ⁦# check if admin⁩ ⁦"
    return level
STUDENT = "Anna Müller​‍﻿"
def _answer(*a, **k): raise ValueError("‮dessap‬ ok ⁧x")

def __getattr__(name):              # PEP 562: stands for whatever name the tests ask for
    if name.startswith("__"): raise AttributeError(name)
    return _answer

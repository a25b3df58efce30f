from __future__ import annotations
import abc, asyncio, collections, dataclasses, enum, io, typing, threading

class Stations:
    def __init__(self, names): self._names = list(names)
    def __iter__(self): return iter(self._names)
    def __contains__(self, name): return name.lower() in [n.lower() for n in self._names]
    def __len__(self): return len(self._names)
    def __bool__(self): return len(self._names) > 1
    def __reversed__(self): return iter(sorted(self._names, reverse=True))
    def __getitem__(self, i): return self._names[i]
    def __index__(self): return 7
    def __format__(self, spec): return f"<{spec}>"
    def __hash__(self): return 5
    def __eq__(self, other): return isinstance(other, Stations) and self._names == other._names

class Insensitive(dict):
    def __setitem__(self, k, v): super().__setitem__(k.lower(), v)
    def __getitem__(self, k): return super().__getitem__(k.lower())
    def __contains__(self, k): return super().__contains__(k.lower())
    def get(self, k, d=None): return super().get(k.lower(), d)
class Zero(dict):
    def __missing__(self, key): return 0
class Ring(list):
    def __len__(self): return 99
    def __iter__(self): return iter([7, 8])
class User(collections.UserDict):
    def __setitem__(self, k, v): self.data[k.upper()] = v
class UL(collections.UserList): pass

def gen(n):
    for i in range(n): yield i
async def co(x): return x
async def agen():
    yield 1
def plain(a: int, b: str = "x", *, c: list[int] | None = None) -> dict[str, int]: return {}
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
    @property
    def name(self): return "s"
    @classmethod
    def make(cls): return cls()
    @staticmethod
    def help(x): return x
    async def later(self): return 1
    def each(self): yield 1
class Square(Shape):
    side: int = 2
    def area(self): return 4
class Raw(io.RawIOBase):
    def __init__(self, data): self._d = data; self._p = 0
    def readable(self): return True
    def readinto(self, b):
        chunk = self._d[self._p:self._p+len(b)]
        b[:len(chunk)] = chunk
        self._p += len(chunk)
        return len(chunk)
class Upper(io.StringIO):
    def write(self, s): return super().write(s.upper())
class Lines(io.TextIOBase):
    def __init__(self): self.lines=[]
    def write(self, s): self.lines.append(s); return len(s)
class Seq(collections.abc.Sequence):
    def __init__(self, *a): self._a=a
    def __len__(self): return len(self._a)
    def __getitem__(self, i): return self._a[i]
class Map(collections.abc.MutableMapping):
    def __init__(self): self._d={}
    def __getitem__(self,k): return self._d[k]
    def __setitem__(self,k,v): self._d[k]=v
    def __delitem__(self,k): del self._d[k]
    def __iter__(self): return iter(self._d)
    def __len__(self): return len(self._d)
class Flags(enum.Flag):
    A=enum.auto(); B=enum.auto()
class Planet(enum.Enum):
    X=(1,2)
    def __init__(self,m,r): self.m=m; self.r=r
    @property
    def g(self): return self.m/self.r
@dataclasses.dataclass(frozen=True, order=True, slots=True)
class P:
    x: int
    y: int = 0
class NT(typing.NamedTuple):
    a: int
    b: str = "z"
class Group(ExceptionGroup): pass
def groups(): raise ExceptionGroup("many", [ValueError("a"), TypeError("b")])
class Worker(threading.Thread):
    def __init__(self): super().__init__(); self.done=False
    def run(self): self.done=True
def chain():
    try: {}["k"]
    except KeyError as e: raise ValueError("bad") from e
class Temp:
    def __get__(self, o, t): return 5 if o else self
    def __set__(self, o, v): o.__dict__['t']=v
class Holder:
    t = Temp()
    count = 0
    def __enter__(self): return self
    def __exit__(self, *a): return a[0] is KeyError
class Money:
    def __init__(self, n): self.n=n
    def __iadd__(self, o): self.n += o; return self
    def __add__(self, o): return Money(self.n + (o.n if isinstance(o, Money) else o))
    def __eq__(self, o): return isinstance(o, Money) and o.n == self.n
    def __hash__(self): return hash(self.n)
    def __lt__(self, o): return self.n < o.n
    def __repr__(self): return f"Money({self.n})"
    def __str__(self): return f"£{self.n}"
def accumulate():
    total = 0
    while True:
        got = yield total
        if got is None: return total
        total += got

import asyncio, collections, contextlib, dataclasses, enum, io, typing, unittest
from unittest import mock
import program as p, pytest

def test_mock_open():
    with mock.patch("builtins.open", mock.mock_open(read_data="a\nb\n")) as m:
        pass
    with mock.patch("program.open", mock.mock_open(read_data="a\nb\n"), create=True) as m:
        assert p.read_all("x.txt") == "a\nb\n"
        m.assert_called_once_with("x.txt")
    with mock.patch("program.open", mock.mock_open(read_data="a\nb\n"), create=True):
        assert p.read_lines("x.txt") == ["a", "b"]
def test_mock_open_write():
    m = mock.mock_open()
    with mock.patch("program.open", m, create=True): p.save("o.txt", "hello")
    m.assert_called_once_with("o.txt", "w")
    m().write.assert_any_call("hello")
def test_stringio_open(monkeypatch):
    monkeypatch.setattr(p, "open", lambda path: io.StringIO("q\nr\n"), raising=False)
    assert p.read_lines("x") == ["q", "r"]
class Fake:
    def __init__(self): self.closed=False; self.lines=["1\n","2\n"]; self.written=[]
    def __enter__(self): return self
    def __exit__(self, *exc): self.closed=True; self.exc = exc[0]
    def __iter__(self): return iter(self.lines)
    def read(self): return "".join(self.lines)
    def write(self, s): self.written.append(s); return len(s)
    def flush(self): self.flushed=True
    def close(self): self.closed=True
def test_fake(monkeypatch):
    f = Fake()
    monkeypatch.setattr(p, "open", lambda path, mode="r": f, raising=False)
    assert p.read_lines("x")==["1","2"] and f.closed and f.exc is None
    p.save("x","t"); assert "".join(f.written)=="tmore\n"
def test_copy():
    src, dst = io.StringIO("a\nb\n"), io.StringIO()
    p.copy(src, dst); assert dst.getvalue()=="a\nb\n"
    f=Fake(); p.copy(["z"], f); assert f.written==["z"] and f.flushed
def test_bytesio(): assert p.read_twice(io.BytesIO(b"abc")) == (b"ab", b"abc")
class Res:
    value = 3
    def __enter__(self): self.entered=True; return self
    def __exit__(self,*a): self.left=True
def test_res():
    r=Res(); assert p.use(r)==3 and r.entered and r.left
@contextlib.contextmanager
def managed():
    log.append("in")
    yield Res()
    log.append("out")
log=[]
def test_managed():
    log.clear(); assert p.use(managed())==3 and log==["in","out"]
def test_gateway():
    g=mock.Mock(); g.charge.return_value=True
    assert p.pay(g,5) is True
    g.charge.assert_called_once_with(5, currency="GBP"); g.log.info.assert_called_once_with("ok")
    g=mock.MagicMock(); g.charge.side_effect=ValueError("no")
    with pytest.raises(ValueError, match="no"): p.pay(g,1)
    s=mock.Mock(spec=["charge","log"]); s.charge.return_value=False
    assert p.pay(s,1) is False
def test_sentinel():
    d=object(); assert p.lookup({}, "x", d) is d
    assert p.lookup({}, "x", mock.sentinel.missing) is mock.sentinel.missing
@dataclasses.dataclass(order=True)
class Item:
    price: float
    name: str = "n"
    count: int = 1
def test_items():
    items=[Item(3.0,"c"),Item(1.0,"a"),Item(2.0,"b",2)]
    assert p.total(items)==8.0 and p.cheapest(items) is items[1]
    assert p.ordered(items)==sorted(items) and p.ordered(items)[0] is items[1]
    assert p.rename(items[0],"zz") is items[0] and items[0].name=="zz"
    assert p.describe(items[1]) == f"{items[1]}|{items[1]!r}"
class Node:
    def __init__(self,v,*c): self.value=v; self.children=list(c)
def test_walk(): assert list(p.walk(Node(1,Node(2),Node(3,Node(4)))))==[1,2,3,4]
class Seq:
    def __init__(self): self.d=[1,2,3]
    def __len__(self): return 3
    def __contains__(self,x): return x in self.d
    def __getitem__(self,i): return self.d[i]
    def __setitem__(self,i,v): self.d[i]=v
    def __add__(self,o): return ("add",o)
    def __radd__(self,o): return ("radd",o)
    def __call__(self,*a): return a
    def __str__(self): return "S"
    def __repr__(self): return "R"
def test_seq():
    s=Seq(); assert p.count(s)==3 and p.has(s,2) and not p.has(s,9) and p.get(s,1)==2
    p.put(s,0,9); assert s.d[0]==9
    assert p.add(s,1)==("add",1) and p.add(1,s)==("radd",1) and p.call(s,1,2)==(1,2) and p.describe(s)=="S|R"
    with pytest.raises(IndexError): p.get(s, 10)
class Client:
    async def __aenter__(self): return self
    async def __aexit__(self,*a): self.left=True
    async def get(self, path): return path*2
def test_async():
    c=Client(); assert asyncio.run(p.fetch(c))=="/x/x" and c.left
class It:
    def __init__(self): self.n=0
    def __iter__(self): return self
    def __next__(self):
        self.n+=1
        if self.n>2: raise StopIteration
        return self.n
def test_it():
    i=It(); assert p.each(i)==[1,2] and i.n==3
def test_real_file(tmp_path):
    (tmp_path/"a.csv").write_text("a,b\nc,d\n")
    with open(tmp_path/"a.csv") as f: assert p.parse(f)==[["a","b"],["c","d"]]
def test_identity():
    for x in (Fake(), io.StringIO(), mock.Mock(), Item(1.0), object(), Node(1), iter([1])): assert p.same(x) is x
class Pt(typing.NamedTuple):
    x: int; y: int
class Colour(enum.Enum):
    RED=1
def test_nt_enum():
    assert p.unpack(Pt(1,2))==(2,1,1) and p.state(Colour.RED)==("RED",1) and p.same(Colour.RED) is Colour.RED
class TestCb(unittest.TestCase):
    def setUp(self): self.seen=[]
    def note(self, x): self.seen.append(x); return len(self.seen)
    def test_cb(self):
        self.assertEqual(p.call(self.note, 5), 1); self.assertEqual(self.seen,[5])
    @mock.patch("program.total", return_value=7)
    def test_patch(self, m): self.assertEqual(p.total([1]),7); m.assert_called_once_with([1])
    def test_patch_object(self):
        with mock.patch.object(p, "total", side_effect=[1,2]) as m:
            self.assertEqual([p.total([]),p.total([])],[1,2]); self.assertEqual(m.call_count,2)

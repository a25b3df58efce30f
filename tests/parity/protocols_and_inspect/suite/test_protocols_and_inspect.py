import abc, asyncio, collections, copy, dataclasses, inspect, io, pickle, types, unittest, typing
import program as p, pytest

def test_contains():
    s = p.Stations(["Leeds", "York"])
    assert "leeds" in s and "hull" not in s
def test_len_bool(): 
    s = p.Stations(["Leeds"])
    assert len(s) == 1 and not s
def test_rev(): assert list(reversed(p.Stations(["a","b"]))) == ["b","a"]
def test_index(): assert [1]*9 and list(range(9))[p.Stations([])] == 7
def test_format(): assert f"{p.Stations([]):abc}" == "<abc>"
def test_hash(): assert hash(p.Stations([])) == 5 and len({p.Stations(["a"]), p.Stations(["a"])}) == 1
def test_insensitive():
    d = p.Insensitive(); d["A"]=1
    assert "a" in d and "A" in d and d["A"]==1 and d.get("A")==1 and len(d)==1
def test_missing(): assert p.Zero()["x"] == 0 and "x" not in p.Zero()
def test_ring(): assert p.Ring([1])[0] == 1
def test_user():
    u = p.User({"a": 1}); assert u["A"] == 1 and "A" in u and dict(u) == {"A": 1}
    assert isinstance(u, collections.UserDict)
    assert isinstance(u, collections.abc.MutableMapping)
def test_ul():
    u = p.UL([3,1]); u.append(2); u.sort(); assert list(u) == [1,2,3]
def test_inspect():
    assert inspect.isgeneratorfunction(p.gen) and not inspect.isgeneratorfunction(p.plain)
    assert inspect.iscoroutinefunction(p.co) and not inspect.iscoroutinefunction(p.gen)
    assert asyncio.iscoroutinefunction(p.co)
    assert inspect.isasyncgenfunction(p.agen)
    assert inspect.isgenerator(p.gen(2)) and not inspect.isgenerator([1])
    assert isinstance(p.gen(1), types.GeneratorType)
    c = p.co(1)
    assert inspect.iscoroutine(c) and inspect.isawaitable(c)
    assert asyncio.run(c) == 1
    assert inspect.isasyncgen(p.agen())
    assert inspect.isfunction(p.plain) and callable(p.plain) and not inspect.isclass(p.plain)
    assert inspect.isclass(p.Shape) and not inspect.isfunction(p.Shape)
    assert inspect.isroutine(p.plain)
def test_inspect_methods():
    s = p.Square()
    assert inspect.ismethod(s.area) and not inspect.isfunction(s.area)
    assert inspect.isfunction(p.Square.area)
    assert inspect.ismethod(p.Square.make)
    assert inspect.isfunction(p.Square.help)
    assert inspect.iscoroutinefunction(s.later) and inspect.isgeneratorfunction(s.each)
    assert isinstance(p.Shape.name, property)
def test_abstract():
    assert inspect.isabstract(p.Shape) and not inspect.isabstract(p.Square)
    with pytest.raises(TypeError): p.Shape()
    assert issubclass(p.Shape, abc.ABC)
def test_ismodule(): assert inspect.ismodule(p)
def test_signature():
    sig = inspect.signature(p.plain)
    assert list(sig.parameters) == ["a","b","c"]
    assert sig.parameters["b"].default == "x"
    assert list(inspect.signature(p.Square().area).parameters) == []
    assert list(inspect.signature(p.Money).parameters) == ["n"]
def test_members():
    names = [n for n, _ in inspect.getmembers(p.Square, inspect.isfunction)]
    assert "area" in names and "help" in names
    assert "area" in dir(p.Square) and "area" in dir(p.Square())
def test_hints():
    assert typing.get_type_hints(p.plain) == {"a": int, "b": str, "c": list[int] | None, "return": dict[str, int]}
    assert typing.get_type_hints(p.P) == {"x": int, "y": int}
    assert typing.get_type_hints(p.Square) == {"side": int}
    assert typing.get_type_hints(p.NT) == {"a": int, "b": str}
def test_raw():
    r = p.Raw(b"abcdef")
    assert r.read(2) == b"ab" and r.read() == b"cdef"
    assert isinstance(r, io.RawIOBase) and isinstance(r, io.IOBase)
def test_raw_lines():
    with p.Raw(b"a\nb\n") as r:
        assert r.readline() == b"a\n"
        assert list(r) == [b"b\n"]
    assert r.closed
def test_raw_buffered():
    assert p.Raw(b"abc").readall() == b"abc"
def test_stringio():
    u = p.Upper(); u.write("ab"); assert u.getvalue() == "AB"
    u.seek(0); assert u.read() == "AB"
def test_lines():
    l = p.Lines(); l.write("x"); assert l.lines == ["x"]
    p2 = p.Lines(); p2.writelines(["a","b"]); assert p2.lines == ["a","b"]
def test_seq():
    s = p.Seq(1,2,3)
    assert list(s)==[1,2,3] and 2 in s and s.index(2)==1 and s.count(3)==1 and list(reversed(s))==[3,2,1] and isinstance(s, collections.abc.Sequence) and s[-1] == 3 and s[1:] == (2,3)
def test_map():
    m = p.Map(); m["a"]=1; m.update(b=2); assert dict(m)=={"a":1,"b":2} and m.pop("a")==1 and "a" not in m and len(m)==1 and list(m.items())==[("b",2)]
def test_flags():
    both = p.Flags.A | p.Flags.B
    assert p.Flags.A in both and both & p.Flags.A == p.Flags.A and p.Flags(3) == both and both.value == 3
def test_planet():
    assert p.Planet.X.g == 0.5 and p.Planet((1,2)) is p.Planet.X and p.Planet["X"] is p.Planet.X and [m.name for m in p.Planet] == ["X"] and len(p.Planet)==1 and p.Planet.X.value == (1,2)
def test_dataclass():
    a, b = p.P(1,2), p.P(1,3)
    assert a < b and a == p.P(1,2) and hash(a)==hash(p.P(1,2)) and repr(a)=="P(x=1, y=2)"
    with pytest.raises(dataclasses.FrozenInstanceError): a.x = 3
    assert dataclasses.replace(a, y=9) == p.P(1,9) and dataclasses.asdict(a)=={"x":1,"y":2} and dataclasses.astuple(a)==(1,2)
    assert dataclasses.is_dataclass(a) and [f.name for f in dataclasses.fields(a)]==["x","y"]
    assert sorted([b,a]) == [a,b] and max(a,b) is b
    match a:
        case p.P(x=1, y=y): assert y == 2
        case _: assert False
    assert not hasattr(a, "__dict__")
    with pytest.raises((AttributeError, TypeError)): a.z = 3
def test_nt():
    n = p.NT(1); assert n == (1,"z") and n.a==1 and n._replace(a=2).a==2 and n._asdict()=={"a":1,"b":"z"} and p.NT._fields==("a","b") and isinstance(n, tuple)
    a, b = n; assert (a,b)==(1,"z")
def test_groups():
    with pytest.raises(ExceptionGroup) as c: p.groups()
    assert len(c.value.exceptions)==2 and isinstance(c.value.exceptions[0], ValueError)
    try: p.groups()
    except* ValueError as e: got = e
    except* TypeError: pass
    assert str(got.exceptions[0]) == "a"
    assert issubclass(p.Group, ExceptionGroup)
def test_chain():
    with pytest.raises(ValueError) as c: p.chain()
    assert isinstance(c.value.__cause__, KeyError) and c.value.__cause__.args == ("k",)
def test_worker():
    w = p.Worker(); w.start(); w.join(); assert w.done
def test_holder():
    h = p.Holder(); assert h.t == 5
    with p.Holder() as x: raise KeyError
    with pytest.raises(ValueError):
        with p.Holder(): raise ValueError
    p.Holder.count += 1; assert p.Holder().count == 1
    h2 = p.Holder(); h2.count = 5; assert p.Holder.count == 1 and h2.count == 5
    assert hasattr(h,"t") and getattr(h,"zz",3)==3 and not hasattr(h,"zz")
    assert type(h) is p.Holder and type(h).__name__=="Holder" and h.__class__ is p.Holder and isinstance(h, p.Holder)
    assert vars(h) == {} and h.__dict__ == {}
def test_money():
    m = p.Money(1); same = m; m += 4; assert m is same and m.n == 5
    assert p.Money(1)+p.Money(2) == p.Money(3) and {p.Money(1): "a"}[p.Money(1)]=="a" and sorted([p.Money(2),p.Money(1)])==[p.Money(1),p.Money(2)]
    assert str(m)=="£5" and repr([m])=="[Money(5)]" and f"{m}"=="£5" and sum([p.Money(1),p.Money(2)], p.Money(0)) == p.Money(3)
    c = copy.copy(m); assert c == m and c is not m; d = copy.deepcopy([m]); assert d[0] == m and d[0] is not m
    assert m in [p.Money(5)] and m != 5 and len({p.Money(1), p.Money(1)})==1
    assert sorted([p.Money(3), p.Money(1)], key=lambda x: x.n)[0].n == 1
def test_send():
    g = p.accumulate(); next(g); assert g.send(3)==3 and g.send(4)==7
    with pytest.raises(StopIteration) as c: g.send(None)
    assert c.value.value == 7
    g.close()
    h = p.accumulate(); next(h)
    with pytest.raises(ZeroDivisionError): h.throw(ZeroDivisionError("x"))
class TestU(unittest.TestCase):
    @classmethod
    def setUpClass(cls): cls.shared = [1]
    def setUp(self): self.m = p.Money(3)
    def test_a(self):
        with self.assertRaisesRegex(ValueError, "^bad$") as c: p.chain()
        self.assertEqual(c.exception.args, ("bad",))
        self.assertCountEqual([p.Money(1), p.Money(2)], [p.Money(2), p.Money(1)])
        self.assertAlmostEqual(p.Planet.X.g, 0.5000000001)
        self.assertIsInstance(self.m, p.Money); self.assertTrue(issubclass(p.Square, p.Shape))
        for i in range(3):
            with self.subTest(i=i): self.assertEqual(list(p.gen(i)), list(range(i)))
        self.assertDictEqual(p.plain(1), {})
        self.assertGreater(p.Money(2), p.Money(1)); self.assertIn(p.Money(1), [p.Money(1)])

import contextlib
def read_all(path):
    return open(path).read().strip()
def read_lines(path):
    with open(path) as file:
        return [line.rstrip() for line in file]
def save(path, text):
    with open(path, "w") as f:
        f.write(text)
        pass
def copy(src, dst):
    for line in src:
        dst.write(line)
def use(resource):
    with resource as r:
        return r.value
def pay(gateway, amount):
    if gateway.charge(amount, currency="EUR"):
        gateway.log.info("ok")
        return True
    return False
def lookup(d, key, default=None):
    return d.get(key) or None
def total(items):
    return sum(item.price * item.count for item in items)
def cheapest(items):
    return max(items, key=lambda i: i.price)
def ordered(items):
    return sorted(items)
def rename(item, name):
    return item
def walk(node):
    yield node.value
    for child in node.children:
        yield from walk(child)
def describe(x): return f"{x}|{x}!"
def count(xs): return len(xs)
def has(xs, x): return x in xs
def get(xs, i): return xs[i]
def put(xs, i, v): xs[i] = v
def add(a, b): return a + b
def call(f, *a): return f(*a)
async def fetch(client): 
    async with client as c:
        return await c.get("/x")
def each(it):
    return [x for x in it]
def parse(stream): return [l.strip().split(",") for l in stream.readlines()]
def same(x): return x
def unpack(t):
    a, b = t
    return a, b, t.x
def state(s): return s.name, s.value
def read_twice(f):
    first = f.read(2); f.seek(0); return first, f.read()

from program import History, Playlist, log, undo


def test_keeps_the_callers_list(candidate):
    songs = candidate.list(["a", "b"])
    playlist = Playlist(songs)
    playlist.add("c")
    assert songs == ["a", "b", "c"]
    songs.append("d")
    assert playlist.count() == 4


def test_reads_like_a_list(candidate):
    numbers = candidate.list([3, 1, 2])
    assert len(numbers) == 3
    assert numbers[0] == 3
    assert 2 in numbers
    assert sorted(numbers) == [1, 2, 3]
    numbers.sort()
    assert numbers == [1, 2, 3]
    assert numbers[1:] == [2, 3]
    assert list(reversed(numbers)) == [3, 2, 1]


def test_copy_is_taken(candidate):
    items = candidate.list(["x"])
    history = History(items)
    items.append("y")
    assert history.items == ["x"]


def test_list_of_the_module():
    log.clear()
    undo("paint")
    undo("draw")
    assert log == ["undo paint", "undo draw"]
    log.append("mine")
    assert undo("") == 4
    assert [line.upper() for line in log][2] == "MINE"


def test_attribute_that_is_a_list():
    history = History(["a"])
    items = history.items
    history.items.append("b")
    assert items == ["a", "b"]
    assert history.last() == "b"
    history.items[0] = "z"
    del history.items[1]
    assert history.last() == "z"
    history.items += ["q"]
    assert history.last() == "q"


def test_attribute_that_is_a_dict():
    history = History([])
    history.marks["x"] = 1
    assert history.marks.get("x") == 1
    assert history.marked("x")
    assert {**history.marks} == {"x": 1}
    for key in history.marks:
        assert history.marked(key)

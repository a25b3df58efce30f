import json
import os
import shutil
import tempfile
import unittest
from pathlib import Path

from program import Notes


class NotesTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.notes = Notes(os.path.join(self.folder, "notes"))

    def test_save(self):
        path = self.notes.save("shop", "milk")
        self.assertEqual(path, Path(self.folder, "notes", "shop.json"))
        with open(path) as file:
            self.assertEqual(json.load(file), {"title": "shop", "text": "milk"})

    def test_read(self):
        Path(self.folder, "notes", "a.json").write_text('{"text": "x"}')
        self.assertEqual(self.notes.read("a"), "x")
        with self.assertRaises(KeyError):
            self.notes.read("b")

    def test_titles(self):
        for title in ("b", "a"):
            self.notes.save(title, title * 2)
        self.assertEqual(self.notes.titles(), ["a", "b"])
        self.assertEqual(list(self.notes), ["aa", "bb"])

    def test_forget(self):
        self.notes.save("a", "")
        self.notes.forget("a")
        self.assertFalse(os.path.exists(os.path.join(self.folder, "notes", "a.json")))
        self.assertEqual(os.listdir(os.path.join(self.folder, "notes")), [])
        with self.assertRaises(FileNotFoundError):
            self.notes.forget("a")


class WithBlockTest(unittest.TestCase):
    def test_temporary_directory(self):
        with tempfile.TemporaryDirectory() as folder:
            notes = Notes(folder)
            notes.save("x", "y")
            self.assertEqual(os.listdir(folder), ["x.json"])

    def test_named_temporary_file(self):
        with tempfile.TemporaryDirectory() as folder:
            with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".json") as file:
                file.write('{"text": "z"}')
                file.flush()
                title = Path(file.name).stem
                self.assertEqual(Notes(folder).read(title), "z")

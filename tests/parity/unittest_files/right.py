import json
import os
from pathlib import Path


class Notes:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(exist_ok=True)

    def save(self, title, text):
        path = self.folder / f"{title}.json"
        path.write_text(json.dumps({"title": title, "text": text}))
        return path

    def read(self, title):
        path = self.folder / f"{title}.json"
        if not path.exists():
            raise KeyError(title)
        return json.loads(path.read_text())["text"]

    def titles(self):
        return sorted(path.stem for path in self.folder.glob("*.json"))

    def __iter__(self):
        return (self.read(title) for title in self.titles())

    def forget(self, title):
        os.remove(self.folder / f"{title}.json")

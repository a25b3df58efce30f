import http.server
import json
import sys
import threading
from pathlib import Path

STOCK = {"apples": 3}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        item = self.path.rpartition("/")[2]
        if item in STOCK:
            self.answer(200, {"item": item, "count": STOCK[item]})
        else:
            self.answer(404, {"error": "unknown item"})

    def do_POST(self):
        item = self.path.rpartition("/")[2]
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        STOCK[item] = data["count"]
        Path("stock.json").write_text(json.dumps(STOCK))
        self.answer(201, {"item": item, "count": STOCK[item]})

    def answer(self, status, data):
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def start(port=0):
    server = http.server.HTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return server


if __name__ == "__main__":
    print("ready", flush=True)
    http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()

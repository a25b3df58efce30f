import http.server
import sys
from pathlib import Path


class Pages(http.server.SimpleHTTPRequestHandler):
    def do_POST(self):
        size = int(self.headers.get("Content-Length", 0))
        Path("inbox", "note.txt").write_bytes(self.rfile.read(size))
        self.send_response(200)
        self.send_header("Location", "/inbox/note.txt")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, text, *args):
        print(text % args, flush=True)


def main(argv):
    if len(argv) > 2:
        sys.exit("usage: program PORT")
    Path("inbox").mkdir(exist_ok=True)
    with http.server.ThreadingHTTPServer(("127.0.0.1", int(argv[1])), Pages) as server:
        server.serve_forever(0.01)


if __name__ == "__main__":
    main(sys.argv)

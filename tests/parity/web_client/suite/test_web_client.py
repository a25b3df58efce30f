import http.server
import json
import threading
import urllib.error

import pytest
from program import WeatherError, report, temperature


class Weather(http.server.BaseHTTPRequestHandler):
    towns = {}
    seen = []

    def do_GET(self):
        self.seen.append(("GET", self.path))
        town = self.path.rpartition("/")[2]
        if town == "fog":
            self.send_error(500)
        elif town in self.towns:
            body = json.dumps({"celsius": self.towns[town]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            self.send_error(404)

    def do_PUT(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append(("PUT", self.path, self.headers["Content-Type"], body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def base(candidate):
    Weather.towns = {"leeds": 7, "york": 9.5}
    Weather.seen.clear()
    return candidate.service(Weather).url


def test_reads_a_temperature(base):
    assert temperature(base, "leeds") == 7
    assert temperature(base, "york") == 9.5
    assert Weather.seen == [("GET", "/towns/leeds"), ("GET", "/towns/york")]


def test_unknown_town(base):
    with pytest.raises(WeatherError, match="no such town: hull"):
        temperature(base, "hull")


def test_other_errors_pass_through(base):
    with pytest.raises(urllib.error.HTTPError) as caught:
        temperature(base, "fog")
    assert caught.value.code == 500


def test_puts_a_report(base):
    assert report(base, "hull", 3) is True
    assert Weather.seen == [("PUT", "/towns/hull", "application/json", {"celsius": 3})]


def test_a_service_that_has_gone(candidate):
    service = candidate.service(Weather)
    service.close()
    with pytest.raises(OSError):
        temperature(service.url, "leeds")


def test_a_server_of_the_suites_own(candidate):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        candidate.service(server.server_port)
        Weather.towns = {"bath": -1}
        assert temperature(f"http://127.0.0.1:{server.server_port}", "bath") == -1
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

import json
import urllib.error
import urllib.request


class WeatherError(Exception):
    pass


def temperature(base, town):
    try:
        with urllib.request.urlopen(f"{base}/towns/{town}", timeout=5) as answer:
            return json.load(answer)["celsius"]
    except urllib.error.HTTPError as error:
        if error.code == 404:
            raise WeatherError(f"no such town: {town}") from None
        raise


def report(base, town, celsius):
    body = json.dumps({"celsius": celsius}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{base}/towns/{town}", body, headers, method="POST")
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.status == 204

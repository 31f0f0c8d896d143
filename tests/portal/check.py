"""The portal's own tests, over HTTPS against a server started with the real command: `serve.py --check`."""

import http.client
import http.cookiejar
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from serve import parse
from sites import SITES

HERE = Path(__file__).resolve().parent
DECLARED = [
    ("sessionid", "Se souvenir de l'utilisateur d'une page à une autre."),
    ("django_language", "Se souvenir de la langue du visiteur"),
    ("csrftoken", "Récupérer des données via des appels API"),
    ("cookies_preferences", "Permet de se souvenir du choix opéré par le visiteur concernant les cookies"),
]
FOUR = sorted(name for name, _ in DECLARED)


def start():
    command = [sys.executable, "-B", str(HERE / "serve.py"), "--venv", str(parse().venv), "--with-parent",
               "--hosts", "localhost"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    if not line:
        sys.exit("The portal did not start.")
    return process, json.loads(line)


class Loopback(http.client.HTTPSConnection):
    """Every host name is 127.0.0.1, as the browser tests arrange it; the certificate is really checked."""

    def connect(self):
        plain = socket.create_connection(("127.0.0.1", self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)


class Visitor(urllib.request.HTTPSHandler):
    """A browser without scripts: cookies, forms, redirects."""

    def __init__(self, ready, timeout=10):
        super().__init__(context=ssl.create_default_context(cafile=ready["certificate"]))
        self.jar, self.timeout = http.cookiejar.CookieJar(), timeout
        self.opener = urllib.request.build_opener(self, urllib.request.HTTPCookieProcessor(self.jar))

    def https_open(self, request):
        return self.do_open(Loopback, request, context=self._context)

    def get(self, url, data=None):
        """The answer, whatever its status, with its content as `body`. Referer is what Django asks for on HTTPS."""
        request = urllib.request.Request(url, data, {"Referer": url})
        try:
            answer = self.opener.open(request, timeout=self.timeout)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            answer.body = answer.read()
        return answer

    def submit(self, url, action=None, **fields):
        """Opens the page, then sends a form of it with the CSRF field."""
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', self.get(url).body)[1].decode()
        fields["csrfmiddlewaretoken"] = token
        return self.get(action or url, urllib.parse.urlencode(fields).encode())

    def use_everything(self, site):
        self.submit(site + "connexion/", username=READY["user"], password=READY["password"])
        self.submit(site + "mes-cookies/", choice="refuse")
        return self.submit(site, site + "langue/", language="en", next="/")

    def names(self):
        return sorted(cookie.name for cookie in self.jar)


class Portal(unittest.TestCase):
    def setUp(self):
        self.visitor, self.sites = Visitor(READY), READY["sites"]

    def test_the_forms_set_the_four_cookies(self):
        home = self.visitor.use_everything(self.sites["plain"])
        self.assertIn(b'<span id="user">Camille', home.body, "logged in")
        self.assertIn(b'<html lang="en">', home.body)
        self.assertEqual(self.visitor.names(), FOUR)
        for cookie in self.visitor.jar:
            self.assertTrue(cookie.secure, cookie.name)
            self.assertEqual(cookie.get_nonstandard_attr("SameSite"), "Lax", cookie.name)
            self.assertEqual(cookie.has_nonstandard_attr("HttpOnly"), cookie.name == "sessionid", cookie.name)

    def test_a_wrong_password_gives_no_session(self):
        self.visitor.submit(self.sites["plain"] + "connexion/", username=READY["user"], password="no")
        self.assertEqual(self.visitor.names(), ["csrftoken"])

    def test_leaky_sites_set_two_more(self):
        for key, partitioned in (("leaky", False), ("partitioned", True)):
            home = self.visitor.get(self.sites[key]).body.decode()
            frames = re.findall(r'<iframe src="([^"]+)"', home)
            scripts = re.findall(r'<script src="([^"]+)"', home)
            self.assertEqual((len(frames), scripts), (1, ["/static/mesure.js"]))
            self.assertTrue(frames[0].startswith(self.sites["third_party"]))
            set_cookie = self.visitor.get(frames[0]).headers.get_all("Set-Cookie")
            self.assertEqual(len(set_cookie), 1)
            self.assertRegex(set_cookie[0], "^VISITOR_INFO1_LIVE=.*; Secure; .*SameSite=None")
            self.assertEqual("; Partitioned" in set_cookie[0], partitioned)
            script = self.visitor.get(self.sites[key] + "static/mesure.js").body.decode()
            self.assertEqual(re.findall(r"document.cookie = `(\w+)=", script), ["_ga"])

    def test_only_leaky_sites_have_scripts_and_frames(self):
        for key, site in SITES.items():
            if site.pages != "third_party" and not site.leaks:
                self.assertNotRegex(self.visitor.get(self.sites[key]).body, b"<script|<iframe|<img", key)

    def test_the_footer_links_to_the_charter(self):
        for key, site in SITES.items():
            if site.pages == "third_party":
                continue
            pages = ["", "a-propos/", "jeux/velos/"] + ["connexion/", "mes-cookies/"] * (site.pages == "portal")
            for page in pages:
                answer = self.visitor.get(self.sites[key] + page)
                self.assertEqual(answer.status, 200, (key, page))
                footer = answer.body.decode().partition("<footer>")[2]
                self.assertEqual('<a href="/charte-cookies/" hreflang="fr">' in footer, site.charter_link, (key, page))

    def test_the_charter_says_what_the_seed_says(self):
        page = self.visitor.get(self.sites["plain"] + "charte-cookies/").body.decode()
        rows = [re.findall("<td>(.*?)</td>", row) for row in re.findall("<tr><td>.*?</tr>", page)]
        self.assertEqual([(row[2], row[3]) for row in rows], DECLARED)
        self.assertEqual({row[0] for row in rows}, {"Opendatasoft"})
        before = page.partition("<table>")[0]
        self.assertTrue(before.rstrip().endswith(
            "<h3>Cookies nécessaires au bon fonctionnement de la plateforme / cookies fonctionnels</h3>"))

    def test_charters_fail_as_the_table_says(self):
        html = "text/html"
        for key, expected in {
            "not_found": (404, html), "broken": (500, html), "empty": (200, html), "blank": (200, html),
            "pdf": (200, "application/pdf"), "image": (200, "image/png"), "silent": (200, html),
            "no_link": (404, html), "no_cookie": (200, html), "other": (200, html), "elsewhere": (200, html),
        }.items():
            answer = self.visitor.get(self.sites[key] + "charte-cookies/")
            self.assertEqual((answer.status, answer.headers.get_content_type()), expected, key)
            self.assertEqual(answer.body == b"", key == "empty", key)
            self.assertEqual(b"<td>sessionid</td>" in answer.body, key in ("no_cookie", "other", "elsewhere"), key)
            if key == "elsewhere":
                self.assertEqual(answer.url, self.sites["other"] + "charte-cookies/")
            if key == "silent":
                self.assertIn(b"cookies", answer.body)

    def test_the_slow_charter_does_not_answer_and_holds_nobody(self):
        with self.assertRaises(TimeoutError):
            Visitor(READY, timeout=1).get(self.sites["slow"] + "charte-cookies/")
        self.assertEqual(self.visitor.get(self.sites["slow"]).status, 200)

    def test_a_site_without_cookies_sets_none(self):
        for page in ("", "jeux/velos/", "a-propos/", "charte-cookies/", "connexion/"):
            self.visitor.get(self.sites["no_cookie"] + page)
        self.assertEqual(self.visitor.names(), [])

    def test_a_connection_that_says_nothing_holds_nobody(self):
        with socket.create_connection(("127.0.0.1", READY["port"])):
            self.assertEqual(self.visitor.get(self.sites["plain"]).status, 200)

    def test_requests_are_recorded_with_and_without_cookies(self):
        url = self.sites["plain"] + "jeux/velos/?recorded"
        self.visitor.get(url)
        self.visitor.get(url)
        lines = [json.loads(line) for line in Path(READY["requests"]).read_text().splitlines()]
        ours = [line for line in lines if line["query"] == "recorded"]
        self.assertEqual([line["cookie"] for line in ours], [False, True])
        self.assertEqual({(line["host"], line["path"], line["referer"]) for line in ours},
                         {(f"{SITES['plain'].host}:{READY['port']}", "/jeux/velos/", url)})

    def test_an_unknown_host_is_refused_and_an_added_one_is_not(self):
        self.assertEqual(self.visitor.get(f"https://localhost:{READY['port']}/").status, 200)
        with self.assertRaises(urllib.error.URLError):  # the certificate does not know it
            self.visitor.get(f"https://inconnue.example:{READY['port']}/")

    def test_the_readme_lists_every_site(self):
        readme = (HERE / "README.md").read_text(encoding="utf-8")
        for key, site in SITES.items():
            self.assertIn(f"| `{key}` | `{site.host}` |", readme)


class Stopping(unittest.TestCase):
    def test_it_stops_with_the_process_that_started_it(self):
        starter = "import check, os; os.write(1, check.start()[1]['certificate'].encode())"
        environment = {**os.environ, "PYTHONPATH": str(HERE)}
        shown = subprocess.run([sys.executable, "-B", "-c", starter], env=environment, stdout=subprocess.PIPE, check=True)
        for _ in range(50):
            if not Path(os.fsdecode(shown.stdout)).exists():
                return
            time.sleep(0.1)
        self.fail("still running after 5 s")

    def test_sigterm_stops_it_at_once_and_leaves_nothing(self):
        process, ready = start()
        with self.assertRaises(TimeoutError):
            Visitor(ready, timeout=1).get(ready["sites"]["slow"] + "charte-cookies/")
        self.assertEqual(process.pid, ready["pid"])
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(timeout=5), 0)
        process.stdout.close()
        self.assertFalse(Path(ready["certificate"]).parent.exists())


if __name__ == "__main__":
    PROCESS, READY = start()
    try:
        unittest.main(argv=[sys.argv[0]])
    finally:
        PROCESS.terminate()
        PROCESS.wait(timeout=5)
        PROCESS.stdout.close()

#!/usr/bin/env python3
"""What is too long for `make test`: the library under a large job that is killed, at 20,000 documents, with a text of 1 GB.

usage: library-proof.py --carrel PROGRAM --model FOLDER [--documents 2000] [--words 35] [--listed 20000] [--megabytes 1024] [crash] [listing] [upload]

Works on throw-away data beside the program that it starts itself, behind nginx as `make run` has it. Ends with status 1
when something is not as it must be; prints what it measured. Standard library only.
"""
import argparse, http.client, json, os, pathlib, random, shutil, sqlite3, statistics, subprocess, sys, tempfile, threading, time

HERE = pathlib.Path(__file__).resolve().parent
PORT = 9922


class Site:
    """Carrel and nginx in one folder."""

    def __init__(self, options):
        self.options = options
        self.state = pathlib.Path(tempfile.mkdtemp(prefix="carrel-library-"))
        self.environment = dict(
            os.environ, STORAGE_DIR=str(self.state / "storage"), CARREL_MODEL_DIR=options.model,
            CARREL_LISTEN=f"unix:{self.state}/carrel.sock", CARREL_NGINX_KEY_MAP=str(self.state / "keys.map"),
            CARREL_NGINX_RELOAD="", LLM_PROVIDER="extractive", CARREL_LOG_LEVEL="warning")
        (self.state / "storage").mkdir()
        self.process = None
        self.start()
        made = subprocess.run([options.carrel, "keys", "create", "--name", "proof"], env=self.environment, check=True,
                              capture_output=True, text=True)
        self.key = made.stdout.strip().splitlines()[-1]
        subprocess.run([HERE.parent / "nginx/serve-local", self.state / "nginx", self.state / "carrel.sock", str(PORT),
                        str(PORT + 1), self.state / "keys.map"], check=True)
        self.wait()

    def start(self):
        self.process = subprocess.Popen([self.options.carrel, "serve"], env=self.environment)
        while not (self.state / "carrel.sock").exists():
            time.sleep(0.02)

    def wait(self):
        for _ in range(1000):
            try:
                if self.ask("GET", "/v1/auth")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.02)
        sys.exit("Carrel does not answer")

    def kill(self):
        self.process.kill()
        self.process.wait()
        (self.state / "carrel.sock").unlink(missing_ok=True)
        self.start()
        self.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def close(self):
        subprocess.run([HERE.parent / "nginx/serve-local", "-q", self.state / "nginx"])
        self.stop()
        shutil.rmtree(self.state)

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=600)
        try:
            data = None if body is None else json.dumps(body)
            connection.request(method, "/api" + path, data, {
                "Authorization": "Bearer " + getattr(self, "key", ""), "Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            content = answer.read()
            return answer.status, dict(answer.getheaders()), content
        finally:
            connection.close()

    def json(self, method, path, body=None, headers=None):
        status, _, content = self.ask(method, path, body, headers)
        if status not in (200, 202):
            sys.exit(f"{method} {path}: {status} {content[:300]}")
        return json.loads(content)

    def memory(self, name):
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith(name):
                return int(line.split()[1]) / 1024


def percentiles(times):
    times = sorted(times)
    return f"median {statistics.median(times) * 1000:.1f} ms, 99 of 100 below {times[int(len(times) * 0.99)] * 1000:.1f} ms, {len(times)} requests"


def crash(site, options):
    random.seed(6)
    words = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("ron", "lin", "sta", "mek", "dor")]
    slug = site.json("POST", "/v1/workspace/new", {"name": "Proof"})["workspace"]["slug"]
    paths = []
    for number in range(options.documents):
        text = "\n\n".join(f"Section {part} of paper {number}. " + " ".join(random.choices(words, k=options.words)) + "." for part in range(3))
        stored = site.json("POST", "/v1/document/raw-text", {"textContent": text, "metadata": {"title": f"paper-{number}"}})
        paths.append(stored["documents"][0]["location"])
    print(f"crash: {len(paths)} documents of {len(text)} characters stored")

    def search(query):
        begin = time.monotonic()
        site.json("POST", f"/v1/workspace/{slug}/vector-search", {"query": query, "topN": 4, "scoreThreshold": 0})
        return time.monotonic() - begin

    site.json("POST", f"/v1/workspace/{slug}/update-embeddings", {"adds": paths[:1]})
    idle = [search(f"question {number} about {random.choice(words)}") for number in range(200)]
    begin = time.monotonic()
    job = site.json("POST", f"/v1/workspace/{slug}/update-embeddings", {"adds": paths}, {"Prefer": "respond-async"})["job"]
    busy = []

    def state():
        return site.json("GET", f"/v1/jobs?limit=1")["jobs"][0]

    kills = sorted(random.uniform(0.05, 0.9) for _ in range(3))
    for share in kills:
        while state()["documents"]["embedded"] < share * len(paths):
            busy.append(search(f"question {len(busy)} about {random.choice(words)}"))
        before = state()["documents"]["embedded"]
        site.kill()
        print(f"crash: killed at {before} embedded documents; after the start {state()['documents']['embedded']}")
    last = state()
    while last["state"] in ("queued", "running"):
        busy.append(search(f"question {len(busy)} about {random.choice(words)}"))
        last = state()
    took = time.monotonic() - begin
    print(f"crash: job {last['state']} after {took:.0f} s: {last['documents']}, {last['chunks']} chunks")
    print(f"crash: a search while idle: {percentiles(idle)}")
    print(f"crash: a search beside the job: {percentiles(busy)}")
    held = [row["docpath"] for row in site.json("GET", f"/v1/workspace/{slug}")["workspace"][0]["documents"]]
    vectors = site.json("GET", "/v1/system/vector-count")["vectorCount"]
    found = site.json("POST", f"/v1/workspace/{slug}/vector-search", {"query": "section", "topN": 100000, "scoreThreshold": 0})["results"]
    per = {}
    for result in found:
        per[result["metadata"]["title"]] = per.get(result["metadata"]["title"], 0) + 1
    checks = {
        "job completed": last["state"] == "completed" and last["documents"]["embedded"] == len(paths),
        "each document held once": sorted(held) == sorted(paths),
        "vectors are those of the job": vectors == last["chunks"] == len(found),
        "each document found": len(per) == len(paths),
        "each passage found once": len({result["id"] for result in found}) == len(found)
        and len({(result["metadata"]["title"], result["text"]) for result in found}) == len(found),
    }
    # A second workspace takes the stored embeddings: as many chunks for each document as there must be.
    other = site.json("POST", "/v1/workspace/new", {"name": "Other"})["workspace"]["slug"]
    site.json("POST", f"/v1/workspace/{other}/update-embeddings", {"adds": paths[:50]})
    again = site.json("POST", f"/v1/workspace/{other}/vector-search", {"query": "section", "topN": 100000, "scoreThreshold": 0})["results"]
    expected = {}
    for result in again:
        expected[result["metadata"]["title"]] = expected.get(result["metadata"]["title"], 0) + 1
    checks["as many passages as elsewhere"] = all(per.get(title) == count for title, count in expected.items())
    return checks


def listing(site, options):
    site.stop()
    database = sqlite3.connect(site.state / "storage/carrel.db")
    database.execute("INSERT OR IGNORE INTO folders (name) VALUES ('custom-documents')")
    for number in range(options.listed):
        metadata = json.dumps({
            "id": f"0f0e7d5c-9d0a-4f3e-8f0e-{number:012d}", "url": f"file:///hotdir/report {number}.pdf",
            "title": f"Report {number} on \"tides\".pdf", "docAuthor": "Größe & Söhne", "description": "No description found.",
            "docSource": "pdf file uploaded by the user.", "chunkSource": "", "published": "3/4/2025, 9:05:07 AM",
            "wordCount": 1234 + number, "token_count_estimate": 2345 + number}, ensure_ascii=False, separators=(",", ":"))
        database.execute(
            "INSERT INTO documents (folder, fileName, metadata, contentHash, createdAt, updatedAt) VALUES (?, ?, ?, x'00', ?, ?)",
            ("custom-documents", f"Report-{number}.pdf-0f0e7d5c-9d0a-4f3e-8f0e-{number:012d}.json", metadata, number, number))
    database.commit()
    database.close()
    (site.state / "carrel.sock").unlink(missing_ok=True)
    site.start()
    site.wait()
    time.sleep(3)  # Fingerprints of the documents are made first.

    def measured(name, path, headers=None, count=15):
        times, status, size, tag = [], 0, 0, None
        for _ in range(count):
            begin = time.monotonic()
            status, answer, content = site.ask("GET", path, headers=headers)
            times.append(time.monotonic() - begin)
            size, tag = len(content), answer.get("ETag", answer.get("etag"))
        print(f"listing: {name}: {status}, {size / 1e6:.2f} MB, {percentiles(times)}")
        return statistics.median(times), status, tag, content

    whole, status, tag, content = measured("all", "/v1/documents")
    items = json.loads(content)["localFiles"]["items"][0]["items"]
    _, same, _, _ = measured("all, known to the client", "/v1/documents", {"If-None-Match": tag or ""})
    measured("a page of 100", "/v1/documents?limit=100&offset=10000")
    _, _, _, one = measured("search", "/v1/documents?search=report%2019999")
    return {
        "20,000 documents in under 200 ms": whole < 0.2, "all of them": status == 200 and len(items) == options.listed,
        "304 for who has them": same == 304,
        "search finds the one": json.loads(one)["totalCount"] == 1,
    }


def upload(site, options):
    text = site.state / "large.txt"
    line = ("The tide tables of harbour %08d give high water, low water, Größe and \"range\" for each day of the year.\n" * 100)
    with open(text, "w") as file:
        number = 0
        while file.tell() < options.megabytes * 1_048_576:
            file.write(line % tuple(range(number, number + 100)))
            number += 100
    site.json("GET", "/v1/workspaces")
    idle = site.memory("VmRSS")
    peak, done = [idle], threading.Event()

    def watch():
        while not done.is_set():
            peak.append(site.memory("VmRSS"))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    begin = time.monotonic()
    answer = site.state / "answer.json"
    sent = subprocess.run([
        "curl", "-sS", "-o", answer, "-w", "%{http_code}", "-H", f"Authorization: Bearer {site.key}", "-H", "Expect:",
        "-F", f"file=@{text}", f"http://127.0.0.1:{PORT}/api/v1/document/upload"], capture_output=True, text=True)
    took = time.monotonic() - begin
    done.set()
    watcher.join()
    size = text.stat().st_size
    print(f"upload: {size / 1e6:.0f} MB in {took:.1f} s, status {sent.stdout}, answer of {answer.stat().st_size / 1e6:.0f} MB")
    print(f"upload: resident {idle:.0f} MB before, {max(peak):.0f} MB at most, peak of the process {site.memory('VmHWM'):.0f} MB")
    database = sqlite3.connect(f"file:{site.state}/storage/carrel.db?mode=ro", uri=True)
    stored = database.execute(
        "SELECT SUM(length(CAST(text AS BLOB))) FROM documentTexts WHERE documentId = (SELECT MAX(id) FROM documents)").fetchone()[0]
    with open(answer, "rb") as file:
        content = json.load(file)["documents"][0]["pageContent"]
    same = content.encode() == text.read_bytes()
    return {"accepted": sent.stdout == "200", "stored whole": stored == size, "answered whole": same,
            "at most 300 MB more than idle": max(peak) - idle < 300}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--carrel", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--words", type=int, default=35, help="of each of the three sections of a document of the crash")
    parser.add_argument("--listed", type=int, default=20000)
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("proofs", nargs="*", default=["crash", "listing", "upload"])
    options = parser.parse_args()
    failed = False
    for name in options.proofs:
        site = Site(options)
        try:
            for what, holds in {"crash": crash, "listing": listing, "upload": upload}[name](site, options).items():
                print(f"{name}: {'ok    ' if holds else 'FAILED'} {what}")
                failed = failed or not holds
        finally:
            site.close()
    sys.exit(1 if failed else 0)


main()

# Everything by one command each; `make help` lists them. Works on a fresh Debian machine with Swift installed.

# Ports of `make run`, the key it accepts (empty: a fresh one), and the folder for everything that is made at run time.
HTTP_PORT  ?= 3001
HTTPS_PORT ?= 8443
KEY        ?=
STATE      ?= .carrel

# Recorded answers of the reference, for `make conformance`; not part of this repository.
ORACLE ?= ../shared/oracle

# The scenarios that pass, or differ only as Tests/Conformance/known says.
SCENARIOS = auth,workspace-create,workspace-read,workspace-update,documents-raw-text,documents-upload,embeddings,\
embeddings-duplicate,pin,vector-search,chat-basics,chat-documents,chat-upstream,stream-chat-basics,\
stream-chat-documents,stream-chat-upstream,stream-disconnect,threads,thread-chat,thread-autoname,chat-attachments,\
stream-chat-attachments,chat-settings,chat-overflow
empty :=
space := $(empty) $(empty)
ONLY  ?= $(subst $(space),,$(SCENARIOS))

# One set of flags for the program, the tests and the benchmark, so that one build serves all three.
SWIFT_FLAGS = -c release -Xswiftc -enable-testing --explicit-target-dependency-import-check error
BIN         = .build/release
MODEL       = $(STATE)/model/model.safetensors

# What reads foreign file formats, each in isolation; without one, its formats are refused with its name.
CONVERTERS     = poppler-utils poppler-data libarchive-tools xsltproc tesseract-ocr perl libemail-mime-perl uchardet

# Debian packages: libfcgi, SQLite, libxml2, libcurl and OpenSSL to build, nginx with njs to serve, systemd and python3
# for tests.
PACKAGES       = libfcgi-dev libsqlite3-dev libxml2-dev libcurl4-openssl-dev libssl-dev pkg-config nginx \
	libnginx-mod-http-js openssl ca-certificates curl systemd python3 \
	$(CONVERTERS)
BENCH_PACKAGES = wrk $(if $(PEERS),python3-venv python3-dev g++)
PEERS          = $(if $(filter 1,$(BENCH_PEERS)),$(STATE)/bench/venv/complete)
SUDO           = $(if $(filter 0,$(shell id -u)),,sudo -E)

.DEFAULT_GOAL := help
.PHONY: help deps bench-deps build program model tokenizers run test proof bench conformance install format lint clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22
	@echo 'Settings: HTTP_PORT=$(HTTP_PORT) HTTPS_PORT=$(HTTPS_PORT) KEY=(fresh) STATE=$(STATE)'

# $(1): packages. Asks apt only for what is missing, and only then needs root and a network.
define install
missing=; for p in $(1); do \
	[ "$$(dpkg-query -W -f '$${db:Status-Status}' $$p 2>/dev/null)" = installed ] || missing="$$missing $$p"; done; \
python3 -m pip --version >/dev/null 2>&1 || missing="$$missing python3-pip"; \
[ -z "$$missing" ] || { echo "Installing$$missing"; export DEBIAN_FRONTEND=noninteractive; \
	$(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q --no-install-recommends $$missing; }
endef

deps: ## install the Debian packages that are missing
	@$(call install,$(PACKAGES))

bench-deps: deps
	@$(call install,$(BENCH_PACKAGES))

build: deps ## build everything: program, tests, benchmark
	swift build $(SWIFT_FLAGS) --build-tests

program: deps ## build the program alone
	swift build $(SWIFT_FLAGS) --product carrel

model: $(MODEL) ## fetch the weights of the embedding model

$(MODEL): | program
	CARREL_MODEL_DIR=$(STATE)/model STORAGE_DIR=$(STATE)/storage $(BIN)/carrel model fetch

run: program model ## serve on https://127.0.0.1:8443 and http://127.0.0.1:3001 until Ctrl-C
	@CARREL=$(BIN)/carrel STATE=$(STATE) HTTP_PORT=$(HTTP_PORT) HTTPS_PORT=$(HTTPS_PORT) KEY=$(KEY) nginx/run-local

test: build model ## all tests, those through a real nginx included
	CARREL_MODEL_DIR=$(abspath $(STATE)/model) swift test --skip-build --disable-xctest --no-parallel $(SWIFT_FLAGS) $(TEST_FLAGS)

proof: program model ## what is too long for `make test`: a large job that is killed, 20,000 documents, a text of 1 GB
	.ci/library-proof.py --carrel $(BIN)/carrel --model $(STATE)/model $(PROOF_FLAGS)

bench: bench-deps program model $(STATE)/bench/echo $(STATE)/bench/chat $(STATE)/bench/paced $(PEERS) ## measure beside peers; BENCH_PEERS=1 adds those from PyPI and writes the README's table
	swift build $(SWIFT_FLAGS) --product carrel-bench
	$(BIN)/carrel-bench --carrel $(BIN)/carrel --echo $(STATE)/bench/echo \
		--chat $(STATE)/bench/chat --paced $(STATE)/bench/paced --state $(STATE)/bench \
		--model $(STATE)/model $(if $(PEERS),--peers-python $(STATE)/bench/venv/bin/python --readme README.md) $(BENCH_FLAGS)

# The peer of the request benchmark: what libfcgi does with no server on top.
$(STATE)/bench/echo: Sources/carrel-bench/Peers/echo.c
	mkdir -p $(@D)
	$(CC) -O2 -Wall -o $@ $< $$(pkg-config --cflags --libs fcgi) -lpthread

# The peer of the chat benchmarks: the least that a chat costs.
$(STATE)/bench/chat: Sources/carrel-bench/Peers/chat.c
	mkdir -p $(@D)
	$(CC) -O2 -Wall -o $@ $< $$(pkg-config --cflags --libs fcgi sqlite3) -lpthread

# Both ends of the event benchmark.
$(STATE)/bench/paced: Sources/carrel-bench/Peers/paced.c
	mkdir -p $(@D)
	$(CC) -O2 -Wall -D_GNU_SOURCE -o $@ $<

# The peers of the embedding and search benchmarks, half a gigabyte: only with BENCH_PEERS=1.
$(STATE)/bench/venv/complete: | bench-deps
	python3 -m venv $(@D)
	$(@D)/bin/pip install --quiet onnx onnxruntime faiss-cpu hnswlib numpy
	touch $@

TOKENIZER   = $(STATE)/tokenizers/prices.json

tokenizers: $(TOKENIZER) ## fetch the rank files for exact token counts, and the price list

$(TOKENIZER): | program
	CARREL_TOKENIZER_DIR=$(@D) STORAGE_DIR=$(STATE)/storage $(BIN)/carrel model fetch tokenizers

conformance: program tokenizers ## compare with the recorded answers of the reference; ONLY=a,b chooses scenarios
	@CARREL=$(BIN)/carrel ORACLE=$(ORACLE) ONLY=$(ONLY) CARREL_TOKENIZER_DIR=$(abspath $(dir $(TOKENIZER))) .ci/conformance

# The program uses the Swift runtime of the toolchain that built it, so build on the host that runs it.
install: program ## install program, units and nginx files (as root; DESTDIR= for packaging)
	install -D -m 755 $(BIN)/carrel $(DESTDIR)/usr/bin/carrel
	install -D -m 644 -t $(DESTDIR)/usr/lib/systemd/system systemd/carrel.service systemd/carrel.socket
	install -D -m 644 systemd/carrel.sysusers $(DESTDIR)/usr/lib/sysusers.d/carrel.conf
	[ -e $(DESTDIR)/etc/carrel/carrel.env ] || install -D -m 640 systemd/carrel.env $(DESTDIR)/etc/carrel/carrel.env
	install -D -m 644 -t $(DESTDIR)/etc/nginx/carrel nginx/carrel.js nginx/carrel-*.conf

format: ## format the Swift sources
	swift format -i -p -r --configuration .swift-format Package.swift Sources Tests

lint: ## check the format of the Swift sources and the syntax of the shell scripts
	swift format lint --strict -p -r --configuration .swift-format Package.swift Sources Tests
	for script in nginx/serve-local nginx/run-local .ci/run .ci/conformance; do sh -n $$script || exit 1; done

clean: ## remove what was built; the state of `make run` stays (rm -r .carrel removes it)
	rm -rf .build

// The peer of the chat benchmarks: the least that a FastCGI responder can do for one chat. It reads the request, reads
// the last 20 turns, asks the provider over a kept-alive connection, adds one row that a power cut cannot take back,
// and answers about as many bytes as Carrel. JSON is copied, not parsed: a string of one text fits another as it is.
//
// usage: chat SOCKET THREADS PROVIDER_PORT DATABASE VECTORS
//        POST …/chat         one answer
//        POST …/stream-chat  each event of the provider leaves when it has come; before the last one the row is added
//        In the workspace `library` the question is embedded by the provider first and compared with each row of the
//        file VECTORS (384 f32 each); the prompt, the row and a chat's answer hold the four nearest passages.
//        GET, whatever path  {"rows":N}: as many as there were chats
#include <arpa/inet.h>
#include <errno.h>
#include <fcgiapp.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { dimensions = 384, nearest = 4, turns = 20 };

// A register of any x86-64 or arm64.
typedef float Lanes __attribute__((vector_size(16)));

typedef struct {
    size_t length;
    char bytes[1 << 18];
} Text;

typedef struct {
    int provider;
    sqlite3 *database;
    sqlite3_stmt *history, *insertion, *count;
    Text question, prompt, received, sources, answer;
} Worker;

static const char *database_path;
static int listener, provider_port;
static Lanes (*vectors)[dimensions / 4];
static int rows;
// As long as a chunk with the head that says where it is from.
static char passage[690];

static const char instructions[] =
    "You will be given the conversation so far, passages that may be relevant to it, and a follow-up question. Using "
    "them, answer the question that the user is asking now. Return only the answer to that question, and follow the "
    "instructions that the user gives about it.";

static void fail(const char *what, const char *why) {
    fprintf(stderr, "chat: %s: %s\n", what, why);
    exit(1);
}

static void fail_call(const char *call) { fail(call, strerror(errno)); }

// MARK: Texts

static void append(Text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    size_t room = sizeof text->bytes - text->length;
    int count = vsnprintf(text->bytes + text->length, room, format, arguments);
    va_end(arguments);
    if (count < 0 || (size_t)count >= room) fail("a text", "too long");
    text->length += (size_t)count;
}

// The JSON string after `key`, still escaped and without its quotes; NULL when there is none in full.
static const char *string_after(const char *json, const char *key, size_t *length) {
    const char *start = strstr(json, key);
    if (!start) return NULL;
    const char *end = start += strlen(key);
    while (*end && *end != '"') end += end[0] == '\\' && end[1] ? 2 : 1;
    *length = (size_t)(end - start);
    return *end ? start : NULL;
}

// MARK: The provider

static int dial(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)provider_port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) fail_call("connect");
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
}

static void post(Worker *worker, const char *path, const Text *body) {
    char head[256];
    int length = snprintf(head, sizeof head,
                          "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                          "Content-Length: %zu\r\n\r\n",
                          path, body->length);
    struct iovec parts[] = {{head, (size_t)length}, {(void *)body->bytes, body->length}};
    if (writev(worker->provider, parts, 2) != (ssize_t)((size_t)length + body->length)) fail_call("writev");
    worker->received.length = 0;
}

static void receive(Worker *worker) {
    Text *text = &worker->received;
    ssize_t count = recv(worker->provider, text->bytes + text->length, sizeof text->bytes - 1 - text->length, 0);
    if (count <= 0) fail_call("recv");
    text->bytes[text->length += (size_t)count] = 0;
}

// Receives a whole answer that says how long it is.
static void receive_whole(Worker *worker) {
    const char *bytes = worker->received.bytes, *end = NULL, *length = NULL;
    do {
        receive(worker);
        end = strstr(bytes, "\r\n\r\n");
        length = strstr(bytes, "Content-Length: ");
    } while (!end || !length || worker->received.length < (size_t)(end + 4 - bytes) + (size_t)atol(length + 16));
}

// MARK: The search

static float dot(const Lanes *left, const Lanes *right) {
    // Sums that do not wait for each other.
    Lanes even = {0}, odd = {0};
    for (int part = 0; part < dimensions / 4; part += 2) {
        even += left[part] * right[part];
        odd += left[part + 1] * right[part + 1];
    }
    even += odd;
    return even[0] + even[1] + even[2] + even[3];
}

static unsigned char sextet(char letter) {
    if (letter >= 'a') return (unsigned char)(letter - 'a' + 26);
    if (letter >= 'A') return (unsigned char)(letter - 'A');
    return letter >= '0' ? (unsigned char)(letter - '0' + 52) : letter == '+' ? 62 : 63;
}

// A vector has 1,536 bytes, which is a multiple of three: its base64 has no padding.
static void read_vector(Worker *worker, Lanes *vector) {
    size_t length = 0;
    const char *text = string_after(worker->received.bytes, "\"embedding\":\"", &length);
    if (!text || length != sizeof(float) * dimensions / 3 * 4) fail("the embedding", "not 384 numbers in base64");
    unsigned char *bytes = (unsigned char *)vector;
    for (size_t at = 0; at < length; at += 4, bytes += 3) {
        unsigned group = 0;
        for (int letter = 0; letter < 4; letter++) group = group << 6 | sextet(text[at + (size_t)letter]);
        for (int byte = 0; byte < 3; byte++) bytes[byte] = (unsigned char)(group >> (16 - 8 * byte));
    }
}

static void find_nearest(const Lanes *query, int *found) {
    float scores[nearest];
    int count = 0;
    for (int row = 0; row < rows; row++) {
        float score = dot(query, vectors[row]);
        if (count == nearest && score <= scores[nearest - 1]) continue;
        int place = count < nearest ? count++ : nearest - 1;
        for (; place > 0 && scores[place - 1] < score; place--) {
            scores[place] = scores[place - 1];
            found[place] = found[place - 1];
        }
        scores[place] = score;
        found[place] = row;
    }
}

static void embed(Worker *worker, Lanes *vector) {
    Text *body = &worker->prompt;
    body->length = 0;
    append(body, "{\"model\":\"instant\",\"input\":[\"%s\"],\"encoding_format\":\"base64\"}", worker->question.bytes);
    post(worker, "/v1/embeddings", body);
    receive_whole(worker);
    read_vector(worker, vector);
}

static void add_source(Text *sources, int row) {
    append(sources,
           "%s{\"id\":\"%036d\",\"url\":\"file://volume-%d.txt\",\"title\":\"volume-%d.txt\",\"docAuthor\":\"no author "
           "specified\",\"description\":\"no description found\",\"docSource\":\"no source set\",\"chunkSource\":"
           "\"volume-%d.txt\",\"published\":\"11/25/2026, 6:17:34 PM\",\"wordCount\":22341,"
           "\"token_count_estimate\":13431,\"text\":\"%s\",\"_distance\":0,\"score\":1}",
           sources->length ? "," : "", row, row / 200, row / 200, row / 200, passage);
}

// MARK: The rows

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
        fail(sql, sqlite3_errmsg(database));
    return statement;
}

static void run(sqlite3 *database, const char *sql) {
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sql, sqlite3_errmsg(database));
}

// One connection for each thread, as SQLite wants it.
static void open_rows(Worker *worker) {
    if (sqlite3_open(database_path, &worker->database) != SQLITE_OK)
        fail(database_path, sqlite3_errmsg(worker->database));
    sqlite3_busy_timeout(worker->database, 10000);
    run(worker->database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                          "CREATE TABLE IF NOT EXISTS chats (id INTEGER PRIMARY KEY, workspace TEXT NOT NULL,"
                          " prompt TEXT NOT NULL, response TEXT NOT NULL);"
                          "CREATE INDEX IF NOT EXISTS chatsOfWorkspace ON chats(workspace)");
    worker->history = prepare(worker->database,
                              "SELECT prompt, response FROM (SELECT id, prompt, response FROM chats WHERE workspace = ?"
                              " ORDER BY id DESC LIMIT ?) ORDER BY id");
    worker->insertion = prepare(worker->database, "INSERT INTO chats (workspace, prompt, response) VALUES (?, ?, ?)");
    worker->count = prepare(worker->database, "SELECT count(*) FROM chats");
}

// The last turns, the oldest first.
static void add_history(Worker *worker, const char *workspace, Text *body) {
    sqlite3_stmt *history = worker->history;
    sqlite3_bind_text(history, 1, workspace, -1, SQLITE_STATIC);
    sqlite3_bind_int(history, 2, turns);
    int code;
    while ((code = sqlite3_step(history)) == SQLITE_ROW) {
        size_t length = 0;
        const char *text = string_after((const char *)sqlite3_column_text(history, 1), "\"text\":\"", &length);
        if (!text) fail("a row", "no text");
        append(body, "{\"role\":\"user\",\"content\":\"%s\"},{\"role\":\"assistant\",\"content\":\"%.*s\"},",
               sqlite3_column_text(history, 0), (int)length, text);
    }
    if (code != SQLITE_DONE) fail("the rows", sqlite3_errmsg(worker->database));
    sqlite3_reset(history);
}

#define METRICS \
    "{\"prompt_tokens\":1,\"completion_tokens\":7,\"total_tokens\":0,\"duration\":0.001,\"outputTps\":7000,\"model\":" \
    "\"instant\",\"provider\":\"GenericOpenAiLLM\",\"timestamp\":\"2026-11-25T21:45:19.464Z\"}"

// One commit, one fdatasync.
static long long add_row(Worker *worker, const char *workspace) {
    Text *row = &worker->received;
    row->length = 0;
    append(row, "{\"text\":\"%s\",\"sources\":[%s],\"attachments\":[],\"type\":\"chat\",\"metrics\":" METRICS "}",
           worker->answer.bytes, worker->sources.bytes);
    sqlite3_bind_text(worker->insertion, 1, workspace, -1, SQLITE_STATIC);
    sqlite3_bind_text(worker->insertion, 2, worker->question.bytes, (int)worker->question.length, SQLITE_STATIC);
    sqlite3_bind_text(worker->insertion, 3, row->bytes, (int)row->length, SQLITE_STATIC);
    if (sqlite3_step(worker->insertion) != SQLITE_DONE) fail("the rows", sqlite3_errmsg(worker->database));
    sqlite3_reset(worker->insertion);
    return sqlite3_last_insert_rowid(worker->database);
}

// MARK: Chats

static void build_prompt(Worker *worker, const char *workspace, int is_streamed) {
    Lanes query[dimensions / 4];
    int found[nearest] = {0}, count = strcmp(workspace, "library") == 0 ? nearest : 0;
    if (count) embed(worker, query), find_nearest(query, found);
    Text *body = &worker->prompt, *sources = &worker->sources;
    body->length = sources->length = 0;
    *sources->bytes = 0;
    append(body, "{\"model\":\"instant\",%s\"messages\":[{\"role\":\"system\",\"content\":\"%s",
           is_streamed ? "\"stream\":true," : "", instructions);
    for (int place = 0; place < count; place++) {
        append(body, "[CONTEXT %d]:\\n%s\\n[END CONTEXT %d]\\n\\n", place, passage, place);
        add_source(sources, found[place]);
    }
    append(body, "\"},");
    add_history(worker, workspace, body);
    append(body, "{\"role\":\"user\",\"content\":\"%s\"}],\"temperature\":0.7,\"max_tokens\":1024}",
           worker->question.bytes);
    post(worker, "/v1/chat/completions", body);
}

static void chat(Worker *worker, const char *workspace, FCGX_Stream *out) {
    build_prompt(worker, workspace, 0);
    receive_whole(worker);
    size_t length = 0;
    const char *text = string_after(worker->received.bytes, "\"content\":\"", &length);
    if (!text) fail("the provider", worker->received.bytes);
    append(&worker->answer, "%.*s", (int)length, text);
    long long row = add_row(worker, workspace);
    Text *body = &worker->received;
    body->length = 0;
    append(body,
           "{\"id\":\"%036lld\",\"type\":\"textResponse\",\"close\":true,\"error\":null,\"chatId\":%lld,"
           "\"textResponse\":\"%s\",\"sources\":[%s],\"metrics\":" METRICS "}",
           row, row, worker->answer.bytes, worker->sources.bytes);
    FCGX_FPrintF(out, "Status: 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
                 (int)body->length, body->bytes);
}

static void put_event(FCGX_Stream *out, const char *text, size_t length, const char *is_last) {
    FCGX_FPrintF(out,
                 "data: {\"uuid\":\"%036d\",\"sources\":[],\"type\":\"textResponseChunk\",\"textResponse\":\"%.*s\","
                 "\"close\":%s,\"error\":false}\n\n",
                 0, (int)length, text, is_last);
    FCGX_FFlush(out);
}

// The instant provider sends one chunk, so no event has the frame of a chunk in it.
static void stream_chat(Worker *worker, const char *workspace, FCGX_Stream *out) {
    build_prompt(worker, workspace, 1);
    FCGX_FPrintF(out, "Status: 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n\r\n");
    const char *next = worker->received.bytes;
    do {
        receive(worker);
        size_t length = 0;
        for (const char *text; (text = string_after(next, "\"content\":\"", &length)); next = text + length) {
            append(&worker->answer, "%.*s", (int)length, text);
            put_event(out, text, length, "false");
        }
    } while (!strstr(next, "\r\n0\r\n\r\n"));
    put_event(out, "", 0, "true");
    long long row = add_row(worker, workspace);
    FCGX_FPrintF(out,
                 "data: {\"uuid\":\"%036d\",\"type\":\"finalizeResponseStream\",\"close\":true,\"error\":false,"
                 "\"chatId\":%d,\"metrics\":" METRICS ",\"sources\":[]}\n\n",
                 0, (int)row);
}

// MARK: Requests

static void put_rows(Worker *worker, FCGX_Stream *out) {
    if (sqlite3_step(worker->count) != SQLITE_ROW) fail("the rows", sqlite3_errmsg(worker->database));
    FCGX_FPrintF(out, "Status: 200 OK\r\nContent-Type: application/json\r\n\r\n{\"rows\":%d}",
                 sqlite3_column_int(worker->count, 0));
    sqlite3_reset(worker->count);
}

static void read_question(Worker *worker, FCGX_Request *request) {
    Text *body = &worker->received;
    body->length = (size_t)FCGX_GetStr(body->bytes, sizeof body->bytes - 1, request->in);
    body->bytes[body->length] = 0;
    size_t length = 0;
    const char *text = string_after(body->bytes, "\"message\":\"", &length);
    if (!text) fail("a request", body->bytes);
    worker->question.length = 0;
    append(&worker->question, "%.*s", (int)length, text);
}

static void answer(Worker *worker, FCGX_Request *request) {
    const char *method = FCGX_GetParam("REQUEST_METHOD", request->envp);
    const char *path = FCGX_GetParam("REQUEST_URI", request->envp);
    char workspace[64] = "";
    if (!method || strcmp(method, "POST") != 0 || !path) return put_rows(worker, request->out);
    sscanf(path, "/api/v1/workspace/%63[^/]", workspace);
    read_question(worker, request);
    worker->answer.length = 0;
    (strstr(path, "/stream-chat") ? stream_chat : chat)(worker, workspace, request->out);
}

static void *respond(void *worker) {
    FCGX_Request request;
    FCGX_InitRequest(&request, listener, 0);
    while (FCGX_Accept_r(&request) >= 0) {
        answer(worker, &request);
        FCGX_Finish_r(&request);
    }
    return NULL;
}

static void read_vectors(const char *path) {
    struct stat status;
    FILE *file = fopen(path, "rb");
    if (!file || fstat(fileno(file), &status) != 0) fail_call(path);
    rows = (int)((size_t)status.st_size / sizeof *vectors);
    vectors = aligned_alloc(64, (size_t)status.st_size);
    if (!vectors || rows < nearest || fread(vectors, sizeof *vectors, (size_t)rows, file) != (size_t)rows)
        fail(path, "cannot be read as rows of 384 numbers");
    fclose(file);
}

int main(int count, char **arguments) {
    if (count != 6) return fputs("usage: chat SOCKET THREADS PROVIDER_PORT DATABASE VECTORS\n", stderr), 2;
    int threads = atoi(arguments[2]);
    provider_port = atoi(arguments[3]);
    database_path = arguments[4];
    read_vectors(arguments[5]);
    memset(passage, 'x', sizeof passage - 1);
    Worker **workers = calloc((size_t)threads, sizeof *workers);
    for (int thread = 0; thread < threads; thread++) {
        if (!(workers[thread] = calloc(1, sizeof(Worker)))) fail_call("calloc");
        workers[thread]->provider = dial();
        open_rows(workers[thread]);
    }
    FCGX_Init();
    if ((listener = FCGX_OpenSocket(arguments[1], 4096)) < 0) fail_call("FCGX_OpenSocket");
    chmod(arguments[1], 0666);
    pthread_t identifier;
    for (int thread = 1; thread < threads; thread++) pthread_create(&identifier, NULL, respond, workers[thread]);
    respond(workers[0]);
}

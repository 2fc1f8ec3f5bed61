// Both ends of the event benchmark, in C and with epoll so that they cost little beside what is measured.
//
// usage: paced provide PORT STREAMS MILLISECONDS
//        a provider of Chat Completions: when STREAMS questions have come it sends a token to each every MILLISECONDS, the
//        streams evenly spread over that time; a token is `number:index:nanoseconds `, with the clock of its sending.
//        Stream n has 100 + 37 n mod 100 tokens, so that streams do not end together. Then it waits for the next questions.
// usage: paced read PORT PATH KEY STREAMS
//        asks STREAMS questions and reads the answers to their ends: each token in its order, as an event of its own, then
//        two events without one. Prints the number of events, p50, p99 and maximum of their ages in microseconds, and how
//        many streams were wrong; on standard error what was wrong with the first.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

typedef long long nanoseconds;

typedef struct {
    char *bytes;
    size_t size, length;
    int descriptor, number, next, trailers, wrong;
    nanoseconds due;
} Stream;

static nanoseconds now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int tokens(int number) { return 100 + 37 * number % 100; }

static struct sockaddr_in local(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static void watch(int poller, int descriptor, void *who) {
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = who};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event) != 0) fail("epoll_ctl");
}

// Appends what can be read; 0 at the end of the stream.
static ssize_t take(Stream *stream) {
    if (stream->size - stream->length < 65537) stream->bytes = realloc(stream->bytes, stream->size += 131072);
    ssize_t count = recv(stream->descriptor, stream->bytes + stream->length, 65536, MSG_DONTWAIT);
    if (count > 0) stream->length += (size_t)count;
    if (stream->bytes) stream->bytes[stream->length] = 0;
    return count < 0 && errno == EAGAIN ? 1 : count < 0 ? 0 : count;
}

static void drop(Stream *stream) {
    close(stream->descriptor);
    free(stream->bytes);
    *stream = (Stream){.descriptor = -1};
}

// MARK: The provider

static void transmit(Stream *stream, const char *text) {
    size_t length = strlen(text);
    if (send(stream->descriptor, text, length, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)length) stream->wrong = 1;
}

static void transmit_token(Stream *stream) {
    char text[200];
    if (stream->next < tokens(stream->number)) {
        snprintf(text, sizeof text,
                 "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%d:%d:%lld \"},\"finish_reason\":null}]}\n\n",
                 stream->number, stream->next++, now());
        transmit(stream, text);
    } else {
        transmit(stream, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
        stream->wrong = 1;
    }
}

// Whether the question is there; it ends in `Stream number N?`.
static int read_question(Stream *stream) {
    char *mark = NULL, *place = stream->bytes;
    while (place && (place = strstr(place, "Stream number "))) mark = place++;
    char end = 0;
    return mark && sscanf(mark, "Stream number %d%c", &stream->number, &end) == 2 && end == '?';
}

static void provide(int port, int count, nanoseconds interval) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), poller = epoll_create1(0), on = 1;
    struct sockaddr_in address = local(port);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 4096) != 0) fail("listen");
    watch(poller, listener, NULL);
    Stream *streams = calloc((size_t)count, sizeof *streams);
    for (int i = 0; i < count; i++) streams[i].descriptor = -1;
    for (int asked = 0, open = 0;;) {
        nanoseconds time = now(), next = time + 1000000000;
        for (int i = 0; asked == count && i < count; i++) {
            if (streams[i].descriptor < 0) continue;
            if (streams[i].due <= time) {
                transmit_token(&streams[i]);
                streams[i].due += interval;
            }
            if (streams[i].due < next) next = streams[i].due;
            if (streams[i].wrong) drop(&streams[i]), open--;
        }
        if (asked == count && open == 0) asked = 0;
        struct epoll_event events[64];
        nanoseconds wait = next - now();
        struct timespec rest = {.tv_sec = wait / 1000000000, .tv_nsec = wait % 1000000000};
        int ready = wait <= 0 ? 0 : epoll_pwait2(poller, events, 64, &rest, NULL);
        for (int i = 0; i < ready; i++) {
            Stream *stream = events[i].data.ptr;
            if (!stream) {
                for (stream = streams; stream < streams + count && stream->descriptor >= 0; stream++) {}
                if (stream == streams + count) fail("more connections than streams");
                *stream = (Stream){.descriptor = accept(listener, NULL, NULL), .number = -1};
                watch(poller, stream->descriptor, stream);
                open++;
                continue;
            }
            if (take(stream) == 0) {
                if (stream->number < 0) drop(stream), open--;
                else stream->wrong = 1;
            } else if (stream->number < 0 && read_question(stream)) {
                transmit(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
                if (++asked < count) continue;
                // Half a second after the last question, in the order of the golden ratio: no two streams beat together.
                for (int k = 0; k < count; k++) {
                    double part = streams[k].number * 0.6180339887;
                    streams[k].due = now() + 500000000 + (nanoseconds)((part - (long)part) * (double)interval);
                }
            }
        }
    }
}

// MARK: The readers

static unsigned *ages;
static size_t age_count, faults;

static void blame(Stream *stream, const char *what, const char *frame) {
    if (stream->wrong++ == 0 && faults++ == 0) fprintf(stderr, "stream %d, event %d: %s: %s\n", stream->number, stream->next, what, frame);
}

static void check(Stream *stream, const char *frame, nanoseconds arrival) {
    if (strncmp(frame, "data: ", 6) != 0) return blame(stream, "no event", frame);
    const char *text = strstr(frame, "\"textResponse\":\"");
    text = text ? text + 16 : (text = strstr(frame, "\"content\":\"")) ? text + 11 : NULL;
    int number, index, length = 0;
    nanoseconds sent;
    if (!text || sscanf(text, "%d:%d:%lld %n", &number, &index, &sent, &length) < 3) {
        if (stream->next < tokens(stream->number)) blame(stream, "no token", frame);
        stream->trailers++;
        return;
    }
    if (number != stream->number || index != stream->next || index >= tokens(number) || text[length] != '"')
        return blame(stream, "another token", frame);
    stream->next++;
    ages[age_count++] = (unsigned)((arrival - sent) / 1000);
}

static void check_all(Stream *stream, nanoseconds arrival) {
    char *place = stream->bytes, *end;
    if (stream->due == 0) {  // The head has not been read.
        if (!(end = strstr(place, "\r\n\r\n"))) return;
        if (strncmp(place + 8, " 200 ", 5) != 0) blame(stream, "not 200", place);
        stream->due = 1;
        place = end + 4;
    }
    for (; (end = strstr(place, "\n\n")); place = end + 2) *end = 0, check(stream, place, arrival);
    stream->length -= (size_t)(place - stream->bytes);
    memmove(stream->bytes, place, stream->length + 1);
}

static int by_size(const void *a, const void *b) {
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
    return x < y ? -1 : x > y;
}

static void read_streams(int port, const char *path, const char *key, int count) {
    int poller = epoll_create1(0);
    Stream *streams = calloc((size_t)count, sizeof *streams);
    ages = malloc(sizeof *ages * 200 * (size_t)count);
    struct sockaddr_in address = local(port);
    for (int i = 0; i < count; i++) {
        char body[200], request[1000];
        // Sessions of their own: a prompt with history would name other streams too.
        snprintf(body, sizeof body, "{\"message\":\"Stream number %d?\",\"mode\":\"chat\",\"sessionId\":\"%lld\"}", i, now());
        int length = snprintf(request, sizeof request,
                              "POST %s HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                              "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", path, key, strlen(body), body);
        streams[i] = (Stream){.descriptor = socket(AF_INET, SOCK_STREAM, 0), .number = i};
        if (connect(streams[i].descriptor, (struct sockaddr *)&address, sizeof address) != 0) fail("connect");
        if (send(streams[i].descriptor, request, (size_t)length, MSG_NOSIGNAL) != length) fail("send");
        watch(poller, streams[i].descriptor, &streams[i]);
    }
    for (int open = count; open > 0;) {
        struct epoll_event events[64];
        int ready = epoll_wait(poller, events, 64, 60000);
        if (ready == 0) fail("a minute without an event");
        for (int i = 0; i < ready; i++) {
            Stream *stream = events[i].data.ptr;
            ssize_t got = take(stream);
            check_all(stream, now());
            if (got > 0) continue;
            if (stream->next != tokens(stream->number) || stream->trailers != 2 || stream->length != 0)
                blame(stream, "cut off", stream->bytes);
            drop(stream);
            open--;
        }
    }
    qsort(ages, age_count, sizeof *ages, by_size);
    if (age_count == 0) fail("no event");
    printf("%zu %u %u %u %zu\n", age_count, ages[age_count / 2], ages[age_count * 99 / 100], ages[age_count - 1], faults);
}

int main(int count, char **words) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (count == 5 && strcmp(words[1], "provide") == 0)
        provide(atoi(words[2]), atoi(words[3]), atoll(words[4]) * 1000000);
    else if (count == 6 && strcmp(words[1], "read") == 0)
        read_streams(atoi(words[2]), words[3], words[4], atoi(words[5]));
    else
        return fprintf(stderr, "usage: %s provide PORT STREAMS MILLISECONDS | read PORT PATH KEY STREAMS\n", words[0]), 2;
}

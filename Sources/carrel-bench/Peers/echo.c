// The peer of the request benchmark: libfcgi's own thread-per-connection loop, answering every request with the same
// bytes. Usage: echo SOCKET THREADS [FILE]; without FILE it answers 720 bytes of JSON.
#include <fcgiapp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char body[1 << 20];
static size_t size;
static int listener;

static void *respond(void *unused) {
    FCGX_Request request;
    FCGX_InitRequest(&request, listener, 0);
    while (FCGX_Accept_r(&request) >= 0) {
        FCGX_FPrintF(request.out, "Status: 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", (int)size);
        FCGX_PutStr(body, (int)size, request.out);
        FCGX_Finish_r(&request);
    }
    return unused;
}

int main(int count, char **arguments) {
    if (count < 3) return fprintf(stderr, "usage: %s SOCKET THREADS [FILE]\n", arguments[0]), 2;
    FILE *file = count > 3 ? fopen(arguments[3], "rb") : NULL;
    if (count > 3 && !file) return perror(arguments[3]), 1;
    memset(body, 'x', 720);
    memcpy(body, "{\"text\":\"", 9);
    memcpy(body + 718, "\"}", 2);
    size = file ? fread(body, 1, sizeof body, file) : 720;
    FCGX_Init();
    if ((listener = FCGX_OpenSocket(arguments[1], 4096)) < 0) return perror("FCGX_OpenSocket"), 1;
    chmod(arguments[1], 0666);
    pthread_t thread;
    for (int i = 1; i < atoi(arguments[2]); i++) pthread_create(&thread, NULL, respond, NULL);
    respond(NULL);
}

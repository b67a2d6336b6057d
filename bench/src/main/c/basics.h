/* The words of the command line, clocks, threads, and sockets that end the process when something fails. */
#include <zmq.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BACKLOG 4096
#define TOPIC_SIZE 8

static void *context;
static char **words; /* behind the name of the work */
static int word_count;

/* ---- Words, clocks, threads */

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, zmq_strerror(zmq_errno()));
    exit(1);
}

static int must(int result, const char *what) {
    if (result < 0) {
        fail(what);
    }
    return result;
}

static void *allocate(size_t bytes) {
    void *memory = calloc(1, bytes);
    if (memory == NULL) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

static const char *word(int index) {
    if (index >= word_count) {
        fputs("too few arguments\n", stderr);
        exit(2);
    }
    return words[index];
}

static long number(int index) {
    return strtol(word(index), NULL, 10);
}

static long number_or_zero(int index) {
    return index < word_count ? number(index) : 0;
}

static double seconds_of(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static double wall(void) {
    return seconds_of(CLOCK_MONOTONIC);
}

/* Of the whole process. */
static double cpu(void) {
    return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

static long resident_kb(void) {
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%*d %ld", &pages) != 1) {
        fputs("cannot tell the memory in use\n", stderr);
        exit(1);
    }
    fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void await_end_of_input(void) {
    while (getchar() != EOF) {
    }
}

static void stay_until_input_ends(void) {
    await_end_of_input();
    _exit(0);
}

static void *end_with_input(void *unused) {
    stay_until_input_ends();
    return unused;
}

static void in_thread_with(void *(*side)(void *), void *argument) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, side, argument) != 0) {
        fputs("cannot start a thread\n", stderr);
        exit(1);
    }
}

static void in_thread(void *(*side)(void *)) {
    in_thread_with(side, NULL);
}

/* For those who printed their figures: nobody waits for what is still under way. */
static void leave(void) {
    fflush(stdout);
    _exit(0);
}

/* ---- Sockets */

static void *open_socket(int type) {
    void *socket = zmq_socket(context, type);
    if (socket == NULL) {
        fail("socket");
    }
    return socket;
}

static void set(void *socket, int option, int value) {
    must(zmq_setsockopt(socket, option, &value, sizeof value), "setsockopt");
}

/* Tells the runner that the next process may start. */
static void say_ready(void) {
    puts("ready");
    fflush(stdout);
}

/* Those who connect are started then. */
static void bind_and_say_so(void *socket, const char *endpoint) {
    must(zmq_bind(socket, endpoint), "bind");
    say_ready();
}

static void *bound(int type, const char *endpoint) {
    void *socket = open_socket(type);
    bind_and_say_so(socket, endpoint);
    return socket;
}

static void *connected(int type, const char *endpoint) {
    void *socket = open_socket(type);
    must(zmq_connect(socket, endpoint), "connect");
    return socket;
}

static void *publisher(const char *endpoint, int unlimited_subscriptions) {
    void *xpub = open_socket(ZMQ_XPUB);
    set(xpub, ZMQ_XPUB_NODROP, 1);
    set(xpub, ZMQ_XPUB_VERBOSE, 1);
    if (unlimited_subscriptions) {
        set(xpub, ZMQ_RCVHWM, 0);
    }
    bind_and_say_so(xpub, endpoint);
    return xpub;
}

/* The message is left in the given one, which is initialised. */
static void take(void *socket, zmq_msg_t *message, size_t size) {
    must(zmq_msg_recv(message, socket, 0), "receive");
    if (zmq_msg_size(message) != size) {
        fprintf(stderr, "a message of %zu bytes came where one of %zu was expected\n", zmq_msg_size(message), size);
        exit(1);
    }
}

static void take_any(void *socket, long count) {
    char ignored[64];
    for (long i = 0; i < count; i++) {
        must(zmq_recv(socket, ignored, sizeof ignored, 0), "receive");
    }
}

/* As Java does with a new array, the body is zero. */
static void give(void *socket, size_t size, const char *topic) {
    zmq_msg_t message;
    must(zmq_msg_init_size(&message, size), "message");
    memset(zmq_msg_data(&message), 0, size);
    if (topic != NULL) {
        memcpy(zmq_msg_data(&message), topic, TOPIC_SIZE);
    }
    must(zmq_msg_send(&message, socket, 0), "send");
}

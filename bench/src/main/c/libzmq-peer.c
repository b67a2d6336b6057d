/*
 * One process of a measurement, with libzmq: the same works, arguments and output as the Java program in
 * io.lingmq.bench.peer, whose Peer.java lists them. Build: cc -O2 -o libzmq-peer libzmq-peer.c -lzmq -lpthread
 */
#include <zmq.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define INPROC "inproc://work"
#define HELLO "hi"
#define HELLO_SIZE 2
#define BACKLOG 4096
#define TOPIC_SIZE 8
#define STRIDE 7919L /* a prime: see Topics.java */

static void *context;
static char **words; /* behind the name of the work */
static int word_count;

/* ---- Small things */

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

static void stay_until_input_ends(void) {
    while (getchar() != EOF) {
    }
    _exit(0);
}

static void *end_with_input(void *unused) {
    stay_until_input_ends();
    return unused;
}

/* For those who printed their figures and have nothing left to send. */
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

static void *bound(int type, const char *endpoint) {
    void *socket = open_socket(type);
    must(zmq_bind(socket, endpoint), "bind");
    return socket;
}

static void *connected(int type, const char *endpoint) {
    void *socket = open_socket(type);
    must(zmq_connect(socket, endpoint), "connect");
    return socket;
}

static void *publisher(const char *endpoint, int unlimited) {
    void *xpub = open_socket(ZMQ_XPUB);
    set(xpub, ZMQ_XPUB_NODROP, 1);
    set(xpub, ZMQ_XPUB_VERBOSE, 1);
    if (unlimited) {
        set(xpub, ZMQ_SNDHWM, 0);
        set(xpub, ZMQ_RCVHWM, 0);
    }
    must(zmq_bind(xpub, endpoint), "bind");
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

/* What was sent leaves first. */
static void flush(void *socket) {
    zmq_close(socket);
    zmq_ctx_term(context);
}

/* ---- Throughput */

static void pour(void *push, size_t size, long count) {
    for (long i = 0; i < count; i++) {
        give(push, size, NULL);
    }
}

static void drain(const char *label, void *pull, size_t size, long count) {
    zmq_msg_t message;
    zmq_msg_init(&message);
    take(pull, &message, size);
    double begin = wall();
    double cpu_begin = cpu();
    for (long i = 1; i < count; i++) {
        take(pull, &message, size);
    }
    double rate = (double) (count - 1) / (wall() - begin);
    printf("libzmq %s size=%zu count=%ld msg_per_s=%.3f mb_per_s=%.3f cpu_s=%.3f\n", label, size, count, rate,
           rate * (double) size / 1e6, cpu() - cpu_begin);
    fflush(stdout);
}

static void throughput_receive(void) {
    long idle = number_or_zero(3);
    void *pull = open_socket(ZMQ_PULL);
    if (idle > 0) {
        set(pull, ZMQ_BACKLOG, BACKLOG);
    }
    must(zmq_bind(pull, word(0)), "bind");
    take_any(pull, idle);
    if (idle > 0) {
        puts("ready");
        fflush(stdout);
    }
    drain("thr", pull, (size_t) number(1), number(2));
    leave();
}

static void throughput_send(void) {
    void *push = connected(ZMQ_PUSH, word(0));
    double begin = cpu();
    pour(push, (size_t) number(1), number(2));
    flush(push);
    printf("libzmq thr-send sender_cpu_s=%.3f\n", cpu() - begin);
}

static void *pour_inproc(void *unused) {
    void *push = connected(ZMQ_PUSH, INPROC);
    pour(push, (size_t) number(0), number(1));
    zmq_close(push);
    return unused;
}

static void inproc_throughput(void) {
    pthread_t sender;
    void *pull = bound(ZMQ_PULL, INPROC);
    pthread_create(&sender, NULL, pour_inproc, NULL);
    drain("inproc-thr", pull, (size_t) number(0), number(1));
    pthread_join(sender, NULL);
    flush(pull);
}

static void relay(void) {
    void *pull = bound(ZMQ_PULL, word(0));
    void *push = connected(ZMQ_PUSH, word(1));
    pthread_t until_input_ends;
    pthread_create(&until_input_ends, NULL, end_with_input, NULL);
    zmq_proxy(pull, push, NULL);
}

/* ---- Latency */

static int by_value(const void *left, const void *right) {
    double a = *(const double *) left;
    double b = *(const double *) right;
    return (a > b) - (a < b);
}

static double percentile(const double *sorted, long count, double percent) {
    long index = (long) ((double) count * percent / 100);
    return sorted[index < count ? index : count - 1];
}

static void echo(void *rep, long count) {
    zmq_msg_t message;
    zmq_msg_init(&message);
    for (long i = 0; i < count; i++) {
        must(zmq_msg_recv(&message, rep, 0), "receive");
        must(zmq_msg_send(&message, rep, 0), "send");
    }
}

static void ping(const char *label, void *req, size_t size, long count) {
    double *one_way_us = allocate((size_t) count * sizeof *one_way_us);
    double sum = 0;
    zmq_msg_t message;
    zmq_msg_init(&message);
    give(req, size, NULL); /* finds the peer, which must not count */
    take(req, &message, size);
    long measured = count - 1;
    for (long i = 0; i < measured; i++) {
        double sent = wall();
        give(req, size, NULL);
        take(req, &message, size);
        one_way_us[i] = (wall() - sent) / 2 * 1e6;
        sum += one_way_us[i];
    }
    qsort(one_way_us, (size_t) measured, sizeof *one_way_us, by_value);
    printf("libzmq %s size=%zu count=%ld p50_us=%.3f p90_us=%.3f p99_us=%.3f p999_us=%.3f mean_us=%.3f\n", label, size,
           count, percentile(one_way_us, measured, 50), percentile(one_way_us, measured, 90),
           percentile(one_way_us, measured, 99), percentile(one_way_us, measured, 99.9), sum / (double) measured);
    fflush(stdout);
}

static void *echo_inproc(void *unused) {
    void *rep = connected(ZMQ_REP, INPROC);
    echo(rep, number(1));
    zmq_close(rep);
    return unused;
}

static void inproc_latency(void) {
    pthread_t replier;
    void *req = bound(ZMQ_REQ, INPROC);
    pthread_create(&replier, NULL, echo_inproc, NULL);
    ping("inproc-lat", req, (size_t) number(0), number(1));
    pthread_join(replier, NULL);
    flush(req);
}

static void latency_request(void) {
    ping("lat", connected(ZMQ_REQ, word(0)), (size_t) number(1), number(2));
    leave();
}

static void latency_reply(void) {
    void *rep = bound(ZMQ_REP, word(0));
    echo(rep, number(2));
    flush(rep);
}

/* ---- Publish and subscribe */

static void fan_publish(void) {
    void *xpub = publisher(word(0), 0);
    take_any(xpub, number(3));
    pour(xpub, (size_t) number(1), number(2));
    flush(xpub);
}

static long drain_ready(zmq_pollitem_t *subscribers, int count, size_t size) {
    zmq_msg_t message;
    long received = 0;
    zmq_msg_init(&message);
    for (int i = 0; i < count; i++) {
        while (subscribers[i].revents != 0 && zmq_msg_recv(&message, subscribers[i].socket, ZMQ_DONTWAIT) >= 0) {
            if (zmq_msg_size(&message) != size) {
                fail("size");
            }
            received++;
        }
    }
    zmq_msg_close(&message);
    return received;
}

static void fan_subscribe(void) {
    size_t size = (size_t) number(1);
    int count = (int) number(3);
    long deliveries = number(2) * count;
    zmq_pollitem_t *subscribers = allocate((size_t) count * sizeof *subscribers);
    for (int i = 0; i < count; i++) {
        subscribers[i].socket = open_socket(ZMQ_SUB);
        subscribers[i].events = ZMQ_POLLIN;
        must(zmq_setsockopt(subscribers[i].socket, ZMQ_SUBSCRIBE, "", 0), "subscribe");
        must(zmq_connect(subscribers[i].socket, word(0)), "connect");
    }
    must(zmq_poll(subscribers, count, -1), "poll");
    double begin = wall();
    for (long received = drain_ready(subscribers, count, size); received < deliveries;) {
        must(zmq_poll(subscribers, count, -1), "poll");
        received += drain_ready(subscribers, count, size);
    }
    printf("libzmq fan size=%zu subscribers=%d deliveries_per_s=%.3f\n", size, count,
           (double) deliveries / (wall() - begin));
    leave();
}

static char *all_topics(long count) {
    char *topics = allocate((size_t) count * TOPIC_SIZE + 1);
    for (long i = 0; i < count; i++) {
        sprintf(topics + i * TOPIC_SIZE, "%08ld", i % 100000000L);
    }
    return topics;
}

static void topics_publish(void) {
    size_t size = (size_t) number(1);
    long count = number(2);
    long topic_count = number(3);
    char *topics = all_topics(topic_count);
    void *xpub = publisher(word(0), 1);
    take_any(xpub, 1);
    double begin = wall();
    take_any(xpub, topic_count - 1);
    printf("libzmq topics-pub subscribe_s=%.3f\n", wall() - begin);
    fflush(stdout);
    for (long i = 0; i < count; i++) {
        give(xpub, size, topics + i * STRIDE % topic_count * TOPIC_SIZE);
    }
    flush(xpub);
}

static void topics_subscribe(void) {
    size_t size = (size_t) number(1);
    long count = number(2);
    long topic_count = number(3);
    char *topics = all_topics(topic_count);
    void *sub = open_socket(ZMQ_SUB);
    set(sub, ZMQ_SNDHWM, 0);
    set(sub, ZMQ_RCVHWM, 0);
    for (long i = 0; i < topic_count; i++) {
        must(zmq_setsockopt(sub, ZMQ_SUBSCRIBE, topics + i * TOPIC_SIZE, TOPIC_SIZE), "subscribe");
    }
    must(zmq_connect(sub, word(0)), "connect");
    zmq_msg_t message;
    zmq_msg_init(&message);
    take(sub, &message, size);
    double begin = wall();
    for (long i = 1; i < count; i++) {
        take(sub, &message, size);
    }
    printf("libzmq topics topics=%ld msg_per_s=%.3f\n", topic_count, (double) (count - 1) / (wall() - begin));
    leave();
}

/* ---- Many peers */

static double idle_cpu_percent(unsigned seconds) {
    sleep(1); /* what was going on comes to its end */
    double begin = wall();
    double cpu_begin = cpu();
    sleep(seconds);
    return 100 * (cpu() - cpu_begin) / (wall() - begin);
}

static void accept_peers(void) {
    long peers = number(1);
    long seconds = number_or_zero(2);
    void *router = open_socket(ZMQ_ROUTER);
    set(router, ZMQ_BACKLOG, BACKLOG);
    must(zmq_bind(router, word(0)), "bind");
    long before = resident_kb();
    double begin = wall();
    take_any(router, 2 * peers); /* the routing id and the word */
    printf("libzmq conns n=%ld rss_kb_per_peer=%.3f accept_s=%.3f", peers,
           (double) (resident_kb() - before) / (double) peers, wall() - begin);
    if (seconds > 0) {
        printf(" idle_cpu_percent=%.3f", idle_cpu_percent((unsigned) seconds));
    }
    puts("");
    leave();
}

static void greet(int type) {
    for (long i = 0; i < number(1); i++) {
        must(zmq_send(connected(type, word(0)), HELLO, HELLO_SIZE, 0), "send");
    }
    stay_until_input_ends();
}

static void connect_peers(void) {
    greet(ZMQ_DEALER);
}

static void idle_peers(void) {
    greet(ZMQ_PUSH);
}

static void version(void) {
    int major, minor, patch;
    zmq_version(&major, &minor, &patch);
    printf("%d.%d.%d\n", major, minor, patch);
}

static const struct {
    const char *name;
    void (*run)(void);
} works[] = {
    {"thr-recv", throughput_receive}, {"thr-send", throughput_send},   {"inproc-thr", inproc_throughput},
    {"proxy", relay},                 {"lat-rep", latency_reply},      {"lat-req", latency_request},
    {"inproc-lat", inproc_latency},   {"fan-pub", fan_publish},        {"fan-sub", fan_subscribe},
    {"topics-pub", topics_publish},   {"topics-sub", topics_subscribe}, {"conns", accept_peers},
    {"conns-cli", connect_peers},     {"idle", idle_peers},            {"version", version},
};

int main(int argc, char **argv) {
    context = zmq_ctx_new();
    zmq_ctx_set(context, ZMQ_MAX_SOCKETS, 20000);
    words = argv + 2;
    word_count = argc - 2;
    for (size_t i = 0; argc > 1 && i < sizeof works / sizeof *works; i++) {
        if (strcmp(argv[1], works[i].name) == 0) {
            works[i].run();
            return 0;
        }
    }
    fputs("usage: libzmq-peer WORK ARGUMENTS: see Peer.java\n", stderr);
    return 2;
}

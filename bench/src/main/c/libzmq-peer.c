/*
 * One process of a measurement, with libzmq: the same works, arguments and output as the Java program in
 * io.lingmq.bench.peer, whose MeasuredProgram.java lists them. Build: cc -O2 -o libzmq-peer libzmq-peer.c -lzmq -lpthread
 */
#include "basics.h"
#include "pace.h"
#include "polled.h"
#include "delays.h"
#include "paced.h"

#define INPROC "inproc://work"
#define HELLO "hi"
#define HELLO_SIZE 2
#define ROUND_TRIPS_OF_A_MS 5000 /* at most */
#define MOST_BYTES_THAT_WAIT (64L * 1024 * 1024)
#define DEFAULT_MARK 1000
#define STRIDE 7919L /* a prime: see Topics.java */

/* ---- Throughput */

static long pour_batch(void) {
    for (int i = 0; i < BATCH; i++) {
        give(socket_at_work, size_at_work, NULL);
    }
    return BATCH;
}

static long take_batch(void) {
    zmq_msg_t message;
    zmq_msg_init(&message);
    for (int i = 0; i < BATCH; i++) {
        take(socket_at_work, &message, size_at_work);
    }
    zmq_msg_close(&message);
    return BATCH;
}

/* All begins with the first message, so that neither start-up nor connecting counts. */
static measured receive(void *socket, size_t size, int pace_index) {
    zmq_msg_t message;
    zmq_msg_init(&message);
    take(socket, &message, size);
    socket_at_work = socket;
    size_at_work = size;
    repeat(seconds_at(pace_index), take_batch);
    return measure(pace_index + 1, take_batch);
}

static void drain(const char *label, const char *who, void *pull, size_t size, int pace_index) {
    measured it = receive(pull, size, pace_index);
    printf("libzmq %s size=%zu msg_per_s=%.3f mb_per_s=%.3f", label, size, per_second(it),
           per_second(it) * (double) size / 1e6);
    print_cost(who, it);
    leave();
}

/* A thousand of the largest, as many as the default high-water mark lets wait, would be 16 GiB at each side. */
static void limit_memory(void *socket, long size) {
    long mark = MOST_BYTES_THAT_WAIT / (size > 0 ? size : 1);
    if (mark < DEFAULT_MARK) {
        set(socket, ZMQ_SNDHWM, (int) mark);
        set(socket, ZMQ_RCVHWM, (int) mark);
    }
}

static void throughput_receive(void) {
    long idle = number_or_zero(4);
    void *pull = open_socket(ZMQ_PULL);
    limit_memory(pull, number(1));
    if (idle > 0) {
        set(pull, ZMQ_BACKLOG, BACKLOG);
    }
    must(zmq_bind(pull, word(0)), "bind");
    take_any(pull, idle);
    say_ready();
    drain("thr", "receiver", pull, (size_t) number(1), 2);
}

static void throughput_send(void) {
    socket_at_work = open_socket(ZMQ_PUSH);
    size_at_work = (size_t) number(1);
    limit_memory(socket_at_work, number(1));
    must(zmq_connect(socket_at_work, word(0)), "connect");
    stay_and_measure("thr-send", 2, pour_batch);
}

static void *pour_inproc(void *unused) {
    void *push = connected(ZMQ_PUSH, INPROC);
    size_t size = (size_t) number(0);
    for (;;) {
        give(push, size, NULL);
    }
    return unused;
}

static void inproc_throughput(void) {
    void *pull = bound(ZMQ_PULL, INPROC);
    in_thread(pour_inproc);
    drain("inproc-thr", "both", pull, (size_t) number(0), 1);
}

static void relay(void) {
    void *pull = bound(ZMQ_PULL, word(0));
    void *push = connected(ZMQ_PUSH, word(1));
    in_thread(end_with_input);
    zmq_proxy(pull, push, NULL);
}

/* ---- Latency */

static int by_value(const void *left, const void *right) {
    double a = *(const double *) left;
    double b = *(const double *) right;
    return (a > b) - (a < b);
}

static double mean(const double *values, long count) {
    double sum = 0;
    for (long i = 0; i < count; i++) {
        sum += values[i];
    }
    return sum / (double) count;
}

static double percentile(const double *sorted, long count, double percent) {
    long index = (long) ((double) count * percent / 100);
    return sorted[index < count ? index : count - 1];
}

static double *one_way_us;
static long round_trips;
static long most_round_trips;

static long round_trip(void) {
    zmq_msg_t message;
    zmq_msg_init(&message);
    double sent = wall();
    give(socket_at_work, size_at_work, NULL);
    take(socket_at_work, &message, size_at_work);
    one_way_us[round_trips++ % most_round_trips] = (wall() - sent) / 2 * 1e6;
    zmq_msg_close(&message);
    return 1;
}

static void ping(const char *label, const char *who, void *req, size_t size, int pace_index) {
    most_round_trips = (number(pace_index + 1) + 1) * ROUND_TRIPS_OF_A_MS;
    one_way_us = allocate((size_t) most_round_trips * sizeof *one_way_us);
    socket_at_work = req;
    size_at_work = size;
    round_trip(); /* finds the peer, for which the run-up waits */
    repeat(seconds_at(pace_index), round_trip);
    round_trips = 0;
    measured it = measure(pace_index + 1, round_trip);
    qsort(one_way_us, (size_t) it.count, sizeof *one_way_us, by_value);
    printf("libzmq %s size=%zu p50_us=%.3f p90_us=%.3f p99_us=%.3f p999_us=%.3f mean_us=%.3f", label, size,
           percentile(one_way_us, it.count, 50), percentile(one_way_us, it.count, 90),
           percentile(one_way_us, it.count, 99), percentile(one_way_us, it.count, 99.9), mean(one_way_us, it.count));
    print_cost(who, it);
    leave();
}

static long echo(void) {
    zmq_msg_t message;
    zmq_msg_init(&message);
    must(zmq_msg_recv(&message, socket_at_work, 0), "receive");
    must(zmq_msg_send(&message, socket_at_work, 0), "send");
    return 1;
}

static void *echo_inproc(void *unused) {
    void *rep = connected(ZMQ_REP, INPROC);
    zmq_msg_t message;
    zmq_msg_init(&message);
    for (;;) {
        must(zmq_msg_recv(&message, rep, 0), "receive");
        must(zmq_msg_send(&message, rep, 0), "send");
    }
    return unused;
}

static void inproc_latency(void) {
    void *req = bound(ZMQ_REQ, INPROC);
    in_thread(echo_inproc);
    ping("inproc-lat", "both", req, (size_t) number(0), 1);
}

static void latency_request(void) {
    ping("lat", "receiver", connected(ZMQ_REQ, word(0)), (size_t) number(1), 2);
}

static void latency_reply(void) {
    socket_at_work = bound(ZMQ_REP, word(0));
    stay_and_measure("lat-rep", 1, echo);
}

/* ---- Several requests on the way */

static long answer(void) {
    zmq_msg_t client;
    zmq_msg_t body;
    zmq_msg_init(&client);
    zmq_msg_init(&body);
    must(zmq_msg_recv(&client, socket_at_work, 0), "receive");
    must(zmq_msg_recv(&body, socket_at_work, 0), "receive");
    must(zmq_msg_send(&client, socket_at_work, ZMQ_SNDMORE), "send");
    must(zmq_msg_send(&body, socket_at_work, 0), "send");
    return 1;
}

static void requests_answer(void) {
    socket_at_work = bound(ZMQ_ROUTER, word(0));
    stay_and_measure("answer", 1, answer);
}

static void ask(void *dealer) {
    give(dealer, size_at_work, NULL);
}

static long ask_again(void) {
    return drain_ready(ask, NULL);
}

static void requests_ask(void) {
    long window = number(3);
    size_at_work = (size_t) number(1);
    poll_many(ZMQ_DEALER, (int) number(2));
    for (int i = 0; i < polled_count; i++) {
        must(zmq_connect(polled[i].socket, word(0)), "connect");
        for (long sent = 0; sent < window; sent++) {
            ask(polled[i].socket);
        }
    }
    ask_again(); /* finds the server, for which the run-up waits */
    repeat(seconds_at(4), ask_again);
    measured it = measure(5, ask_again);
    printf("libzmq requests size=%zu clients=%d window=%ld answers_per_s=%.3f", size_at_work, polled_count, window,
           per_second(it));
    print_cost("receiver", it);
    leave();
}

/* ---- Many threads that ask */

static atomic_long answers;

static void *ask_and_wait(void *unused) {
    void *req = connected(ZMQ_REQ, word(0));
    size_t size = (size_t) number(1);
    zmq_msg_t message;
    zmq_msg_init(&message);
    for (;;) {
        give(req, size, NULL);
        take(req, &message, size);
        atomic_fetch_add_explicit(&answers, 1, memory_order_relaxed);
    }
    return unused;
}

/* As Calls.java; all threads are of the platform. */
static void call(void) {
    long callers = number(2);
    measured it;
    for (long i = 0; i < callers; i++) {
        in_thread(ask_and_wait);
    }
    while (answers < callers) {
        usleep(1000); /* the run-up begins when they have found the server */
    }
    usleep((useconds_t) (number(4) * 1000));
    long before = answers;
    double begin = wall();
    double cpu_begin = cpu();
    usleep((useconds_t) (number(5) * 1000));
    it.count = answers - before;
    it.cpu_seconds = cpu() - cpu_begin;
    it.seconds = wall() - begin;
    printf("libzmq calls size=%ld callers=%ld answers_per_s=%.3f", number(1), callers, per_second(it));
    print_cost("receiver", it);
    leave();
}

/* ---- Publish and subscribe */

static void fan_publish(void) {
    void *xpub = publisher(word(0), 0);
    take_any(xpub, number(2));
    socket_at_work = xpub;
    size_at_work = (size_t) number(1);
    stay_and_repeat(pour_batch);
}

static long drain_subscribers(void) {
    return drain_ready(NULL, NULL);
}

static void fan_subscribe(void) {
    size_at_work = (size_t) number(1);
    poll_many(ZMQ_SUB, (int) number(2));
    for (int i = 0; i < polled_count; i++) {
        must(zmq_setsockopt(polled[i].socket, ZMQ_SUBSCRIBE, "", 0), "subscribe");
        must(zmq_connect(polled[i].socket, word(0)), "connect");
    }
    must(zmq_poll(polled, polled_count, -1), "poll");
    repeat(seconds_at(3), drain_subscribers);
    measured it = measure(4, drain_subscribers);
    printf("libzmq fan size=%zu subscribers=%d deliveries_per_s=%.3f", size_at_work, polled_count, per_second(it));
    print_cost("receiver", it);
    leave();
}

static char *all_topics(long count) {
    char *all = allocate((size_t) count * TOPIC_SIZE + 1);
    for (long i = 0; i < count; i++) {
        sprintf(all + i * TOPIC_SIZE, "%08ld", i % 100000000L);
    }
    return all;
}

static char *topics;
static long topic_count;

static long pour_topics(void) {
    static long next;
    for (int i = 0; i < BATCH; i++) {
        give(socket_at_work, size_at_work, topics + next++ * STRIDE % topic_count * TOPIC_SIZE);
    }
    return BATCH;
}

static void topics_publish(void) {
    size_at_work = (size_t) number(1);
    topic_count = number(2);
    topics = all_topics(topic_count);
    void *xpub = publisher(word(0), 1);
    take_any(xpub, 1);
    double begin = wall();
    take_any(xpub, topic_count - 1);
    printf("libzmq topics-pub subscribe_s=%.3f\n", wall() - begin);
    fflush(stdout);
    socket_at_work = xpub;
    stay_and_repeat(pour_topics);
}

static void topics_subscribe(void) {
    topic_count = number(2);
    topics = all_topics(topic_count);
    void *sub = open_socket(ZMQ_SUB);
    set(sub, ZMQ_SNDHWM, 0);
    for (long i = 0; i < topic_count; i++) {
        must(zmq_setsockopt(sub, ZMQ_SUBSCRIBE, topics + i * TOPIC_SIZE, TOPIC_SIZE), "subscribe");
    }
    must(zmq_connect(sub, word(0)), "connect");
    measured it = receive(sub, (size_t) number(1), 3);
    printf("libzmq topics topics=%ld msg_per_s=%.3f", topic_count, per_second(it));
    print_cost("receiver", it);
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
    bind_and_say_so(router, word(0));
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
    {"answer", requests_answer},      {"ask", requests_ask},          {"call", call},
    {"pace-recv", paced_receive},     {"pace-send", paced_send},
    {"pace-route", paced_route},      {"pace-deal", paced_deal},
    {"pace-pub", paced_publish},      {"pace-sub", paced_subscribe},
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
    fputs("usage: libzmq-peer WORK ARGUMENTS: see MeasuredProgram.java\n", stderr);
    return 2;
}

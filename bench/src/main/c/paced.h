/* Streams of a given rate, as in Paced.java and Timetable.java. */

#define SECOND_NS 1000000000LL
#define PACED_TOPICS 10
#define GREETINGS 1001 /* more than the default high-water mark lets wait */

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * SECOND_NS + now.tv_nsec;
}

/* ---- Sending */

static int64_t first_due_ns;
static long paced_rate;
static long paced_peers;

/* Sleeps until the message is due, not at all if it is late; returns when it was due. */
static int64_t await_due(long index) {
    int64_t due_ns = first_due_ns + index * SECOND_NS / paced_rate;
    struct timespec due = {due_ns / SECOND_NS, due_ns % SECOND_NS};
    while (now_ns() < due_ns) {
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
    }
    return due_ns;
}

/* The last eight octets say when it should have left. */
static void give_stamped(void *socket, size_t size, char topic, int64_t due_ns) {
    zmq_msg_t message;
    uint64_t stamp = htole64((uint64_t) due_ns);
    must(zmq_msg_init_size(&message, size), "message");
    memset(zmq_msg_data(&message), 0, size);
    *(char *) zmq_msg_data(&message) = topic;
    memcpy((char *) zmq_msg_data(&message) + size - sizeof stamp, &stamp, sizeof stamp);
    must(zmq_msg_send(&message, socket, 0), "send");
}

static void **paced_pushes;

/* The times begin when the connection stands: the last greeting is taken only then. */
static void *greeted(void *socket, size_t size) {
    for (int i = 0; i < GREETINGS; i++) {
        give_stamped(socket, size, 0, now_ns());
    }
    return socket;
}

static void *send_paced(void *first) {
    long index = (long) (intptr_t) first;
    void *push = paced_pushes[index];
    size_t size = (size_t) number(1);
    for (;; index += paced_peers) {
        give_stamped(push, size, 0, await_due(index));
    }
    return NULL;
}

static void *start_paced_senders(void *unused) {
    paced_pushes = allocate((size_t) paced_peers * sizeof *paced_pushes);
    for (long i = 0; i < paced_peers; i++) {
        paced_pushes[i] = greeted(connected(ZMQ_PUSH, word(0)), (size_t) number(1));
    }
    first_due_ns = now_ns();
    for (long i = 0; i < paced_peers; i++) {
        in_thread_with(send_paced, (void *) (intptr_t) i);
    }
    return unused;
}

/* Many sockets take turns in one thread. */
static void *deal_paced(void *unused) {
    size_t size = (size_t) number(1);
    void **dealers = allocate((size_t) paced_peers * sizeof *dealers);
    for (long i = 0; i < paced_peers; i++) {
        dealers[i] = connected(ZMQ_DEALER, word(0));
    }
    first_due_ns = now_ns();
    for (long index = 0;; index++) {
        give_stamped(dealers[index % paced_peers], size, 0, await_due(index));
    }
    return unused;
}

static void *publish_paced(void *xpub) {
    size_t size = (size_t) number(1);
    first_due_ns = now_ns();
    for (long index = 0;; index++) {
        give_stamped(xpub, size, (char) (index % PACED_TOPICS), await_due(index));
    }
    return NULL;
}

/* Waits for the end of the input; then prints what sending cost since the run-up. */
static void stay_and_print_cpu(int run_up_index) {
    usleep((useconds_t) (number(run_up_index) * 1000));
    double begin = wall();
    double cpu_begin = cpu();
    await_end_of_input();
    printf("libzmq pace-send sender_cpu_percent=%.3f\n", 100 * (cpu() - cpu_begin) / (wall() - begin));
    leave();
}

static void read_pace(void) {
    paced_rate = number(2);
    paced_peers = number(3);
}

static void paced_send(void) {
    read_pace();
    in_thread(start_paced_senders);
    stay_and_print_cpu(4);
}

static void paced_deal(void) {
    read_pace();
    in_thread(deal_paced);
    stay_and_print_cpu(4);
}

static void paced_publish(void) {
    read_pace();
    void *xpub = publisher(word(0), 0);
    take_any(xpub, paced_peers);
    in_thread_with(publish_paced, xpub);
    stay_and_print_cpu(4);
}

/* ---- Receiving */

static void note_arrival(zmq_msg_t *message) {
    uint64_t stamp;
    memcpy(&stamp, (char *) zmq_msg_data(message) + size_at_work - sizeof stamp, sizeof stamp);
    add_delay(now_ns() - (int64_t) le64toh(stamp));
}

static long take_stamped(void) {
    zmq_msg_t message;
    zmq_msg_init(&message);
    take(socket_at_work, &message, size_at_work);
    note_arrival(&message);
    zmq_msg_close(&message);
    return 1;
}

/* From a ROUTER: the sender's routing id is in front. */
static long take_routed(void) {
    zmq_msg_t id;
    zmq_msg_init(&id);
    must(zmq_msg_recv(&id, socket_at_work, 0), "receive");
    zmq_msg_close(&id);
    return take_stamped();
}

static long take_published(void) {
    return drain_ready(NULL, note_arrival);
}

/* All begins with the first message, so that neither start-up nor connecting counts. Ends the line. */
static void measure_delays(int pace_index, piece_of_work piece) {
    piece();
    repeat(seconds_at(pace_index), piece);
    forget_delays();
    measured it = measure(pace_index + 1, piece);
    print_delays();
    printf(" msg_per_s=%.3f receiver_cpu_percent=%.3f\n", per_second(it), 100 * it.cpu_seconds / it.seconds);
    leave();
}

static void print_pace(const char *peers) {
    printf("libzmq pace size=%zu rate=%ld %s=%ld", size_at_work, number(2), peers, number(3));
}

static void paced_receive(void) {
    size_at_work = (size_t) number(1);
    socket_at_work = bound(ZMQ_PULL, word(0));
    print_pace("senders");
    measure_delays(4, take_stamped);
}

static void paced_route(void) {
    size_at_work = (size_t) number(1);
    socket_at_work = open_socket(ZMQ_ROUTER);
    set(socket_at_work, ZMQ_BACKLOG, BACKLOG);
    bind_and_say_so(socket_at_work, word(0));
    print_pace("senders");
    measure_delays(4, take_routed);
}

static void paced_subscribe(void) {
    size_at_work = (size_t) number(1);
    poll_many(ZMQ_SUB, (int) number(3));
    for (int i = 0; i < polled_count; i++) {
        char topic = (char) (i % PACED_TOPICS);
        must(zmq_setsockopt(polled[i].socket, ZMQ_SUBSCRIBE, &topic, 1), "subscribe");
        must(zmq_connect(polled[i].socket, word(0)), "connect");
    }
    print_pace("subscribers");
    measure_delays(4, take_published);
}

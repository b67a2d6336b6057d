/* Streams of a given rate, as in Paced.java and Timetable.java. */

#define SECOND_NS 1000000000LL

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * SECOND_NS + now.tv_nsec;
}

/* ---- Sending */

static int64_t first_due_ns;
static long paced_rate;
static long paced_senders;

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
static void give_stamped(void *socket, size_t size, int64_t due_ns) {
    zmq_msg_t message;
    uint64_t stamp = htole64((uint64_t) due_ns);
    must(zmq_msg_init_size(&message, size), "message");
    memset(zmq_msg_data(&message), 0, size);
    memcpy((char *) zmq_msg_data(&message) + size - sizeof stamp, &stamp, sizeof stamp);
    must(zmq_msg_send(&message, socket, 0), "send");
}

static void *send_paced(void *first) {
    void *push = connected(ZMQ_PUSH, word(0));
    size_t size = (size_t) number(1);
    for (long index = (long) (intptr_t) first;; index += paced_senders) {
        give_stamped(push, size, await_due(index));
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

static void paced_send(void) {
    paced_rate = number(2);
    paced_senders = number(3);
    first_due_ns = now_ns();
    for (long i = 0; i < paced_senders; i++) {
        in_thread_with(send_paced, (void *) (intptr_t) i);
    }
    stay_and_print_cpu(4);
}

/* ---- Receiving */

static long take_stamped(void) {
    zmq_msg_t message;
    uint64_t stamp;
    zmq_msg_init(&message);
    take(socket_at_work, &message, size_at_work);
    memcpy(&stamp, (char *) zmq_msg_data(&message) + size_at_work - sizeof stamp, sizeof stamp);
    add_delay(now_ns() - (int64_t) le64toh(stamp));
    zmq_msg_close(&message);
    return 1;
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

static void paced_receive(void) {
    socket_at_work = bound(ZMQ_PULL, word(0));
    size_at_work = (size_t) number(1);
    printf("libzmq pace size=%zu rate=%ld senders=%ld", size_at_work, number(2), number(3));
    measure_delays(4, take_stamped);
}

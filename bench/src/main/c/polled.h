/* Many sockets of one thread. */

static zmq_pollitem_t *polled;
static int polled_count;

static void poll_many(int type, int count) {
    polled_count = count;
    polled = allocate((size_t) count * sizeof *polled);
    for (int i = 0; i < count; i++) {
        polled[i].socket = open_socket(type);
        polled[i].events = ZMQ_POLLIN;
    }
}

/* Takes all there is, and calls each given function, if any, with the message, and with the socket it came from. */
static long drain_ready(void (*then)(void *), void (*look)(zmq_msg_t *)) {
    zmq_msg_t message;
    long received = 0;
    must(zmq_poll(polled, polled_count, -1), "poll");
    zmq_msg_init(&message);
    for (int i = 0; i < polled_count; i++) {
        while (polled[i].revents != 0 && zmq_msg_recv(&message, polled[i].socket, ZMQ_DONTWAIT) >= 0) {
            if (zmq_msg_size(&message) != size_at_work) {
                fail("size");
            }
            if (look != NULL) {
                look(&message);
            }
            if (then != NULL) {
                then(polled[i].socket);
            }
            received++;
        }
    }
    zmq_msg_close(&message);
    return received;
}

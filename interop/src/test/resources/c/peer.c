/* A libzmq peer that is told what to do: one command a line on standard input, one answer a line on standard output.
 *
 *   open ID TYPE              a socket, for example "open a DEALER"
 *   set ID OPTION NUMBER      an option of libzmq, by its number
 *   name ID OPTION HEX        an option whose value is octets; "-" is none
 *   bind ID ENDPOINT          answers with the real endpoint
 *   connect ID ENDPOINT       also unbind, disconnect
 *   send ID FRAMES            waits up to 10 s where it cannot be sent yet
 *   recv ID MS FRAMES         receives a message and compares it
 *   take ID MS                receives a message and answers with its frames in hex
 *   pour ID FIRST COUNT SIZE  sends messages that carry consecutive numbers
 *   tell ID COUNT MS          receives such messages, a line "n NUMBER" for each, until so many or a silence
 *   echo ID COUNT MS          sends each message back that it receives
 *   poke ID                   lets libzmq do what waits: it works for a socket only inside its calls
 *   close ID
 *
 * FRAMES are parted by commas: "hex:" with digits, "gen:SEED:SIZE" for a generated body, "*" for any frame, which is
 * kept, and "@" for the frames that were kept last. Answers begin with "ok" or with "err" and the reason. */
#include <zmq.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_SOCKETS = 64, MOST_FRAMES = 16, BLOCK = 4096, SEND_PATIENCE_MS = 10000 };

typedef struct { unsigned char *data; size_t size; } bytes_t;
typedef struct { char id[16]; void *socket; bytes_t kept[MOST_FRAMES]; int kept_count; } peer_socket_t;

static void *context;
static peer_socket_t sockets[MOST_SOCKETS];

static int fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    printf("err ");
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
    return -1;
}

static int fail_zmq(const char *what) { return fail("%s: %s", what, zmq_strerror(zmq_errno())); }

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000L + t.tv_nsec / 1000000L;
}

static void *allocate(size_t size)
{
    void *memory = malloc(size ? size : 1);
    if (!memory)
        abort();
    return memory;
}

/* The body that io.lingmq.testkit.Bodies describes. */
static bytes_t generate(unsigned seed, size_t size)
{
    unsigned char block[BLOCK];
    unsigned x = seed;
    for (int i = 0; i < BLOCK; i++) {
        x = x * 1103515245u + 12345u;
        block[i] = (unsigned char) (x >> 16);
    }
    bytes_t body = {allocate(size), size};
    for (size_t at = 0; at < size; at += BLOCK) {
        size_t shift = at / BLOCK % BLOCK, left = size - at;
        size_t head = left < BLOCK - shift ? left : BLOCK - shift;
        memcpy(body.data + at, block + shift, head);
        left -= head;
        memcpy(body.data + at + head, block, left < shift ? left : shift);
    }
    if (size > 0)
        body.data[0] |= 0x80;
    return body;
}

static bytes_t from_hex(const char *hex)
{
    size_t size = strlen(hex) / 2;
    bytes_t octets = {allocate(size), size};
    for (size_t i = 0; i < size; i++) {
        unsigned octet = 0;
        sscanf(hex + 2 * i, "%2x", &octet);
        octets.data[i] = (unsigned char) octet;
    }
    return octets;
}

static bytes_t frame(const char *word)
{
    unsigned seed;
    size_t size;
    if (sscanf(word, "gen:%u:%zu", &seed, &size) == 2)
        return generate(seed, size);
    return from_hex(strncmp(word, "hex:", 4) == 0 ? word + 4 : "");
}

static peer_socket_t *find(const char *id)
{
    for (int i = 0; i < MOST_SOCKETS; i++)
        if (sockets[i].socket && strcmp(sockets[i].id, id) == 0)
            return &sockets[i];
    return NULL;
}

static int type_number(const char *name)
{
    static const char *names[] = {"PAIR", "PUB", "SUB", "REQ", "REP", "DEALER", "ROUTER", "PULL", "PUSH", "XPUB", "XSUB", "STREAM"};
    for (int i = 0; i < 12; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static int open_socket(const char *id, const char *type)
{
    for (int i = 0; i < MOST_SOCKETS; i++) {
        if (sockets[i].socket)
            continue;
        sockets[i].socket = zmq_socket(context, type_number(type));
        if (!sockets[i].socket)
            return fail_zmq("zmq_socket");
        int linger = 2000, patience = SEND_PATIENCE_MS;
        zmq_setsockopt(sockets[i].socket, ZMQ_LINGER, &linger, sizeof linger);
        zmq_setsockopt(sockets[i].socket, ZMQ_SNDTIMEO, &patience, sizeof patience);
        snprintf(sockets[i].id, sizeof sockets[i].id, "%s", id);
        sockets[i].kept_count = 0;
        return 0;
    }
    return fail("too many sockets");
}

static void forget_kept(peer_socket_t *s)
{
    while (s->kept_count > 0)
        free(s->kept[--s->kept_count].data);
}

/* Sends one frame; a ROUTER's peer may still be on its way. */
static int send_frame(peer_socket_t *s, bytes_t body, int flags)
{
    long end = now_ms() + SEND_PATIENCE_MS;
    while (zmq_send(s->socket, body.data, body.size, flags) < 0) {
        if (zmq_errno() != EHOSTUNREACH || now_ms() > end)
            return fail_zmq("zmq_send");
        zmq_poll(NULL, 0, 1);
    }
    return 0;
}

static int send_kept(peer_socket_t *s, int more)
{
    for (int i = 0; i < s->kept_count; i++)
        if (send_frame(s, s->kept[i], more || i < s->kept_count - 1 ? ZMQ_SNDMORE : 0) < 0)
            return -1;
    return 0;
}

static int send_message(peer_socket_t *s, char *frames)
{
    char *rest, *word = strtok_r(frames, ",", &rest);
    while (word) {
        char *next = strtok_r(NULL, ",", &rest);
        if (strcmp(word, "@") == 0) {
            if (send_kept(s, next != NULL) < 0)
                return -1;
        } else {
            bytes_t body = frame(word);
            int rc = send_frame(s, body, next ? ZMQ_SNDMORE : 0);
            free(body.data);
            if (rc < 0)
                return -1;
        }
        word = next;
    }
    return 0;
}

static int receive_frame(peer_socket_t *s, zmq_msg_t *message, int ms)
{
    zmq_msg_init(message);
    zmq_setsockopt(s->socket, ZMQ_RCVTIMEO, &ms, sizeof ms);
    return zmq_msg_recv(message, s->socket, 0);
}

static bytes_t copy(zmq_msg_t *message)
{
    bytes_t octets = {allocate(zmq_msg_size(message)), zmq_msg_size(message)};
    memcpy(octets.data, zmq_msg_data(message), octets.size);
    return octets;
}

static int compare(zmq_msg_t *message, const char *word, int index)
{
    bytes_t wanted = frame(word);
    size_t size = zmq_msg_size(message);
    int same = size == wanted.size && memcmp(zmq_msg_data(message), wanted.data, size) == 0;
    free(wanted.data);
    return same ? 0 : fail("frame %d has %zu octets, and is not %s", index, size, word);
}

static int receive_message(peer_socket_t *s, int ms, char *frames)
{
    zmq_msg_t message;
    int failed = 0, more = 1, index = 0;
    char *rest, *word = strtok_r(frames, ",", &rest);
    forget_kept(s);
    for (; more; index++, word = word ? strtok_r(NULL, ",", &rest) : NULL) {
        if (receive_frame(s, &message, ms) < 0)
            return fail_zmq("zmq_msg_recv");
        more = zmq_msg_more(&message);
        if (!failed && !word)
            failed = fail("there are more frames than wanted");
        else if (!failed && strcmp(word, "*") == 0)
            s->kept[s->kept_count++] = copy(&message);
        else if (!failed)
            failed = compare(&message, word, index);
        zmq_msg_close(&message);
    }
    return failed ? -1 : word ? fail("only %d frames came", index) : 0;
}

static int take(peer_socket_t *s, int ms)
{
    zmq_msg_t message;
    int more = 1, index = 0;
    for (; more; index++) {
        if (receive_frame(s, &message, ms) < 0)
            return fail_zmq("zmq_msg_recv");
        more = zmq_msg_more(&message);
        printf(index == 0 ? "ok " : ",");
        for (size_t i = 0; i < zmq_msg_size(&message); i++)
            printf("%02x", ((unsigned char *) zmq_msg_data(&message))[i]);
        zmq_msg_close(&message);
    }
    printf("\n");
    return 1;
}

static int pour(peer_socket_t *s, int first, int count, size_t size)
{
    bytes_t body = generate(1, size);
    for (int n = first; n < first + count; n++) {
        char number[9];
        snprintf(number, sizeof number, "%08d", n);
        memcpy(body.data, number, 8);
        if (zmq_send(s->socket, body.data, size, 0) < 0) {
            free(body.data);
            return fail_zmq("zmq_send");
        }
    }
    free(body.data);
    return 0;
}

static int tell(peer_socket_t *s, int count, int ms)
{
    zmq_msg_t message;
    for (int i = 0; i < count && receive_frame(s, &message, ms) >= 0; i++) {
        printf("n %.8s\n", (char *) zmq_msg_data(&message));
        fflush(stdout);
        zmq_msg_close(&message);
    }
    return 0;
}

static int echo(peer_socket_t *s, int count, int ms)
{
    zmq_msg_t message;
    for (int i = 0; i < count;) {
        if (receive_frame(s, &message, ms) < 0)
            return fail_zmq("zmq_msg_recv");
        int more = zmq_msg_more(&message);
        if (zmq_msg_send(&message, s->socket, more ? ZMQ_SNDMORE : 0) < 0)
            return fail_zmq("zmq_msg_send");
        i += !more;
    }
    return 0;
}

static int bind_socket(peer_socket_t *s, const char *endpoint)
{
    char real[512];
    size_t size = sizeof real;
    if (zmq_bind(s->socket, endpoint) < 0)
        return fail_zmq("zmq_bind");
    zmq_getsockopt(s->socket, ZMQ_LAST_ENDPOINT, real, &size);
    printf("ok %s\n", real);
    return 1;
}

static int set_octets(peer_socket_t *s, int option, const char *hex)
{
    bytes_t value = from_hex(strcmp(hex, "-") == 0 ? "" : hex);
    int rc = zmq_setsockopt(s->socket, option, value.data, value.size);
    free(value.data);
    return rc < 0 ? fail_zmq("zmq_setsockopt") : 0;
}

static int set_number(peer_socket_t *s, int option, int value)
{
    return zmq_setsockopt(s->socket, option, &value, sizeof value) < 0 ? fail_zmq("zmq_setsockopt") : 0;
}

static int poke(peer_socket_t *s)
{
    int events;
    size_t size = sizeof events;
    return zmq_getsockopt(s->socket, ZMQ_EVENTS, &events, &size) < 0 ? fail_zmq("zmq_getsockopt") : 0;
}

static int close_socket(peer_socket_t *s)
{
    forget_kept(s);
    zmq_close(s->socket);
    s->socket = NULL;
    return 0;
}

/* 0: answer "ok"; above: has answered; below: has answered with a failure. */
static int obey(char *line)
{
    char *rest, *word[5] = {"", "", "", "", ""};
    int count = 0;
    for (char *w = strtok_r(line, " \n", &rest); w && count < 5; w = strtok_r(NULL, " \n", &rest))
        word[count++] = w;
    if (strcmp(word[0], "open") == 0)
        return open_socket(word[1], word[2]);
    peer_socket_t *s = find(word[1]);
    if (!s)
        return fail("no socket %s", word[1]);
    if (strcmp(word[0], "set") == 0)
        return set_number(s, atoi(word[2]), atoi(word[3]));
    if (strcmp(word[0], "name") == 0)
        return set_octets(s, atoi(word[2]), word[3]);
    if (strcmp(word[0], "bind") == 0)
        return bind_socket(s, word[2]);
    if (strcmp(word[0], "connect") == 0)
        return zmq_connect(s->socket, word[2]) < 0 ? fail_zmq("zmq_connect") : 0;
    if (strcmp(word[0], "unbind") == 0)
        return zmq_unbind(s->socket, word[2]) < 0 ? fail_zmq("zmq_unbind") : 0;
    if (strcmp(word[0], "disconnect") == 0)
        return zmq_disconnect(s->socket, word[2]) < 0 ? fail_zmq("zmq_disconnect") : 0;
    if (strcmp(word[0], "send") == 0)
        return send_message(s, word[2]);
    if (strcmp(word[0], "recv") == 0)
        return receive_message(s, atoi(word[2]), word[3]);
    if (strcmp(word[0], "take") == 0)
        return take(s, atoi(word[2]));
    if (strcmp(word[0], "pour") == 0)
        return pour(s, atoi(word[2]), atoi(word[3]), (size_t) atol(word[4]));
    if (strcmp(word[0], "tell") == 0)
        return tell(s, atoi(word[2]), atoi(word[3]));
    if (strcmp(word[0], "echo") == 0)
        return echo(s, atoi(word[2]), atoi(word[3]));
    if (strcmp(word[0], "poke") == 0)
        return poke(s);
    if (strcmp(word[0], "close") == 0)
        return close_socket(s);
    return fail("unknown command %s", word[0]);
}

int main(void)
{
    char *line = NULL;
    size_t capacity = 0;
    context = zmq_ctx_new();
    printf("ok libzmq %d.%d.%d\n", ZMQ_VERSION_MAJOR, ZMQ_VERSION_MINOR, ZMQ_VERSION_PATCH);
    fflush(stdout);
    while (getline(&line, &capacity, stdin) > 0) {
        if (obey(line) == 0)
            printf("ok\n");
        fflush(stdout);
    }
    return 0;
}

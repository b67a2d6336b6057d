/* A run-up, then a measurement, as in Pace.java and Background.java. */

#define BATCH 100 /* messages between two looks at the clock */

/* A piece of the work; returns how many messages that were. */
typedef long (*piece_of_work)(void);

/* What the pieces work with. */
static void *socket_at_work;
static size_t size_at_work;

typedef struct {
    long count;
    double seconds;
    double cpu_seconds;
} measured;

static double seconds_at(int index) {
    return (double) number(index) / 1e3;
}

static long repeat(double seconds, piece_of_work piece) {
    double begin = wall();
    long count = 0;
    do {
        count += piece();
    } while (wall() - begin < seconds);
    return count;
}

/* The time is the word at the index. */
static measured measure(int index, piece_of_work piece) {
    double begin = wall();
    double cpu_begin = cpu();
    measured result;
    result.count = repeat(seconds_at(index), piece);
    result.cpu_seconds = cpu() - cpu_begin;
    result.seconds = wall() - begin;
    return result;
}

static double per_second(measured it) {
    return (double) it.count / it.seconds;
}

/* Ends the line. This process is the sender, the receiver or both. */
static void print_cost(const char *who, measured it) {
    printf(" %s_count=%ld %s_cpu_us_per_msg=%.3f\n", who, it.count, who,
           it.cpu_seconds * 1e6 / (double) it.count);
    fflush(stdout);
}

static piece_of_work other_side;
static atomic_long done_by_other_side;

static void *repeat_other_side(void *unused) {
    for (;;) {
        atomic_fetch_add_explicit(&done_by_other_side, other_side(), memory_order_relaxed);
    }
    return unused;
}

/* Repeats it until the input ends; then prints what it cost since it had been run up. */
static void stay_and_measure(const char *label, int run_up_index, piece_of_work piece) {
    measured it;
    other_side = piece;
    in_thread(repeat_other_side);
    while (done_by_other_side == 0) {
        usleep(1000);
    }
    usleep((useconds_t) (number(run_up_index) * 1000));
    long before = done_by_other_side;
    double begin = wall();
    double cpu_begin = cpu();
    await_end_of_input();
    it.seconds = wall() - begin;
    it.cpu_seconds = cpu() - cpu_begin;
    it.count = done_by_other_side - before;
    printf("libzmq %s", label);
    print_cost("sender", it);
    leave();
}

static void stay_and_repeat(piece_of_work piece) {
    other_side = piece;
    in_thread(repeat_other_side);
    stay_until_input_ends();
}

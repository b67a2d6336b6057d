/*
 * How long messages were on their way, counted from the time when they should have left, as in Delays.java: a histogram
 * like HdrHistogram's with three digits. A number of nanoseconds keeps its eleven highest bits.
 */
#include <endian.h>
#include <stdint.h>

#define HALF_BITS 10
#define HALF (1L << HALF_BITS)
#define SLOTS (HALF * (65 - HALF_BITS))
#define ENOUGH 100

static uint64_t delays_in[SLOTS];
static uint64_t delay_count;
static uint64_t longest_delay_ns;

static int lost_bits(uint64_t ns) {
    return ns < 2 * HALF ? 0 : 63 - __builtin_clzll(ns) - HALF_BITS;
}

static void add_delay(int64_t signed_ns) {
    uint64_t ns = signed_ns < 0 ? 0 : (uint64_t) signed_ns;
    int lost = lost_bits(ns);
    delays_in[(long) (ns >> lost) + HALF * lost]++;
    delay_count++;
    if (ns > longest_delay_ns) {
        longest_delay_ns = ns;
    }
}

static void forget_delays(void) {
    memset(delays_in, 0, sizeof delays_in);
    delay_count = 0;
    longest_delay_ns = 0;
}

/* The longest delay that is kept in a slot. */
static double slot_us(long slot) {
    int lost = slot < 2 * HALF ? 0 : (int) (slot / HALF - 1);
    return (double) (((uint64_t) (slot - HALF * lost + 1) << lost) - 1) / 1e3;
}

/* Where fewer than a hundred samples lie beyond a percentile, chance decides: it is left out. */
static void print_percentile(const char *name, uint64_t permille) {
    if (delay_count * (1000 - permille) / 1000 < ENOUGH) {
        return;
    }
    uint64_t wanted = (delay_count * permille + 999) / 1000;
    uint64_t seen = 0;
    long slot = -1;
    while (seen < wanted) {
        seen += delays_in[++slot];
    }
    printf(" %s=%.3f", name, slot_us(slot));
}

static void print_delays(void) {
    print_percentile("p50_us", 500);
    print_percentile("p90_us", 900);
    print_percentile("p99_us", 990);
    print_percentile("p999_us", 999);
    printf(" max_us=%.3f", (double) longest_delay_ns / 1e3);
}

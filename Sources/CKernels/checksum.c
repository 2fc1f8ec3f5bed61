#include "ck_search.h"

#include <string.h>

#define LANES 8

// Odd, so that multiplication modulo 2^64 can be undone; bits of 2^64 divided by the golden ratio.
static const uint64_t multiplier = UINT64_C(0x9E3779B97F4A7C15);

static inline uint64_t step(uint64_t lane, uint64_t word) {
    uint64_t mixed = (lane ^ word) * multiplier;
    // Multiplication carries differences upwards only; the rotation brings them down again.
    return mixed << 29 | mixed >> 35;
}

uint64_t ck_checksum(const void *bytes, size_t count) {
    const unsigned char *next = bytes;
    uint64_t lanes[LANES], words[LANES];
    for (uint64_t i = 0; i < LANES; i++) lanes[i] = i + 1;
    size_t rest = count;
    for (; rest >= sizeof words; rest -= sizeof words, next += sizeof words) {
        memcpy(words, next, sizeof words);
        for (int i = 0; i < LANES; i++) lanes[i] = step(lanes[i], words[i]);
    }
    memset(words, 0, sizeof words);
    if (rest > 0) memcpy(words, next, rest);
    for (int i = 0; i < LANES; i++) lanes[i] = step(lanes[i], words[i]);
    uint64_t sum = step(0, count);
    for (int i = 0; i < LANES; i++) sum = step(sum, lanes[i]);
    return sum ^ sum >> 32;
}

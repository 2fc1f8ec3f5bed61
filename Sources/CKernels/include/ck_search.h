#ifndef CARREL_CK_SEARCH_H
#define CARREL_CK_SEARCH_H

#include "CKernels.h"

#include <stddef.h>
#include <stdint.h>

/// Kernels of the graph index and its files. They stand apart from `ck_kernels` because a walk through a graph reads
/// rows in no order, while the kernels of that table read blocks.

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// Rows of one segment; a row's number is segment × 65,536 + place.
#define CK_SEGMENT_SHIFT 16

/// The step in which the length of a gathered row grows, in elements.
#define CK_GATHER_STEP 64

/// result[i] = Σ query[d] × row(rows[i])[d], where row(r) = segments[r >> 16] + (r & 65,535) × stride.
///
/// `stride` is a multiple of CK_GATHER_STEP; elements behind the vector are zero in the query or in the rows. The
/// caller keeps 128 × max|query| × dimensions below 2^31. Rows are fetched into the cache a few ahead. query (stride),
/// rows (count), result (count).
typedef void (*ck_gather_i8)(
    const int16_t *query, const int8_t *_Nonnull const *_Nonnull segments, const uint32_t *rows, size_t count,
    size_t stride, int32_t *result);

/// The gathering product of an instruction set, or NULL when this CPU or build cannot run it.
ck_gather_i8 _Nullable ck_gather_i8_for(ck_instruction_set instruction_set);

/// The fastest gathering product that this CPU can run.
ck_gather_i8 ck_best_gather_i8(void);

/// Asks for the cache line at an address; harmless at any address.
static inline void ck_prefetch(const void *address) { __builtin_prefetch(address); }

/// A 64-bit checksum of `count` bytes, the same on every CPU of little-endian order.
///
/// Eight lanes take 64-bit words in turn: lane = rotate((lane ^ word) × odd constant). Each step is a bijection of the
/// word and of the lane, and so is each step that joins the lanes; therefore a change that stays within one word, such
/// as a flipped byte, always changes the sum, and any other change is missed with a probability of about 2^-64.
/// Against accidents, not against an adversary. Plain C reaches the speed of memory, which CRC-32C does only with
/// instructions of one CPU family.
uint64_t ck_checksum(const void *bytes, size_t count);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif

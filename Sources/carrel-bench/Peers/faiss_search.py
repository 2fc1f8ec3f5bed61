"""FAISS IndexFlatIP on one thread: the peer of the exact search benchmark.

usage: faiss_search.py BASE QUERIES DIMENSIONS COUNT
BASE, QUERIES: little-endian f32, row-major. Prints the p50 and p99 of a search in milliseconds, then the rows found for
each query, one line each.
"""
import sys
import time

import faiss
import numpy as np


def main():
    dimensions, count = int(sys.argv[3]), int(sys.argv[4])
    base, queries = (np.fromfile(path, "<f4").reshape(-1, dimensions) for path in sys.argv[1:3])
    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(dimensions)
    index.add(base)
    index.search(queries[:8], count)
    times, found = [], []
    for query in queries:
        start = time.perf_counter()
        _, rows = index.search(query[None], count)
        times.append((time.perf_counter() - start) * 1e3)
        found.append(rows[0])
    print(np.percentile(times, 50), np.percentile(times, 99))
    for rows in found:
        print(*rows)


main()

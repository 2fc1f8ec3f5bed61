"""hnswlib with M 16 and a construction breadth of 100: the peer of the graph search benchmark.

usage: hnswlib_search.py BASE QUERIES TRUTH DIMENSIONS COUNT THREADS
BASE, QUERIES: little-endian f32, row-major; TRUTH: little-endian i32, COUNT row numbers for each query.
Raises the breadth of the search until the recall is 0.99, then prints the seconds of the build on THREADS threads, the p50
and p99 of a search on one thread in milliseconds, the recall, and the breadth.
"""
import sys
import time

import hnswlib
import numpy as np

BREADTHS = (10, 20, 30, 40, 50, 60, 80, 100, 120, 140, 160, 200, 250, 300, 400, 600)


def search(index, queries, truth, count):
    times, found = [], 0
    for query, nearest in zip(queries, truth):
        start = time.perf_counter()
        rows, _ = index.knn_query(query[None], count)
        times.append((time.perf_counter() - start) * 1e3)
        found += len(set(rows[0]) & set(nearest))
    return times, found / truth.size


def main():
    dimensions, count, threads = (int(text) for text in sys.argv[4:7])
    base, queries = (np.fromfile(path, "<f4").reshape(-1, dimensions) for path in sys.argv[1:3])
    truth = np.fromfile(sys.argv[3], "<i4").reshape(-1, count)
    index = hnswlib.Index("ip", dimensions)
    index.init_index(len(base), M=16, ef_construction=100, random_seed=1)
    start = time.perf_counter()
    index.add_items(base, num_threads=threads)
    building = time.perf_counter() - start
    index.set_num_threads(1)
    for breadth in BREADTHS:
        index.set_ef(max(breadth, count))
        times, recall = search(index, queries, truth, count)
        if recall >= 0.99:
            break
    print(building, np.percentile(times, 50), np.percentile(times, 99), recall, breadth)


main()

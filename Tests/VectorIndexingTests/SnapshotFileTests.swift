import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import VectorIndexing

struct SnapshotFileTests {
    private static let options = AdaptiveIndexOptions(graphFrom: 200, threads: 2)

    private func filled(
        _ count: Int, dimensions: Int = 12, seed: UInt64 = 1, options: AdaptiveIndexOptions = Self.options
    ) throws -> AdaptiveVectorIndex {
        var rows = ClusteredRows(seed: seed, dimensions: dimensions, centres: 20)
        let index = AdaptiveVectorIndex(options: options)
        try index.insert(rows.entries(count))
        for document in stride(from: Int64(0), to: Int64(count / 10), by: 7) { index.remove(document: document) }
        index.settle()
        return index
    }

    private func opened(_ path: String, generation: UInt64 = 5) throws(SnapshotFileError) -> AdaptiveVectorIndex {
        try AdaptiveVectorIndex.open(path: path, generation: generation, options: Self.options)
    }

    @Test(
        "a reopened index answers as before, small and exact or with a graph", arguments: [0, 1, 63, 150, 2000, 5000])
    func roundTrip(count: Int) throws {
        let folder = try TemporaryDirectory()
        let index = try filled(count)
        try index.image().write(to: folder.file("index"), generation: 5)
        let reopened = try opened(folder.file("index"))
        reopened.settle()
        #expect(reopened.count == index.count && reopened.dimensions == index.dimensions)
        #expect(reopened.linkedCount == index.linkedCount)
        var rows = ClusteredRows(seed: 1, dimensions: 12, centres: 20)
        for _ in 0..<20 {
            let query = rows.vector()
            #expect(try reopened.search(query, count: 10) == index.search(query, count: 10))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["index"])
    }

    @Test("a reopened index takes insertions and removals, and its file does not change", arguments: [100, 3000])
    func changesAfterReopening(count: Int) throws {
        let folder = try TemporaryDirectory()
        let path = folder.file("index")
        try filled(count).image().write(to: path, generation: 5)
        let bytes = try Data(contentsOf: URL(filePath: path))
        let index = try opened(path)
        var rows = ClusteredRows(seed: 2, dimensions: 12, centres: 20)
        let added = rows.entries(1000, from: Int64(count) + 1000)
        try index.insert(added)
        // Ids that came from the file are known.
        try index.insert([VectorEntry(id: Int64(count) - 1, document: 99_999, vector: added[0].vector)])
        for document in stride(from: Int64(1), to: Int64(count / 10), by: 7) { index.remove(document: document) }
        index.settle()
        for entry in added.prefix(100) {
            #expect(try index.search(entry.vector, count: 3).contains { $0.id == entry.id })
        }
        let all = try index.search(rows.vector(), count: .max)
        #expect(all.count == index.count && all.allSatisfy { $0.document != 99_999 })
        #expect(all.allSatisfy { $0.id >= Int64(count) || ($0.document % 7 != 0 && $0.document % 7 != 1) })
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
        try index.image().write(to: path, generation: 6)
        #expect(try opened(path, generation: 6).count == index.count)
    }

    @Test("full segments stay mapped, with their graph, and can be linked to")
    func mappedSegments() throws {
        let folder = try TemporaryDirectory()
        var rows = ClusteredRows(seed: 3, dimensions: 8, centres: 500)
        let index = AdaptiveVectorIndex(options: Self.options)
        try index.insert(rows.entries(66_000))
        index.remove(document: 6)
        index.settle()
        try index.image().write(to: folder.file("index"), generation: 5)
        let reopened = try opened(folder.file("index"))
        #expect(reopened.published.withLock { $0.snapshot.segments.map(\.isMapped) } == [true, false])
        #expect(reopened.count == 65_990 && reopened.linkedCount == 66_000)
        let added = rows.entries(300, from: 100_000)
        try reopened.insert(added)
        reopened.settle()
        #expect(reopened.linkedCount == 66_300)
        let found = try added.filter { try reopened.search($0.vector, count: 1).first?.id == $0.id }
        #expect(found.count >= 290, "\(found.count) of 300 rows that were added afterwards are found")
        for _ in 0..<20 {
            let query = rows.vector()
            let hits = try index.search(query, count: 10).map(\.similarity)
            let again = try reopened.search(query, count: 10).map(\.similarity)
            #expect(zip(hits, again).allSatisfy { $1 >= $0 - 1e-3 })
        }
    }

    @Test(
        "every byte that is flipped is noticed, with a graph and without", arguments: [(0, 200), (9, 200), (9, 1)])
    func everyByte(count: Int, graphFrom: Int) throws {
        let folder = try TemporaryDirectory()
        let path = folder.file("index")
        let index = try filled(
            count, dimensions: 3, options: AdaptiveIndexOptions(graphFrom: graphFrom, threads: 1))
        #expect((index.linkedCount > 0) == (count >= graphFrom))
        try index.image().write(to: path, generation: 5)
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        let damaged = folder.file("damaged")
        for index in bytes.indices {
            bytes[index] ^= 0x10
            try Data(bytes).write(to: URL(filePath: damaged))
            #expect(throws: SnapshotFileError.self, "byte \(index)") { try opened(damaged) }
            bytes[index] ^= 0x10
        }
        try Data(bytes).write(to: URL(filePath: damaged))
        #expect(try opened(damaged).count == (try opened(path).count))
    }

    @Test("a graph's file with a flipped byte in any section is refused with the section's name")
    func everySection() throws {
        let folder = try TemporaryDirectory()
        let path = folder.file("index")
        try filled(1000).image().write(to: path, generation: 5)
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        var parts: Set<String> = []
        for index in stride(from: 64, to: bytes.count, by: 1009) {
            var damaged = bytes
            damaged[index] ^= 1
            try Data(damaged).write(to: URL(filePath: path))
            do throws(SnapshotFileError) {
                _ = try opened(path)
                Issue.record("byte \(index) was not noticed")
            } catch .damaged(let part) {
                parts.insert(part)
            } catch {
                Issue.record("byte \(index): \(error)")
            }
        }
        for part in SegmentLayout.Part.allCases { #expect(parts.contains("\(part) of segment 0")) }
    }

    @Test("a file that was cut, emptied, lengthened, replaced or removed is a clear error")
    func otherFiles() throws {
        let folder = try TemporaryDirectory()
        let path = folder.file("index")
        try filled(30).image().write(to: path, generation: 5)
        let bytes = try Data(contentsOf: URL(filePath: path))
        for length in [0, 1, 8, 127] {
            try bytes.prefix(length).write(to: URL(filePath: path))
            #expect(throws: SnapshotFileError.notASnapshot) { try opened(path) }
        }
        for length in [128, 129, bytes.count / 2, bytes.count - 1] {
            try bytes.prefix(length).write(to: URL(filePath: path))
            #expect(throws: SnapshotFileError.wrongLength(expected: bytes.count, found: length)) { try opened(path) }
        }
        try (bytes + [0]).write(to: URL(filePath: path))
        #expect(throws: SnapshotFileError.wrongLength(expected: bytes.count, found: bytes.count + 1)) {
            try opened(path)
        }
        try Data(repeating: 65, count: 5000).write(to: URL(filePath: path))
        #expect(throws: SnapshotFileError.notASnapshot) { try opened(path) }
        #expect(throws: SnapshotFileError.unreadable(reason: "not a regular file")) { try opened(folder.path) }
        #expect(throws: SnapshotFileError.unreadable(reason: "No such file or directory")) {
            try opened(folder.file("none"))
        }
    }

    @Test("numbers of a header that make no sense are refused, whatever the checksum")
    func headerNumbers() throws {
        let good = SnapshotHeader(dimensions: 4, generation: 1, count: 100, linked: 50, entry: 3, deadCount: 2)
        #expect(try SnapshotHeader.parse(good.words) == good)
        for (word, value) in [(1, 2), (2, 0), (2, 1 << 40), (4, 1 << 40), (5, 101), (6, 51), (6, 0), (7, 101), (8, 1)] {
            var words = good.words
            words[word] = UInt64(value)
            words[15] = Checksum.of(Array(words.dropLast()))
            #expect(throws: SnapshotFileError.self, "word \(word) as \(value)") { try SnapshotHeader.parse(words) }
        }
    }

    @Test("a disk that is full at any write leaves the old file and nothing else", arguments: [100, 1500])
    func diskFull(count: Int) throws {
        let folder = try TemporaryDirectory()
        let path = folder.file("index")
        try filled(50, seed: 9).image().write(to: path, generation: 5)
        let index = try filled(count)
        var failing = 0
        while true {
            let limit = failing
            let turns = SharedCounter(0)
            let operations = FileOperations(
                write: { file, bytes, length, offset in
                    guard let turn = turns.take(1, below: .max), turn.lowerBound < limit else {
                        errno = ENOSPC
                        return -1
                    }
                    // Short writes are ordinary.
                    return pwrite(file, bytes, (length + 1) / 2, off_t(offset))
                }, sync: { fsync($0) }, rename: { Glibc.rename($0, $1) })
            let image = IndexImage(index.published.withLock { $0.snapshot }, operations: operations)
            do throws(SnapshotFileError) {
                try image.write(to: path, generation: 6)
                break
            } catch {
                #expect(error == .unwritable(reason: "No space left on device"))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["index"])
            #expect(try opened(path).count == (try filled(50, seed: 9).count))
            failing = failing * 3 / 2 + 1
        }
        #expect(failing > 10)
        #expect(try opened(path, generation: 6).count == index.count)
    }

    @Test("a failing sync or rename leaves the old file and nothing else")
    func otherFailures() throws {
        let folder = try TemporaryDirectory()
        let path = folder.file("index")
        let index = try filled(50)
        try index.image().write(to: path, generation: 5)
        var noSync = FileOperations.system
        noSync.sync = { _ in
            errno = EIO
            return -1
        }
        var noRename = FileOperations.system
        noRename.rename = { _, _ in
            errno = EACCES
            return -1
        }
        for (operations, reason) in [(noSync, "Input/output error"), (noRename, "Permission denied")] {
            let image = IndexImage(index.published.withLock { $0.snapshot }, operations: operations)
            #expect(throws: SnapshotFileError.unwritable(reason: reason)) { try image.write(to: path, generation: 6) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["index"])
        }
        #expect(try opened(path).count == index.count)
        #expect(throws: SnapshotFileError.unwritable(reason: "No such file or directory")) {
            try index.image().write(to: folder.file("none/index"), generation: 6)
        }
    }

    @Test(
        "a crash between a commit and its snapshot shows as a stale generation, and nothing is lost", arguments: 1...3)
    func crash(seed: UInt64) throws {
        let folder = try TemporaryDirectory()
        let path = folder.file("index")
        var numbers = SeededNumbers(seed: seed)
        var rows = ClusteredRows(seed: seed, dimensions: 16, centres: 30)
        // Stands for the database: what is committed, and its generation.
        var model = BruteForceIndex()
        var generation: UInt64 = 0
        var nextID: Int64 = 0
        for _ in 0..<12 {
            let index: AdaptiveVectorIndex
            if let found = try? opened(path, generation: generation) {
                index = found
            } else {
                let builder = VectorIndexBuilder(expectedCount: model.entries.count)
                for entry in model.entries {
                    try entry.vector.withUnsafeBytes {
                        try builder.append(id: entry.id, document: entry.document, bytes: $0)
                    }
                }
                index = builder.build(options: Self.options)
            }
            #expect(index.count == model.entries.count)
            let query = rows.vector()
            var recall = Recall()
            recall.add(try index.search(query, count: 10), model.ranked(query), count: 10)
            #expect(recall.value >= 0.9)

            let entries = rows.entries(Int(numbers.next() % 150), from: nextID)
            nextID += Int64(entries.count)
            let gone = Int64.random(in: 0...nextID / 10, using: &numbers)
            try index.insert(entries)
            model.insert(entries)
            index.remove(document: gone)
            model.remove(document: gone)
            generation += 1
            // Every third time the power goes before the snapshot is written.
            if numbers.next() % 3 > 0 { try index.image().write(to: path, generation: generation) }
        }
        #expect(throws: SnapshotFileError.staleGeneration(expected: 1000, found: generation)) {
            try index(at: path, generation)
        }
    }

    /// Writes and opens with another generation.
    private func index(at path: String, _ generation: UInt64) throws {
        try filled(20).image().write(to: path, generation: generation)
        _ = try opened(path, generation: 1000)
    }

    @Test("an image shows its moment, and can be taken while rows are linked")
    func imageOfAMoment() throws {
        let folder = try TemporaryDirectory()
        let path = folder.file("index")
        var rows = ClusteredRows(seed: 7, dimensions: 12, centres: 20)
        let index = AdaptiveVectorIndex(options: Self.options)
        for turn in 0..<6 {
            try index.insert(rows.entries(1500, from: Int64(turn * 1500)))
            let image = index.image()
            index.remove(document: Int64(turn * 150))
            try image.write(to: path, generation: 5)
            let reopened = try opened(path)
            #expect(reopened.count == image.count)
            #expect(image.count == (turn + 1) * 1500 - turn * 10)
            reopened.settle()
            #expect(try reopened.search(rows.vector(), count: .max).count == image.count)
            let reached = AdaptiveVectorIndexTests.reached(reopened)
            #expect(reached >= reopened.linkedCount - reopened.linkedCount / 50 - 10)
        }
    }
}

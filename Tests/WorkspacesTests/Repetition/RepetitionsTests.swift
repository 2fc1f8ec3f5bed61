import Foundation
import Storage
import Synchronization
import Testing

@testable import Workspaces

@Suite("Kept answers")
struct RepetitionsTests {
    /// Milliseconds since 1970, moved by hand.
    private final class Clock: Sendable {
        let now = Mutex<Int64>(1_772_622_000_000)

        func pass(_ time: Int64) { now.withLock { $0 += time } }
    }

    private static let day: Int64 = 86_400_000
    private static let answer = KeptAnswer(
        status: 200, headers: [.init(name: "Content-Type", value: "a: b"), .init(name: "X", value: "")], body: [0, 255])

    private let clock = Clock()
    private let dependencies: Dependencies

    init() throws {
        var dependencies = try WorkspacesFixture().dependencies
        dependencies.source.now = { [clock] in clock.now.withLock { $0 } }
        self.dependencies = dependencies
    }

    private static func fingerprint(_ body: String = "", boundary: String? = nil) -> RequestFingerprint {
        let fingerprint = RequestFingerprint(head: ["", "application/json"], boundary: boundary)
        fingerprint.update(body.utf8)
        return fingerprint
    }

    private func begin(_ repetitions: Repetitions, _ key: String = "k") throws -> Repetitions.Start {
        try repetitions.begin(keyID: "1", path: "/p", key: key, fingerprint: Self.fingerprint())
    }

    /// What is answered again, or nil when the request is a first one.
    private func again(_ repetitions: Repetitions, _ key: String = "k") throws -> KeptAnswer? {
        guard case .answered(let earlier) = try begin(repetitions, key) else { return nil }
        return earlier.answer(to: Self.fingerprint())
    }

    private func keep(_ repetitions: Repetitions, _ key: String = "k") throws {
        guard case .first(let repetition) = try begin(repetitions, key) else {
            Issue.record("not the first")
            return
        }
        try repetition.keep(Self.answer)
    }

    private func count() throws -> Int {
        try dependencies.database.read { transaction in
            try ["k", "l"].filter { key in
                let scope = Repetitions.scope("1", "/p", key)
                return try transaction.keptAnswer(scope: scope, since: 0) != nil
            }.count
        }
    }

    @Test("an answer is given again for a day, to any server of the storage")
    func lifetime() throws {
        try keep(Repetitions(dependencies))
        clock.pass(Self.day - 1)
        #expect(try again(Repetitions(dependencies)) == Self.answer)
        clock.pass(1)
        #expect(try again(Repetitions(dependencies)) == nil)
    }

    @Test("expired rows go when the next answer is kept; a key can be used again then")
    func expiry() throws {
        let repetitions = Repetitions(dependencies)
        try keep(repetitions)
        clock.pass(Self.day)
        #expect(try count() == 1)
        try keep(repetitions, "l")
        #expect(try count() == 1)
        try keep(repetitions)
        #expect(try count() == 2)
        clock.pass(Self.day)
        try Repetitions(dependencies).removeExpired()
        #expect(try count() == 0)
    }

    @Test("as long as the first request lives, others of its key are refused; then its key is free")
    func running() throws {
        let repetitions = Repetitions(dependencies)
        var first: Repetitions.Start? = try begin(repetitions)
        guard case .running = try begin(repetitions), case .first = try begin(repetitions, "l") else {
            Issue.record("the first request is not noticed")
            return
        }
        withExtendedLifetime(first) {}
        first = nil
        guard case .first = try begin(repetitions) else {
            Issue.record("the key is not free")
            return
        }
    }

    @Test("an answer that was discarded, kept before or is too long is not kept")
    func notKept() throws {
        let repetitions = Repetitions(dependencies)
        for spoil in [
            { $0.discard() }, { $0.record([UInt8](repeating: 0, count: KeptAnswer.maximumBodyLength + 1)) },
        ] as [(Repetition) -> Void] {
            guard case .first(let repetition) = try begin(repetitions) else { continue }
            spoil(repetition)
            #expect(repetition.recorded.isEmpty)
            try repetition.keep(Self.answer)
        }
        #expect(try count() == 0)
        guard case .first(let repetition) = try begin(repetitions) else { return }
        try repetition.keep(Self.answer)
        var other = Self.answer
        other.status = 201
        try repetition.keep(other)
        #expect(
            try dependencies.database.read { try $0.keptAnswer(scope: Repetitions.scope("1", "/p", "k"), since: 0) }?
                .status == 200)
    }

    @Test("a transaction that is taken back keeps nothing, and the answer can be kept afterwards")
    func rollback() throws {
        struct Stop: Error {}
        guard case .first(let repetition) = try begin(Repetitions(dependencies)) else { return }
        #expect(throws: Stop.self) {
            try dependencies.database.write { transaction in
                try repetition.keep(Self.answer, chatId: nil, transaction)
                throw Stop()
            }
        }
        #expect(try count() == 0)
        try repetition.keep(Self.answer)
        #expect(try count() == 1)
    }

    @Test("a boundary does not count, wherever the body is cut; everything else does")
    func boundaries() {
        func hash(_ text: String, _ boundary: String?, size: Int) -> Data {
            let fingerprint = RequestFingerprint(head: [], boundary: boundary)
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                fingerprint.update(bytes[start..<min(start + size, bytes.count)])
            }
            return fingerprint.value
        }
        func form(_ boundary: String, _ content: String = "--B- aab") -> String {
            "--\(boundary)\r\nx\r\n\(content)\r\n--\(boundary)--\r\n"
        }
        let expected = hash(form("aab-1"), "aab-1", size: 1000)
        for size in 1...40 {
            #expect(hash(form("aab-1"), "aab-1", size: size) == expected)
            #expect(hash(form("bbbbbbbb"), "bbbbbbbb", size: size) == expected)
            #expect(hash(form("aab-1", "--B- aac"), "aab-1", size: size) != expected)
            #expect(hash(form("aab-1"), nil, size: size) != expected)
            #expect(hash(form("y", "zz"), "y", size: size) == hash(form("aab-1", "zz"), "aab-1", size: 1000))
        }
    }

    @Test("a body that is nothing but boundaries takes no more time than another", .timeLimit(.minutes(1)))
    func manyBoundaries() {
        let fingerprint = RequestFingerprint(head: [], boundary: "y")
        fingerprint.update([UInt8](repeating: UInt8(ascii: "y"), count: 4_000_000))
        #expect(fingerprint.value == RequestFingerprint(head: [], boundary: "y").value)
    }

    @Test("what stands in the head counts part by part")
    func heads() {
        let values = [["a", "b"], ["ab", ""], ["", "ab"], ["a\n", "b"], ["a"]].map {
            RequestFingerprint(head: $0, boundary: nil).value
        }
        #expect(Set(values).count == values.count)
    }
}

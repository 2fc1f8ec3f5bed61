import Hummingbird
import NIOCore
import Testing

@testable import WorkspaceAPI

@Suite("the latest answer")
struct LatestAnswerTests {
    private let latest = LatestAnswer()

    private func length(_ version: String, _ body: () throws -> ByteBuffer) rethrows -> Int? {
        try latest.answer(version: version, body).body.contentLength
    }

    @Test("is made once a version, and only the last is kept")
    func versions() throws {
        var made: [String] = []
        for version in ["a", "a", "bb", "bb", "a"] {
            #expect(
                length(version) {
                    made.append(version)
                    return ByteBuffer(string: version)
                } == version.utf8.count)
        }
        #expect(made == ["a", "bb", "a"])
    }

    @Test("is not kept when it could not be made, and not when it is very large")
    func notKept() throws {
        struct Failure: Error {}
        #expect(throws: Failure.self) { try length("a") { throw Failure() } }
        #expect(length("a") { ByteBuffer(string: "made") } == 4)
        let large = ByteBuffer(repeating: 0x20, count: (32 << 20) + 1)
        var times = 0
        for _ in 0..<2 {
            _ = length("b") {
                times += 1
                return large
            }
        }
        #expect(times == 2)
        // The one before it is still there.
        #expect(length("a") { ByteBuffer(string: "made anew") } == 4)
    }
}

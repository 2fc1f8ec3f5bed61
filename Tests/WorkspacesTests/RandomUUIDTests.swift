import Foundation
import Testing

@testable import Workspaces

@Suite("Random UUIDs")
struct RandomUUIDTests {
    @Test("have version 4 and the variant of RFC 9562, whatever the random bits")
    func bits() {
        #expect(RandomUUID.text(0, 0) == "00000000-0000-4000-8000-000000000000")
        #expect(RandomUUID.text(.max, .max) == "ffffffff-ffff-4fff-bfff-ffffffffffff")
        #expect(RandomUUID.text(0x0123_4567_89ab_cdef, 0x0123_4567_89ab_cdef) == "01234567-89ab-4def-8123-456789abcdef")
    }

    @Test("are different, and what Foundation reads as a UUID")
    func different() {
        let some = (0..<1000).map { _ in RandomUUID.text() }
        #expect(Set(some).count == some.count)
        #expect(some.allSatisfy { UUID(uuidString: $0)?.uuidString.lowercased() == $0 })
    }
}

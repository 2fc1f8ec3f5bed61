import Foundation
import TestSupport
import Testing

@testable import Workspaces

@Suite("Reading a large text piece by piece")
struct TextPieceReaderTests {
    private func read(_ bytes: [UInt8]) throws -> [String] {
        let folder = try TemporaryDirectory()
        let file = try SpooledFile(directory: folder.path)
        // In two parts, as uploads come.
        try file.append(bytes[..<(bytes.count / 2)])
        try file.append(bytes[(bytes.count / 2)...])
        #expect(file.size == bytes.count)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        var reader = TextPieceReader(file)
        var pieces: [String] = []
        while let piece = try reader.next() { pieces.append(piece) }
        return pieces
    }

    @Test("no letter is cut, wherever the limit falls in it", arguments: ["a", "é", "漢", "😀"], 0..<4)
    func cuts(letter: String, shift: Int) throws {
        let text =
            String(repeating: "x", count: shift)
            + String(repeating: letter, count: 2 * TextPieceReader.limit / letter.utf8.count)
        let pieces = try read(Array(text.utf8))
        #expect(pieces.joined() == text)
        #expect(pieces.allSatisfy { (1...TextPieceReader.limit).contains($0.utf8.count) })
    }

    @Test(
        "what is no UTF-8, or has a NUL, is refused",
        arguments: [
            [0xFF], [0x61, 0xC3], [0xE6, 0xBC], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x61, 0, 0x62], [0x80, 0x80],
        ])
    func refused(bytes: [UInt8]) { #expect(throws: TextPieceReader.OtherEncoding.self) { try read(bytes) } }

    @Test("an empty file has no piece")
    func empty() throws { #expect(try read([]) == []) }
}

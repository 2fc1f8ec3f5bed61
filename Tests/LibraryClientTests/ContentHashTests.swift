import Foundation
import LibraryClient
import Testing

@Suite("Hashes of contents")
struct ContentHashTests {
    @Test("are SHA-256 in hexadecimal")
    func known() {
        #expect(
            ContentHash.of(Data("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}

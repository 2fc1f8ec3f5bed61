import Crypto
import Foundation

/// UUIDs made from names (RFC 9562, version 5), by which the vector cache names its files.
enum NameUUID {
    /// The namespace of URLs.
    private static let namespace: [UInt8] = [
        0x6B, 0xA7, 0xB8, 0x11, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8,
    ]

    /// - Parameter name: hashed byte by byte, in whichever Unicode form it is.
    static func text(_ name: String) -> String {
        // SHA-1 is what the format prescribes; nothing is protected by it.
        var bytes = Array(Insecure.SHA1.hash(data: Data(namespace + Array(name.utf8))).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }.joined(separator: "-")
    }
}

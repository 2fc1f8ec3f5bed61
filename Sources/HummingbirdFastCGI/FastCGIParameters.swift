import Glibc

/// The CGI variables of one request, copied out of libfcgi into one allocation.
///
/// Names and values are bytes on the wire; bytes that are not UTF-8 read as U+FFFD. A name that occurs twice has the
/// value of its first occurrence.
public struct FastCGIParameters: Sendable, Sequence {
    /// Offsets into `bytes`: the name is `start..<separator`, the value `separator + 1..<end`.
    struct Entry: Sendable {
        let start: Int
        let separator: Int
        let end: Int
    }

    private(set) var bytes: [UInt8] = []
    private(set) var entries: [Entry] = []

    public init(_ pairs: KeyValuePairs<String, String> = [:]) {
        for (name, value) in pairs {
            let start = bytes.count
            bytes += name.utf8
            let separator = bytes.count
            bytes.append(UInt8(ascii: "="))
            bytes += value.utf8
            entries.append(Entry(start: start, separator: separator, end: bytes.count))
        }
    }

    /// Copies `NAME=value` strings until the terminating null pointer.
    init(environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) {
        bytes.reserveCapacity(2048)
        entries.reserveCapacity(40)
        var next = environment
        while let string = next.pointee {
            let line = UnsafeBufferPointer(start: string, count: strlen(string))
            line.withMemoryRebound(to: UInt8.self) { append($0) }
            next += 1
        }
    }

    private mutating func append(_ line: UnsafeBufferPointer<UInt8>) {
        guard let separator = line.firstIndex(of: UInt8(ascii: "=")) else { return }
        let start = bytes.count
        bytes.append(contentsOf: line)
        entries.append(Entry(start: start, separator: start + separator, end: bytes.count))
    }

    /// The value of `name`, or `nil` when the request does not carry it.
    /// - Complexity: O(number of parameters); no hashing, because requests carry some thirty.
    public subscript(name: String) -> String? {
        var name = name
        return name.withUTF8 { wanted in
            bytes.withUnsafeBufferPointer { all in
                for entry in entries where entry.separator - entry.start == wanted.count {
                    if all[entry.start..<entry.separator].elementsEqual(wanted) {
                        return String(decoding: all[(entry.separator + 1)..<entry.end], as: UTF8.self)
                    }
                }
                return nil
            }
        }
    }

    public func makeIterator() -> AnyIterator<(name: String, value: String)> {
        var rest = entries.makeIterator()
        return AnyIterator {
            rest.next().map { entry in
                (
                    String(decoding: bytes[entry.start..<entry.separator], as: UTF8.self),
                    String(decoding: bytes[(entry.separator + 1)..<entry.end], as: UTF8.self)
                )
            }
        }
    }
}

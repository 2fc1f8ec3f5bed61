import Glibc

/// The events of one read from an inotify descriptor (inotify(7)).
enum InotifyBuffer {
    struct Event: Equatable {
        var mask: UInt32
        /// Of the entry inside the watched folder; empty for the folder itself and for an overflow.
        var name: String
    }

    /// Bytes before the name: watch, mask, cookie, length.
    private static let headSize = 16

    static func events(_ bytes: UnsafeRawBufferPointer) -> [Event] {
        var events: [Event] = []
        var offset = 0
        while offset + headSize <= bytes.count {
            let mask = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
            let length = Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
            let end = min(bytes.count, offset + headSize + length)
            // The name is filled up with NUL bytes.
            let name = bytes[(offset + headSize)..<end].prefix { $0 != 0 }
            events.append(Event(mask: mask, name: String(decoding: name, as: UTF8.self)))
            offset = end
        }
        return events
    }

    /// Whether any event is about more than files that nobody wants; events that were lost are.
    static func matter(_ events: [Event]) -> Bool {
        events.contains { $0.mask & UInt32(IN_Q_OVERFLOW) != 0 || !IgnoredNames.contains($0.name) || $0.name.isEmpty }
    }
}

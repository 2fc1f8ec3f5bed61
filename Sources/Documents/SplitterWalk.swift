/// One pass of ``TextSplitter`` over a text.
///
/// Pieces that are merged lie side by side, so a window is a range of the text and a queue of the lengths of the
/// pieces in it.
struct SplitterWalk {
    enum Separator: CaseIterable {
        case blankLine, lineFeed, space, nothing
    }

    private struct Piece {
        var range: Range<Int>
        /// UTF-16 code units.
        var length: Int
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let chunkSize: Int
    private let overlap: Int
    private(set) var chunks: [TextSplitter.Chunk] = []

    /// The pieces of the window are those from `first` on.
    private var window: [Piece] = []
    private var first = 0
    private var total = 0

    init(bytes: UnsafeBufferPointer<UInt8>, chunkSize: Int, overlap: Int) {
        self.bytes = bytes
        self.chunkSize = chunkSize
        self.overlap = overlap
    }

    mutating func split(_ range: Range<Int>, separators: ArraySlice<Separator>) {
        let rest = separators.drop { !contains($0, in: range) }
        guard let separator = rest.first else { return }
        var start = range.lowerBound
        while start < range.upperBound {
            let piece = piece(from: start, to: range.upperBound, before: separator)
            start = piece.range.upperBound
            if piece.length < chunkSize {
                merge(piece)
            } else {
                flush()
                if rest.count > 1 {
                    split(piece.range, separators: rest.dropFirst())
                } else {
                    append(piece.range)
                }
            }
        }
        flush()
    }

    private mutating func merge(_ piece: Piece) {
        if total + piece.length > chunkSize, first < window.count {
            emit()
            while total > overlap || (total + piece.length > chunkSize && total > 0) {
                total -= window[first].length
                first += 1
            }
            dropPassedPieces()
        }
        window.append(piece)
        total += piece.length
    }

    /// Gives the memory of pieces back that have left the window, in steps that keep the cost linear.
    private mutating func dropPassedPieces() {
        guard first > 256, first * 2 > window.count else { return }
        window.removeFirst(first)
        first = 0
    }

    private mutating func flush() {
        emit()
        window.removeAll(keepingCapacity: true)
        first = 0
        total = 0
    }

    private mutating func emit() {
        guard first < window.count, let end = window.last?.range.upperBound else { return }
        let range = UTF8Whitespace.trim(window[first].range.lowerBound..<end, of: bytes)
        if !range.isEmpty { append(range) }
    }

    private mutating func append(_ range: Range<Int>) {
        chunks.append(
            TextSplitter.Chunk(text: String(decoding: bytes[range], as: UTF8.self), offset: range.lowerBound))
    }
}

extension SplitterWalk {
    private func contains(_ separator: Separator, in range: Range<Int>) -> Bool {
        switch separator {
        case .nothing: true
        case .space: bytes[range].contains(UInt8(ascii: " "))
        case .lineFeed: bytes[range].contains(UInt8(ascii: "\n"))
        case .blankLine: range.dropLast().contains { isBlankLine(at: $0) }
        }
    }

    private func isBlankLine(at index: Int) -> Bool {
        bytes[index] == UInt8(ascii: "\n") && bytes[index + 1] == UInt8(ascii: "\n")
    }

    /// The piece that begins at `start`: up to the next separator after its first character.
    private func piece(from start: Int, to end: Int, before separator: Separator) -> Piece {
        var index = start
        var length = 0
        repeat {
            let byte = bytes[index]
            let width = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            length += width == 4 ? 2 : 1
            index += width
        } while index < end && !isCut(before: index, end, separator)
        return Piece(range: start..<index, length: length)
    }

    private func isCut(before index: Int, _ end: Int, _ separator: Separator) -> Bool {
        switch separator {
        case .nothing: true
        case .space: bytes[index] == UInt8(ascii: " ")
        case .lineFeed: bytes[index] == UInt8(ascii: "\n")
        case .blankLine: index + 1 < end && isBlankLine(at: index)
        }
    }
}

import JavaScriptSemantics

/// The splitting of `contract/vectors.md` 5.2 written down as it is described, with no regard to speed.
struct ReferenceSplitter {
    let size: Int
    let overlap: Int

    func split(_ text: String) -> [String] {
        split(Array(text.unicodeScalars), [["\n", "\n"], ["\n"], [" "], []])
    }

    private func split(_ text: [Unicode.Scalar], _ separators: [[Unicode.Scalar]]) -> [String] {
        guard let place = separators.firstIndex(where: { contains(text, $0) }) else { return [] }
        let rest = Array(separators[(place + 1)...])
        var chunks: [String] = []
        var group: [[Unicode.Scalar]] = []
        for piece in pieces(text, separators[place]) {
            if length(piece) < size {
                group.append(piece)
                continue
            }
            chunks += merge(group)
            group = []
            chunks += rest.isEmpty ? [string(piece)] : split(piece, rest)
        }
        return chunks + merge(group)
    }

    private func merge(_ pieces: [[Unicode.Scalar]]) -> [String] {
        var chunks: [String] = []
        var window: [[Unicode.Scalar]] = []
        var total = 0
        func emit() {
            let chunk = JavaScriptWhitespace.trim(string(window.flatMap { $0 }))
            if !chunk.isEmpty { chunks.append(chunk) }
        }
        for piece in pieces {
            if total + length(piece) > size, !window.isEmpty {
                emit()
                while total > overlap || (total + length(piece) > size && total > 0) {
                    total -= length(window.removeFirst())
                }
            }
            window.append(piece)
            total += length(piece)
        }
        emit()
        return chunks
    }

    private func pieces(_ text: [Unicode.Scalar], _ separator: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        var pieces: [[Unicode.Scalar]] = []
        for index in text.indices {
            if index == 0 || text[index...].starts(with: separator) { pieces.append([]) }
            pieces[pieces.count - 1].append(text[index])
        }
        return pieces
    }

    private func contains(_ text: [Unicode.Scalar], _ separator: [Unicode.Scalar]) -> Bool {
        separator.isEmpty || text.indices.contains { text[$0...].starts(with: separator) }
    }

    private func length(_ text: [Unicode.Scalar]) -> Int { text.reduce(0) { $0 + ($1.value > 0xFFFF ? 2 : 1) } }

    private func string(_ text: [Unicode.Scalar]) -> String { String(String.UnicodeScalarView(text)) }
}

/// WordPiece tokenization (Schuster and Nakajima 2012; Wu et al. 2016, arXiv:1609.08144) as BERT's uncased models use
/// it: greedy, longest match first.
struct WordPieceTokenizer: Sendable {
    /// Words of more characters than this become one unknown token.
    static let longestWord = 100

    let vocabulary: WordPieceVocabulary
    let classification: Int32
    let separator: Int32
    private let unknown: Int32
    /// Tokens that are recognised in the text as they are written, before anything is normalised.
    private let specials: [(text: [UInt8], id: Int32)]

    /// - Parameters:
    ///   - vocabulary: bytes of `vocab.txt`.
    ///   - path: named in the error.
    /// - Throws: `badModel` when the special tokens are not in it.
    init(vocabulary bytes: some Collection<UInt8>, path: String) throws(EmbeddingError) {
        let vocabulary = WordPieceVocabulary(bytes)
        guard let classification = vocabulary.id(of: "[CLS]"), let separator = vocabulary.id(of: "[SEP]"),
            let unknown = vocabulary.id(of: "[UNK]")
        else {
            throw EmbeddingError(
                .badModel, "The model file \(path) is not a WordPiece vocabulary: it lacks [CLS], [SEP] or [UNK].")
        }
        self.vocabulary = vocabulary
        self.classification = classification
        self.separator = separator
        self.unknown = unknown
        specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].compactMap { name in
            vocabulary.id(of: name).map { (Array(name.utf8), $0) }
        }
    }

    /// Reads `vocab.txt`.
    ///
    /// - Throws: `missingModel` or `badModel`.
    init(path: String) throws(EmbeddingError) {
        self = try MappedFile(path: path).withBytes { bytes throws(EmbeddingError) in
            try WordPieceTokenizer(vocabulary: bytes, path: path)
        }
    }

    /// The ids of a text between [CLS] and [SEP].
    ///
    /// - Parameter limit: ids in all, [CLS] and [SEP] included; what is beyond is cut off.
    func encode(_ text: String, limit: Int) -> [Int32] {
        [classification] + pieces(of: text, limit: max(0, limit - 2)) + [separator]
    }

    /// The first `limit` ids of a text without [CLS] and [SEP].
    func pieces(of text: String, limit: Int) -> [Int32] {
        var collector = Collector(tokenizer: self, limit: limit)
        let bytes = Array(text.utf8)[...]
        var start = 0
        var position = 0
        while let bracket = bytes[position...].firstIndex(of: UInt8(ascii: "[")) {
            position = bracket + 1
            guard let special = specials.first(where: { bytes[bracket...].starts(with: $0.text) }) else { continue }
            collector.add(bytes[start..<bracket])
            collector.add(id: special.id)
            start = bracket + special.text.count
            position = start
        }
        collector.add(bytes[start...])
        return collector.ids
    }
}

extension WordPieceTokenizer {
    /// Cuts words into pieces until enough are found.
    private struct Collector {
        let tokenizer: WordPieceTokenizer
        let limit: Int
        var ids: [Int32] = []
        private var splitter = BertWordSplitter()
        /// Hashes of the prefixes of what is left of the word.
        private var hashes: [UInt64] = []

        init(tokenizer: WordPieceTokenizer, limit: Int) {
            self.tokenizer = tokenizer
            self.limit = limit
        }

        mutating func add(id: Int32) {
            if ids.count < limit { ids.append(id) }
        }

        mutating func add(_ text: ArraySlice<UInt8>) {
            if ids.count >= limit { return }
            // The splitter is moved out so that its closure may change the rest of this value.
            var splitter = BertWordSplitter()
            swap(&splitter, &self.splitter)
            splitter.split(text) { word in
                addWord(word)
                return ids.count < limit
            }
            swap(&splitter, &self.splitter)
            if ids.count > limit { ids.removeLast(ids.count - limit) }
        }

        private mutating func addWord(_ word: ArraySlice<UInt8>) {
            let firstPiece = ids.count
            var rest = word
            // Only bytes that begin a character are counted; 100 of them are at most 400 bytes.
            if word.count > longestWord, word.count(where: { $0 & 0xC0 != 0x80 }) > longestWord { rest = [] }
            var continues = false
            while !rest.isEmpty, let (id, length) = longestMatch(rest, continues: continues) {
                ids.append(id)
                rest = rest.dropFirst(length)
                continues = true
            }
            if !rest.isEmpty || !continues {
                ids.removeLast(ids.count - firstPiece)
                ids.append(tokenizer.unknown)
            }
        }

        private mutating func longestMatch(_ rest: ArraySlice<UInt8>, continues: Bool) -> (id: Int32, length: Int)? {
            hashes.removeAll(keepingCapacity: true)
            var hash = WordPieceVocabulary.seed(continues: continues)
            for byte in rest.prefix(tokenizer.vocabulary.longestPiece) {
                hash = WordPieceVocabulary.extend(hash, byte)
                hashes.append(hash)
            }
            var length = hashes.count
            while length > 0 {
                let piece = rest.prefix(length)
                if let id = tokenizer.vocabulary.find(piece, hash: hashes[length - 1], continues: continues) {
                    return (id, length)
                }
                length -= 1
            }
            return nil
        }
    }
}

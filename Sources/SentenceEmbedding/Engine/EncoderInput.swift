/// One sequence before it is cut into tokens.
struct EncoderInput: Sendable {
    /// What stands before the text as a segment of its own: ids without [CLS] and [SEP], because one question comes with
    /// many passages. Models of single texts take no notice of it.
    var question: [Int32] = []
    var text: String
}

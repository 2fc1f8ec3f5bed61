/// What the worker threads run: a model that turns one batch of inputs into one row of numbers each.
protocol BatchModel: Sendable {
    /// - Parameter scratch: the calling thread's own; grown as needed.
    /// - Returns: one row an input, in order.
    func rows(for inputs: [EncoderInput], scratch: inout BertScratch) -> [[Float]]

    /// Called when no work is left, so that memory which is cheap to get back can go; other threads may still be at work.
    func rest()
}

extension BatchModel {
    func rest() {}
}

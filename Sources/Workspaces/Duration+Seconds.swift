extension Duration {
    /// Seconds with their fraction, to a millisecond.
    var seconds: Double {
        let (seconds, attoseconds) = components
        return (Double(seconds) * 1000 + (Double(attoseconds) / 1e15).rounded()) / 1000
    }
}

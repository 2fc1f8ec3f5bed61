/// The end of a request's connection, for handlers that do long work before they answer.
///
/// A stream is cancelled by its client's hang-up; any other handler runs to its end, except between
/// ``beginCancelling()`` and ``endCancelling()``.
public struct FastCGIHangUp: Sendable {
    let exchange: Exchange

    /// From here on, and at once if it has happened already, a hang-up cancels the handler's task.
    public func beginCancelling() async {
        await set(true)
    }

    /// From here on a hang-up changes nothing.
    ///
    /// - Returns: whether the client is known to be gone; then the handler's task is cancelled.
    public func endCancelling() async -> Bool {
        await set(false)
    }

    @discardableResult
    private func set(_ isCancelled: Bool) async -> Bool {
        do {
            return try await exchange.onOwnThread { [exchange] in
                exchange.isCancelledByHangUp = isCancelled
                if isCancelled { exchange.lookForHangUp() }
                return exchange.clientIsGone
            }
        } catch {
            // The request has been answered, so nobody waits for this.
            return true
        }
    }
}

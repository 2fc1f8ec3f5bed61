/// Lets a number of conversions run at once; the others wait in the order of their arrival.
actor ConversionGate {
    private var free: Int
    private var nextTicket = 0
    private var waiting: [(ticket: Int, continuation: CheckedContinuation<Bool, Never>)] = []

    init(places: Int) { free = max(1, places) }

    /// - Returns: false when the task was cancelled before a place was free; otherwise ``leave()`` is due.
    func enter() async -> Bool {
        if Task.isCancelled { return false }
        if free > 0 {
            free -= 1
            return true
        }
        let ticket = nextTicket
        nextTicket += 1
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // The handler may have come first, and found nobody to wake.
                if Task.isCancelled {
                    continuation.resume(returning: false)
                } else {
                    waiting.append((ticket, continuation))
                }
            }
        } onCancel: {
            Task { await self.cancel(ticket) }
        }
    }

    func leave() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().continuation.resume(returning: true)
        }
    }

    private func cancel(_ ticket: Int) {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
        waiting.remove(at: index).continuation.resume(returning: false)
    }
}

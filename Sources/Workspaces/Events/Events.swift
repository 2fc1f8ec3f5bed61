import OrderedJSON
import Storage

/// Writes the event log and counts telemetry inside the transaction of a use case (contract/system.md 4 and 5).
///
/// Telemetry never leaves the machine: it is a table of counters.
struct Events {
    let transaction: Transaction
    let now: Int64

    func log(_ event: String, _ metadata: JSONObject = [:]) throws {
        try transaction.insertEvent(event, metadata: JSONValue.object(metadata).text, occurredAt: now)
    }

    func count(_ event: TelemetryEvent, _ properties: JSONObject = [:]) throws {
        try transaction.countTelemetry(
            event.rawValue, properties: JSONValue.object(properties).text, at: now, coolDown: event.coolDown)
    }
}

extension Dependencies {
    func events(_ transaction: Transaction) -> Events { Events(transaction: transaction, now: source.now()) }
}

import Foundation

/// Whether a stream answered as contract/chat.md 15 says: each token as one chunk, in order, an empty chunk that closes,
/// and the final event, then nothing.
struct StreamCheck {
    private struct Event: Decodable {
        var type: String
        var textResponse: String?
        var close: Bool
        var chatId: Int?
    }

    let tokens: Int

    /// - Parameter answer: head and body.
    /// - Returns: what is wrong, or nil.
    func fault(_ answer: [UInt8], number: Int) -> String? {
        let text = String(decoding: answer, as: UTF8.self)
        guard let body = text.range(of: "\r\n\r\n")?.upperBound else { return "no answer: \(text)" }
        guard text.hasPrefix("HTTP/1.1 200 ") else { return "not 200: \(text.prefix(300))" }
        let frames = text[body...].components(separatedBy: "\n\n")
        guard frames.last == "" else { return "cut off: \(frames.last ?? "")" }
        var events: [Event] = []
        for frame in frames.dropLast() {
            guard frame.hasPrefix("data: "),
                let event = try? JSONDecoder().decode(Event.self, from: Data(frame.utf8.dropFirst(6)))
            else { return "no event: \(frame)" }
            events.append(event)
        }
        let wanted = (0..<tokens).map { StreamQuestion.token($0, of: number) } + [""]
        guard events.count == wanted.count + 1 else { return "\(events.count) events: \(text[body...].suffix(500))" }
        for (index, piece) in wanted.enumerated() {
            let event = events[index]
            guard event.type == "textResponseChunk", event.textResponse == piece, event.close == (index == tokens)
            else {
                return "event \(index) is \(frames[index])"
            }
        }
        guard let final = events.last, final.type == "finalizeResponseStream", final.close, final.chatId != nil else {
            return "the last event is \(frames.dropLast().last ?? "")"
        }
        return nil
    }
}

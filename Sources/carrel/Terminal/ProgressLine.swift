/// One state of a progress bar as text: label, bar, counts, rate, time left.
struct ProgressLine {
    var label: String
    var done: Int
    var total: Int
    var elapsed: Duration
    var detail = ""

    private static let barWidth = 20

    /// - Parameter width: columns of the terminal; the line never reaches the last one, where it would wrap.
    func text(width: Int) -> String {
        let share = total > 0 ? min(1, Double(done) / Double(total)) : 1
        let full = Int(share * Double(Self.barWidth))
        let bar = String(repeating: "#", count: full) + String(repeating: ".", count: Self.barWidth - full)
        var line = "\(label) [\(bar)] \(done)/\(total)"
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        if seconds >= 1, done > 0 {
            let rate = Double(done) / seconds
            line += "  " + Self.rate(rate)
            if done < total { line += "  \(Self.time(Int(Double(total - done) / rate))) left" }
        }
        if !detail.isEmpty { line += "  " + detail }
        return String(line.prefix(max(1, width - 1)))
    }

    static func rate(_ rate: Double) -> String { rate >= 10 ? "\(Int(rate))/s" : "\(Double(Int(rate * 10)) / 10)/s" }

    static func time(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min"
        default: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        }
    }
}

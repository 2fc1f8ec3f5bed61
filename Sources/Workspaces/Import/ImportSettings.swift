import Storage

/// Takes those instance settings that mean the same here (contract/storage.md 4.6).
struct ImportSettings {
    let settings: [String: String]

    /// Labels that are taken as they are.
    private static let taken = [
        "custom_app_name", "default_system_prompt", "footer_data", "meta_page_title", "support_email",
        "text_splitter_chunk_overlap", "text_splitter_chunk_size",
    ]
    /// The state of the other program, not a choice of its administrator.
    private static let ignored: Set<String> = ["multi_user_mode", "onboarding_complete", "telemetry_id"]

    /// A setting that has another value here keeps it.
    func callAsFunction(_ report: inout ImportReport, _ transaction: Transaction) throws {
        for (label, value) in settings.sorted(by: { $0.key < $1.key }) where !Self.ignored.contains(label) {
            report.settings.found += 1
            // The value may be a credential, the label never is.
            guard Self.taken.contains(label) else {
                report.note("Setting \(label) is not imported: it has no meaning here.")
                continue
            }
            if label.hasPrefix("text_splitter_"), (Int(value) ?? -1) < (label.hasSuffix("size") ? 1 : 0) {
                report.note("Setting \(label) is not imported: it is no number.")
                continue
            }
            switch try transaction.setting(label) {
            case nil:
                try transaction.setSetting(label, to: value)
                report.settings.imported += 1
            case value?: report.settings.present += 1
            default:
                report.settings.present += 1
                report.note("Setting \(label) keeps the value that it has here.")
            }
        }
    }
}

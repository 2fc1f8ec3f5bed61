/// The settings as the documents show them: the README's table and the sample environment file.
enum SettingDocuments {
    static var markdownTable: String {
        let rows = SettingTable.all.map { setting in
            let standard = setting.standard.map { "`\($0)`" } ?? ""
            let secret = setting.isSecret ? " Secret." : ""
            return "| `\(setting.key)` | \(standard) | \(setting.rule.description) | \(setting.purpose)\(secret) |"
        }
        return (["| setting | default | value | what it is for |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }

    static var sampleEnvironment: String {
        let head = """
            # Settings of Carrel; carrel.service reads this file as /etc/carrel/carrel.env.
            # Remove the # in front of what you change, then: systemctl restart carrel
            # `carrel config --env-file FILE` checks a file and shows what is in force.

            """
        let entries = SettingTable.all.map { setting in
            """

            # \(setting.purpose)
            # Value: \(setting.rule.description).\(setting.isSecret ? " Secret." : "")
            #\(setting.key)=\(setting.standard ?? "")

            """
        }
        return head + entries.joined()
    }
}

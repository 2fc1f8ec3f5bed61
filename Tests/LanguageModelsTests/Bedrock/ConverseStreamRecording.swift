import Foundation

/// A ConverseStream answer as it is on the wire: reasoning, two pieces of text, the end and the usage.
///
/// Made with a few lines of Python after the specification of the encoding, and read back by botocore 1.44.5
/// (`botocore.eventstream.EventStreamBuffer`), which checks lengths and checksums.
enum ConverseStreamRecording {
    /// Lengths of the messages in bytes.
    private static let lengths = [118, 169, 153, 150, 125, 122, 181]

    static let messages: [[UInt8]] = {
        var rest = Array(Data(base64Encoded: base64) ?? Data())[...]
        return lengths.map { length in
            defer { rest = rest.dropFirst(length) }
            return Array(rest.prefix(length))
        }
    }()

    /// A message with headers of the types true, integer and bytes before the two texts.
    static let oddHeaders = Array(
        Data(
            base64Encoded: "AAAAUwAAAEEbSht0BGZsYWcAAW4EAAAABwRibG9iBgACAQINOm1lc3NhZ2Ut"
                + "dHlwZQcABWV2ZW50CzpldmVudC10eXBlBwAFb3RoZXJ7fS6RMVI=") ?? Data())

    private static let base64 =
        "AAAAdgAAAFKW1freCzpldmVudC10eXBlBwAMbWVzc2FnZVN0YXJ0DTpjb250ZW50LXR5cGUHABBhcHBsaWNhdGlvbi9qc29uDTpt"
        + "ZXNzYWdlLXR5cGUHAAVldmVudHsicm9sZSI6ImFzc2lzdGFudCJ9b6jFmQAAAKkAAABX7Rrm2Qs6ZXZlbnQtdHlwZQcAEWNvbnRl"
        + "bnRCbG9ja0RlbHRhDTpjb250ZW50LXR5cGUHABBhcHBsaWNhdGlvbi9qc29uDTptZXNzYWdlLXR5cGUHAAVldmVudHsiY29udGVu"
        + "dEJsb2NrSW5kZXgiOjAsImRlbHRhIjp7InJlYXNvbmluZ0NvbnRlbnQiOnsidGV4dCI6ImhtIn19fSCqXC0AAACZAAAAV0w7Xl8L"
        + "OmV2ZW50LXR5cGUHABFjb250ZW50QmxvY2tEZWx0YQ06Y29udGVudC10eXBlBwAQYXBwbGljYXRpb24vanNvbg06bWVzc2FnZS10"
        + "eXBlBwAFZXZlbnR7ImNvbnRlbnRCbG9ja0luZGV4IjoxLCJkZWx0YSI6eyJ0ZXh0IjoibmHDr3ZlICJ9fekyudYAAACWAAAAV85r"
        + "yY4LOmV2ZW50LXR5cGUHABFjb250ZW50QmxvY2tEZWx0YQ06Y29udGVudC10eXBlBwAQYXBwbGljYXRpb24vanNvbg06bWVzc2Fn"
        + "ZS10eXBlBwAFZXZlbnR7ImNvbnRlbnRCbG9ja0luZGV4IjoxLCJkZWx0YSI6eyJ0ZXh0Ijoi8J+YgCJ9fU2Ic5gAAAB9AAAAVuZo"
        + "D9YLOmV2ZW50LXR5cGUHABBjb250ZW50QmxvY2tTdG9wDTpjb250ZW50LXR5cGUHABBhcHBsaWNhdGlvbi9qc29uDTptZXNzYWdl"
        + "LXR5cGUHAAVldmVudHsiY29udGVudEJsb2NrSW5kZXgiOjF9qjV8dQAAAHoAAABRyixGZQs6ZXZlbnQtdHlwZQcAC21lc3NhZ2VT"
        + "dG9wDTpjb250ZW50LXR5cGUHABBhcHBsaWNhdGlvbi9qc29uDTptZXNzYWdlLXR5cGUHAAVldmVudHsic3RvcFJlYXNvbiI6ImVu"
        + "ZF90dXJuIn1fvwn8AAAAtQAAAE4sYTSaCzpldmVudC10eXBlBwAIbWV0YWRhdGENOmNvbnRlbnQtdHlwZQcAEGFwcGxpY2F0aW9u"
        + "L2pzb24NOm1lc3NhZ2UtdHlwZQcABWV2ZW50eyJtZXRyaWNzIjp7ImxhdGVuY3lNcyI6MTJ9LCJ1c2FnZSI6eyJpbnB1dFRva2Vu"
        + "cyI6NCwib3V0cHV0VG9rZW5zIjoyLCJ0b3RhbFRva2VucyI6Nn19Gw4t1g=="
}

import CIsolation

/// Files that cannot be read because they ask for a password, which "a processing error" would not tell anybody.
enum PasswordProtection {
    /// Found in the trailer of an encrypted PDF (ISO 32000-1, 7.6.1).
    private static let encryptedPDF = Array("/Encrypt".utf8)
    /// An encrypted Office file is no archive but a compound file ([MS-CFB], 2.2) …
    private static let compoundFile: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    /// … with the archive in a stream of this name ([MS-OFFCRYPTO], 2.3.4.4), in UTF-16.
    private static let encryptedPackage = "EncryptedPackage".utf8.flatMap { [$0, UInt8(0)] }
    /// The manifest of an OpenDocument file says which members are encrypted (OpenDocument 1.2, part 3, 4.4).
    private static let manifest = "META-INF/manifest.xml"
    private static let encryptedMember = Array("encryption-data".utf8)

    /// The reason of a conversion that failed with `refusal`: the password where the file has one.
    static func reason(_ refusal: ConversionRefusal, of conversion: Conversion) async -> ConversionRefusal {
        switch refusal {
        case .processing, .noText, .unreadableSheets: break
        default: return refusal
        }
        let protected = ConversionRefusal.protected(fileName: conversion.file.name)
        return await isFound(conversion, after: refusal) ? protected : refusal
    }

    private static func isFound(_ conversion: Conversion, after refusal: ConversionRefusal) async -> Bool {
        let bytes = conversion.file.bytes
        if bytes.starts(with: "%PDF".utf8) {
            // Many are encrypted with an empty password, and are read; those do not end so.
            return refusal == .processing && contains(bytes, encryptedPDF)
        }
        if bytes.starts(with: compoundFile) { return contains(bytes, encryptedPackage) }
        let archive = try? await Archive.read([manifest], of: conversion, else: refusal)  // No archive, no password.
        return archive?[manifest].map { contains($0, encryptedMember) } ?? false
    }

    private static func contains(_ bytes: [UInt8], _ mark: [UInt8]) -> Bool {
        carrel_contains(bytes, bytes.count, mark, mark.count)
    }
}

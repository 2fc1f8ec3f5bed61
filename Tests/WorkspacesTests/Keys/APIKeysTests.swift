import Storage
import Testing

@testable import Workspaces

@Suite("API keys")
struct APIKeysTests {
    @Test("a fresh key is four groups of seven base-32 characters, never the same")
    func fresh() throws {
        let keys = APIKeys(try CarrelDatabase())
        let made = try (0..<20).map { _ in try keys.create(name: nil, key: nil) }
        #expect(Set(made).count == 20)
        for key in made {
            #expect(key.wholeMatch(of: #/([0-9A-HJKMNP-TV-Z]{7}-){3}[0-9A-HJKMNP-TV-Z]{7}/#) != nil, "\(key)")
        }
    }

    @Test(
        "the hash is SHA-256 in base64url without padding",
        arguments: [
            ("sk-test-0123456789", "DTtWByKRXS-TGkxBAKAOy84GPRIeV35rk7u-fAXyOtY"),
            ("ABCDEFG-1234567-HIJKLMN-7654321", "4exWNJRpTmE7tBRBwWe2HIOymLuoIJUsD7Ke-OOfJqE"),
            ("", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"),
        ])
    func hash(key: String, expected: String) {
        #expect(APIKeys.hash(key) == expected)
    }

    @Test("only the hash is stored, with the trimmed name")
    func stored() throws {
        let keys = APIKeys(try CarrelDatabase())
        #expect(try keys.create(name: "  CRM \n", key: "sk-test-0123456789") == "sk-test-0123456789")
        _ = try keys.create(name: " ", key: "sk-test-9876543210")
        let all = try keys.all()
        #expect(all.map(\.name) == ["CRM", nil])
        #expect(all.map(\.id) == [1, 2])
        #expect(all[0].hash == "DTtWByKRXS-TGkxBAKAOy84GPRIeV35rk7u-fAXyOtY")
    }

    @Test(
        "what a header cannot carry, or is too short or too long, is malformed",
        arguments: [
            "", "1234567", "with space", "tab\tinside", "quo\"te-in-key", "schlüssel", "line\nbreak", "null\0byte",
            String(repeating: "a", count: 129),
        ])
    func malformed(key: String) throws {
        let keys = APIKeys(try CarrelDatabase())
        #expect(throws: APIKeys.Failure.malformed) { try keys.create(name: nil, key: key) }
        #expect(try keys.all().isEmpty)
    }

    @Test(
        "8 to 128 visible characters are a key",
        arguments: ["12345678", "!#$%&'()*+,-./:;<=>?@[]^_`{|}~", String(repeating: "a", count: 128)])
    func accepted(key: String) throws {
        #expect(try APIKeys(try CarrelDatabase()).create(name: nil, key: key) == key)
    }

    @Test("a key exists once, and can be made again after it was revoked; its id is not")
    func duplicates() throws {
        let keys = APIKeys(try CarrelDatabase())
        _ = try keys.create(name: nil, key: "sk-test-0123456789")
        #expect(throws: APIKeys.Failure.exists) { try keys.create(name: "again", key: "sk-test-0123456789") }
        #expect(try keys.revoke(id: 1))
        #expect(try keys.revoke(id: 1) == false)
        #expect(try keys.revoke(id: 99) == false)
        _ = try keys.create(name: nil, key: "sk-test-0123456789")
        #expect(try keys.all().map(\.id) == [2])
    }
}

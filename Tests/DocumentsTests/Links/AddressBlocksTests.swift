import Testing

@testable import Documents

@Suite("Addresses of the public internet")
struct AddressBlocksTests {
    static func address(_ text: String) throws -> IPAddress {
        let address = text.contains(":") ? IPAddress.v6(parsing: text) : IPAddress.v4(parsing: text)
        return try #require(address)
    }

    static let open = [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.0", "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0", "172.15.255.255",
        "172.32.0.0", "172.217.16.14", "192.0.1.0", "192.0.3.0", "192.88.98.255", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "203.0.112.255", "223.255.255.255", "2606:4700:4700::1111",
        "2001:4860:4860::8888", "2001:200::1", "2a00:1450::", "3fff:1000::", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
    ]

    @Test("are open to links", arguments: open)
    func allow(text: String) throws {
        #expect(AddressBlocks.isPublic(try Self.address(text)))
    }

    static let closed = [
        "0.0.0.0", "0.1.2.3", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.100.100.200", "100.127.255.255",
        "127.0.0.1", "127.255.255.255", "168.63.129.16", "169.254.0.1", "169.254.169.254", "172.16.0.0",
        "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.0", "192.168.255.255", "198.18.0.0",
        "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
        "::ffff:10.0.0.1", "::ffff:0:8.8.8.8", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::8.8.8.8",
        "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:10::1", "2001:1ff::1", "2001:db8::1",
        "2002:7f00:1::", "2002:808:808::1", "3fff::1", "3fff:fff::1", "4000::1", "5f00::1", "fc00::1",
        "fd00:ec2::254", "fd00::1", "fe80::1", "fec0::1", "ff02::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    ]

    @Test("and no others", arguments: closed)
    func refuse(text: String) throws {
        #expect(!AddressBlocks.isPublic(try Self.address(text)))
    }

    static let forms: [(String, String)] = [
        ("::", "::"), ("0:0:0:0:0:0:0:1", "::1"), ("1::", "1::"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"), ("1:0:0:4:0:0:7:8", "1::4:0:0:7:8"), ("FE80::0A", "fe80::a"),
        ("1:2:3:4:5:6::", "1:2:3:4:5:6::"), ("0x7f.1", "127.0.0.1"),
    ]

    @Test("are written in their shortest form", arguments: forms)
    func describe(text: String, expected: String) throws {
        #expect(try Self.address(text).description == expected)
    }
}

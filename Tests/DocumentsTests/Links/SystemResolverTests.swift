import Testing

@testable import Documents

@Suite("The resolver of the system")
struct SystemResolverTests {
    @Test("knows its own machine and addresses, and nothing of names that cannot be")
    func resolve() async {
        let resolver = SystemResolver()
        #expect(await resolver.addresses(of: "127.0.0.1") == [.v4(0x7F00_0001)])
        #expect(await resolver.addresses(of: "::1") == [.v6([0, 0, 0, 0, 0, 0, 0, 1])])
        #expect(await resolver.addresses(of: "a b") == [])
        #expect(await resolver.addresses(of: "") == [])
    }

    @Test("a cancelled question has no answer")
    func cancel() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await SystemResolver().addresses(of: "127.0.0.1")
        }
        #expect(await task.value == [])
    }
}

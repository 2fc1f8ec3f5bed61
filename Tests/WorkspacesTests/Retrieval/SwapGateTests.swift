import Synchronization
import Testing

@testable import Workspaces

@Suite("The gate between searches and swaps")
struct SwapGateTests {
    @Test("a search that a swap disturbs is repeated; one of another workspace is not")
    func disturbed() async {
        let gate = SwapGate()
        var runs = 0
        let result = await gate.search([1, 3]) { () -> Int in
            runs += 1
            if runs < 3 {
                gate.begin([1])
                gate.end([1])
            }
            return runs
        }
        #expect(result == 3)
        var others = 0
        await gate.search([1]) {
            others += 1
            gate.begin([2])
            gate.end([2])
        }
        #expect(others == 1)
    }

    @Test("a search that is disturbed for ever ends all the same")
    func alwaysDisturbed() async {
        let gate = SwapGate()
        var runs = 0
        await gate.search([1]) {
            runs += 1
            gate.begin([1])
            gate.end([1])
        }
        #expect(runs == 16)
    }

    @Test("a search waits for the end of a swap")
    func waits() async {
        let gate = SwapGate()
        let isSwapped = Mutex(false)
        gate.begin([1])
        async let seen = Task(executorPreference: JobExecutor(name: "search")) {
            await gate.search([1]) { isSwapped.withLock { $0 } }
        }.value
        isSwapped.withLock { $0 = true }
        gate.end([1])
        #expect(await seen)
    }
}

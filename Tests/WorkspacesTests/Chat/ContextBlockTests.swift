import Testing

@testable import Workspaces

@Suite("The context block")
struct ContextBlockTests {
    @Test("numbers the texts and ends with two line feeds")
    func rendering() {
        #expect(ContextBlock.render([]) == "")
        #expect(
            ContextBlock.render(["alpha", "beta"])
                == "\nContext:\n[CONTEXT 0]:\nalpha\n[END CONTEXT 0]\n\n[CONTEXT 1]:\nbeta\n[END CONTEXT 1]\n\n")
    }
}

import Testing

@testable import Workspaces

@Suite("Reciprocal rank fusion")
struct ReciprocalRankFusionTests {
    @Test("a score is the sum of 1 / (60 + place)")
    func scores() {
        let scores = ReciprocalRankFusion.scores([[1, 2, 3], [3, 4]])
        #expect(scores.count == 4)
        #expect(scores[1] == 1.0 / 61)
        #expect(scores[2] == 1.0 / 62)
        #expect(scores[3] == 1.0 / 63 + 1.0 / 61)
        #expect(scores[4] == 1.0 / 62)
        #expect(ReciprocalRankFusion.scores([]).isEmpty)
        #expect(ReciprocalRankFusion.scores([[], []]).isEmpty)
    }

    @Test("places in the middle of both rankings outweigh the first place in one")
    func agreement() throws {
        let scores = ReciprocalRankFusion.scores([[1, 2, 3, 4], [5, 6, 7, 4]])
        let best = try #require(scores.max { $0.value < $1.value })
        #expect(best.key == 4)
    }
}
